import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem } from '../domain/problem.ts';
import type { Authenticate, Credential } from '../use-cases/authenticate.ts';
import { originOf } from './audit-trail.ts';
import { authorize } from './authorization.ts';
import { exchangeOf } from './exchange.ts';
import { headerOf } from './header.ts';

/** Middleware: finds out who asks, and whether they may, where the route wants to know. */
export function authentication(authenticate: Authenticate): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before: async ({ event }) => {
      const exchange = exchangeOf(event);
      const { route, params } = exchange;
      if (!route || route.verb === 'open') return;
      exchange.caller = await authenticate(credentialOf(event), originOf(event));
      authorize(exchange.caller, route, params);
    },
  };
}

/**
 * The credential of a request: `Authorization: Bearer <token>`, the token alone (as FeatureBase's quick start sends it),
 * or `X-API-Key`. A scheme without a token is an empty token, which counts as none. Errors never repeat what was sent.
 */
export function credentialOf(event: Pick<APIGatewayProxyEvent, 'headers'>): Credential | undefined {
  const authorization = headerOf(event, 'authorization');
  if (authorization !== undefined) return { kind: 'bearer', token: tokenOf(authorization) };
  const secret = headerOf(event, 'x-api-key');
  return secret === undefined ? undefined : { kind: 'api-key', secret };
}

function tokenOf(authorization: string): string {
  const [first = '', second, third] = authorization.split(/\s+/);
  const isBearer = first.toLowerCase() === 'bearer';
  if (second === undefined) return isBearer ? '' : first;
  if (isBearer && third === undefined) return second;
  throw new Problem('unauthorized', 'The Authorization header must be "Bearer <IdToken>", or the token alone.');
}
