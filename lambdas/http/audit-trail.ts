import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type AuditEnd, type AuditedChange, actorOf, outcomeOfStatus, type RequestOrigin } from '../domain/audit.ts';
import { auditUnavailable, beginAudit, endAudit, noteAudit, type RecordAuditPorts } from '../use-cases/record-audit.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { Log } from './log.ts';
import { loggedError } from './logged-error.ts';
import type { Route } from './route-table.ts';

type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** Verbs whose routes leave entries, unless they only read. What producers send is told by receipts. */
const auditedVerbs: ReadonlySet<Route['verb']> = new Set(['manage', 'administer', 'account', 'replay']);

/** Whether calls of a route are entries of the audit log. */
export function isAudited({ method, verb }: Pick<Route, 'method' | 'verb'>): boolean {
  return method !== 'GET' && auditedVerbs.has(verb);
}

/** Where a request came from. `X-Forwarded-For` plays no part: anybody can send it. */
export function originOf(event: APIGatewayProxyEvent): RequestOrigin {
  // The types of the event promise more than test events hold.
  const source = event.requestContext?.identity?.sourceIp ?? '';
  return { source, requestId: exchangeOf(event).requestId };
}

/**
 * Two middlewares: `begins`, the last before the operation, stores that a change begins, and no change is made without it;
 * `ends`, which must come before the one that turns errors into answers, tells the entry what was answered. A request that
 * was refused for want of rights is an entry as well; one that was refused for its form before it began is none.
 */
export function auditTrail(
  ports: RecordAuditPorts,
  log: Log,
): { readonly begins: Middleware; readonly ends: Middleware } {
  const begin = async ({ event }: { readonly event: APIGatewayProxyEvent }) => {
    const exchange = exchangeOf(event);
    const change = changeOf(event, exchange);
    if (!change) return;
    try {
      exchange.audit = await beginAudit(ports, change);
    } catch (error) {
      logFailed(error, exchange);
      throw auditUnavailable();
    }
  };
  const end: NonNullable<Middleware['after']> = async ({ event, response }) => {
    const exchange = exchangeOf(event);
    if (!response) return;
    const told: AuditEnd = { outcome: outcomeOfStatus(response.statusCode), status: response.statusCode };
    try {
      if (exchange.audit) await endAudit(ports, exchange.audit, { ...told, ...madeBy(exchange, response) });
      else if (response.statusCode === 403) await noteRefused(event, exchange, told);
    } catch (error) {
      // The change stands, or was refused; the answer says so, and the entry stays `begun`.
      logFailed(error, exchange);
    }
  };
  async function noteRefused(event: APIGatewayProxyEvent, exchange: Exchange, told: AuditEnd): Promise<void> {
    const change = changeOf(event, exchange);
    if (change) await noteAudit(ports, change, told);
  }
  function logFailed(error: unknown, { requestId, route }: Exchange): void {
    log('audit_failed', { request_id: requestId, operation: route?.operation, ...loggedError(error) });
  }
  return { begins: { before: begin }, ends: { after: end, onError: end } };
}

/** @returns undefined for what is no entry: reads, data, and whoever has no tenant */
function changeOf(event: APIGatewayProxyEvent, { route, params, caller }: Exchange): AuditedChange | undefined {
  if (!route || !caller || !isAudited(route)) return undefined;
  const { tenantId } = caller;
  return { tenantId, actor: actorOf(caller), operation: route.operation, target: params, origin: originOf(event) };
}

/** The `id` of what a POST made. Nothing else of an answer is kept: it may hold a secret that is shown once. */
function madeBy({ route }: Exchange, { statusCode, body }: APIGatewayProxyResult): Pick<AuditEnd, 'made'> {
  if (route?.method !== 'POST' || statusCode >= 400) return {};
  try {
    const id: unknown = (JSON.parse(body) as { readonly id?: unknown } | null)?.id;
    return typeof id === 'string' ? { made: id } : {};
  } catch {
    return {};
  }
}
