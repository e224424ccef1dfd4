import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { assertPrecondition, names } from '../domain/precondition.ts';
import { strongValidators, weakValidators } from './etag.ts';

/**
 * Middleware: answers reads whose answer has an entity tag as their conditions say (RFC 9110 section 13): 304 without a
 * body where If-None-Match names the tag, 412 where If-Match does not. A condition that is none is passed over, since a
 * whole answer is never wrong. Conditions of changes are the use cases' to hold.
 */
export function conditionalAnswers(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    after: (request) => {
      const { event, response } = request;
      const etag = response?.headers?.['etag'];
      if (!response || typeof etag !== 'string' || !/^(GET|HEAD)$/.test(event.httpMethod)) return;
      const validator = etag.slice(1, -1);
      const [ifMatch, ifNoneMatch] = [strongValidators(event), weakValidators(event)];
      if (ifMatch !== undefined && ifMatch !== 'malformed') assertPrecondition({ ifMatch }, [validator]);
      if (ifNoneMatch === undefined || ifNoneMatch === 'malformed' || !names(ifNoneMatch, validator)) return;
      const { 'content-type': _, ...headers } = response.headers ?? {};
      request.response = { ...response, statusCode: 304, headers, body: '' };
    },
  };
}

/** Middleware: a HEAD is answered as its GET is, errors too, without the body. Comes before all that make answers. */
export function headAnswers(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const cut = ({ httpMethod }: APIGatewayProxyEvent, response: APIGatewayProxyResult | null | undefined) => {
    if (response && httpMethod === 'HEAD') Object.assign(response, { body: '', isBase64Encoded: false });
  };
  return {
    after: ({ event, response }) => cut(event, response),
    onError: ({ event, response }) => cut(event, response),
  };
}
