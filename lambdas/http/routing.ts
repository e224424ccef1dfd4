import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem } from '../domain/problem.ts';
import { exchangeOf } from './exchange.ts';
import { type HandlerFunction, matchRoute } from './route-table.ts';

/** Characters of a path that an error repeats. */
const shownPathMax = 200;

/**
 * Middleware: finds the route of the request.
 * @throws Problem `not_found` for a path that nothing answers, `method_not_allowed` for a known path
 */
export function routing(to: HandlerFunction): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before: ({ event }) => {
      const match = matchRoute(event.httpMethod, event.path);
      const place = `${event.httpMethod} ${event.path.slice(0, shownPathMax)}`;
      if (match.kind === 'wrong_method')
        throw new Problem(
          'method_not_allowed',
          `Nothing answers ${place}; the path takes ${match.allowed.join(', ')}.`,
          {
            allowed: match.allowed,
          },
        );
      if (match.kind === 'unknown' || match.route.function !== to)
        throw new Problem('not_found', `Nothing answers ${place}. GET /openapi.json lists what there is.`);
      Object.assign(exchangeOf(event), { route: match.route, params: match.params });
    },
  };
}
