import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { headerOf } from './header.ts';
import { requestIdHeader } from './request-id.ts';

/** Headers of answers that a page's script may read beside the few that it always may. */
const exposedHeaders = [
  'X-Headgate-Receipt',
  'X-Headgate-Receipt-State',
  requestIdHeader,
  'ETag',
  'Allow',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
].join(', ');

/**
 * Middleware: lets scripts of web pages from these origins read answers (https://fetch.spec.whatwg.org/#http-cors-protocol).
 * The preflight before them is answered by API Gateway. Credentials come in a header, never in a cookie, so a page can do
 * no more than whoever holds the token.
 */
export function cors(origins: readonly string[]): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const allow = (event: APIGatewayProxyEvent, response: APIGatewayProxyResult | null | undefined) => {
    const origin = headerOf(event, 'origin');
    if (!response || origin === undefined || !origins.includes(origin)) return;
    response.headers = {
      ...response.headers,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': exposedHeaders,
      vary: 'Origin',
    };
  };
  return {
    after: ({ event, response }) => allow(event, response),
    onError: ({ event, response }) => allow(event, response),
  };
}

/** Origins as one variable of the environment holds them: separated by commas, or `none`. */
export function readOrigins(text: string): readonly string[] {
  return text === 'none' ? [] : text.split(',');
}
