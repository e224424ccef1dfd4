import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { makeAuthenticate } from '../use-cases/authenticate.ts';
import { auditTrail } from './audit-trail.ts';
import { authentication } from './authentication.ts';
import { type BodyLimits, bodyDecoding } from './body-decoding.ts';
import { conditionalAnswers, headAnswers } from './conditional-answers.ts';
import { cors } from './cors.ts';
import { errorAnswers } from './error-answers.ts';
import type { ApiHandler } from './exchange.ts';
import type { HandlerPorts, KeyReader } from './handler-ports.ts';
import { log } from './log.ts';
import { type OperationsOf, operate } from './operation.ts';
import { requestId } from './request-id.ts';
import type { HandlerFunction } from './route-table.ts';
import { routing } from './routing.ts';

/** Milliseconds before Lambda's own end at which a request that hangs is answered. */
const timeoutEarlyInMillis = 250;

/** The stack that all HTTP functions share, in the order in which a request passes it. */
export function makeApiHandler<F extends HandlerFunction>(
  to: F,
  operations: OperationsOf<F>,
  ports: Pick<HandlerPorts, 'catalog' | 'clock' | 'ids' | 'log' | 'isOverload' | 'corsOrigins' | 'foreignIssuer'> &
    KeyReader,
  limits: BodyLimits,
): ApiHandler {
  const { begins, ends } = auditTrail(ports, ports.log ?? log);
  // Control alone may write users.
  const authenticate = makeAuthenticate({ ...ports, ...(to === 'control' && { binding: ports }) });
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis })
    .use(requestId())
    .use(headAnswers())
    .use(cors(ports.corsOrigins ?? []))
    .use(ends)
    .use(errorAnswers(ports.log ?? log, ports.isOverload))
    .use(conditionalAnswers())
    .use(routing(to))
    .use(authentication(authenticate))
    .use(bodyDecoding(limits))
    .use(begins)
    .handler(operate(operations));
}
