import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { AuditEntry } from '../domain/audit.ts';
import type { Caller } from '../domain/caller.ts';
import type { Route } from './route-table.ts';

/** What API Gateway and the embedded host call. */
export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What the middlewares have found out about a request so far; each fills in its part. */
export interface Exchange {
  readonly requestId: string;
  route?: Route;
  params: Readonly<Record<string, string>>;
  /** Set where the route wants credentials. */
  caller?: Caller;
  /** Set once it is stored that a change begins. */
  audit?: AuditEntry;
  /** The body as text: decoded and inflated. */
  body: string;
}

const exchanges = new WeakMap<APIGatewayProxyEvent, Exchange>();

/** Begins the exchange of an event, forgetting any before it. */
export function openExchange(event: APIGatewayProxyEvent, requestId: string): Exchange {
  const exchange: Exchange = { requestId, params: {}, body: '' };
  exchanges.set(event, exchange);
  return exchange;
}

/** The exchange that the first middleware opened. */
export function exchangeOf(event: APIGatewayProxyEvent): Exchange {
  const exchange = exchanges.get(event);
  if (!exchange) throw new Error('the middleware requestId comes first');
  return exchange;
}
