import { randomUUID } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { openExchange } from './exchange.ts';
import { headerOf } from './header.ts';

/** Names one request in answers and log lines. */
export const requestIdHeader = 'x-headgate-request-id';

/** What a client may send as its own id: it ends up in log lines. */
const clientId = /^[\w.:-]{1,64}$/;

/** Middleware: opens the exchange under the client's request id, the gateway's, or a new one. Comes first. */
export function requestId(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before: ({ event }) => {
      openExchange(event, requestIdOf(event));
    },
  };
}

function requestIdOf(event: APIGatewayProxyEvent): string {
  const sent = headerOf(event, requestIdHeader);
  return sent !== undefined && clientId.test(sent) ? sent : (event.requestContext?.requestId ?? randomUUID());
}
