import type { AuditEntry } from '../../../domain/audit.ts';
import type { AuditId } from '../../../domain/ids.ts';
import { Problem } from '../../../domain/problem.ts';
import { type AuditFilter, listAudit } from '../../../use-cases/read-audit.ts';
import { prettyAnswer } from '../../answer.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import type { OpenRequest, Operation } from '../../operation.ts';
import { pageAfterOf, pageLimitOf } from '../page-limit.ts';
import { timeParameter } from '../query-time.ts';

/** The audit log, for administrators. */
export function auditOperations(ports: ControlPorts): Readonly<Record<'listAudit', Operation>> {
  return {
    listAudit: async (request) => {
      const asked = { filter: filterOf(request), limit: pageLimitOf(request), ...pageAfterOf<AuditId>(request) };
      const { entries, next } = await listAudit(ports, request.caller, asked);
      return prettyAnswer(200, { resources: entries.map(auditView), ...(next && { next }) });
    },
  };
}

/** @throws Problem that names the parameter */
function filterOf(request: OpenRequest): AuditFilter {
  const [actor, operation] = [request.query('actor'), request.query('operation')];
  const [from, to] = [timeOf(request, 'from'), timeOf(request, 'to')];
  if (from !== undefined && to !== undefined && from >= to)
    throw new Problem('invalid_parameter', 'from must be before to; as sent they choose nothing.', {
      parameter: 'from',
    });
  return {
    ...(actor && { actor }),
    ...(operation && { operation }),
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}

function timeOf(request: OpenRequest, parameter: string): number | undefined {
  const text = request.query(parameter);
  return text === undefined ? undefined : timeParameter(parameter, text);
}

function auditView(entry: AuditEntry): object {
  const { userId, tokenId, email } = entry.actor;
  return {
    id: entry.id,
    at: entry.at,
    ...(entry.endedAt !== undefined && { ended_at: entry.endedAt }),
    actor: {
      ...(userId !== undefined && { user_id: userId }),
      ...(tokenId !== undefined && { token_id: tokenId }),
      email,
    },
    source: entry.source,
    operation: entry.operation,
    target: entry.target,
    ...(entry.made !== undefined && { made: entry.made }),
    request_id: entry.requestId,
    outcome: entry.outcome,
    ...(entry.status !== undefined && { status: entry.status }),
  };
}
