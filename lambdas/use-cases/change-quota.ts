import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Quota } from '../domain/quota/quota.ts';
import type { Sink } from '../domain/sink.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import type { Clock } from '../ports/clock.ts';
import type { QuotaPlace } from './get-quota.ts';
import { sinkNotFound } from './read-sinks.ts';

export interface ChangeQuotaPorts {
  readonly catalog: Pick<
    Catalog,
    'findSink' | 'saveSink' | 'saveTenantQuota' | 'deleteTenantQuota' | 'forgetQuotaLevel'
  >;
  readonly clock: Clock;
}

/** A quota as it is asked for. */
export type QuotaRequest = Pick<Quota, 'perSecond' | 'burstSeconds'>;

/** Tries at a sink that others change at the same moment. */
const triesMax = 5;

/**
 * Sets a quota, over one that stands, and begins it full. A sink's holds from the next request on, a tenant's within
 * `tenantQuotaAgeMs`. For administrators alone (`route-table.ts`): a bound that whoever sends may lift is none.
 * @throws Problem `not_found` for a sink that is not there
 */
export async function setQuota(
  ports: ChangeQuotaPorts,
  caller: Caller,
  { sinkId, perSecond, burstSeconds }: QuotaPlace & QuotaRequest,
): Promise<Quota> {
  const setAt = new Date(ports.clock.now()).toISOString();
  const quota: Quota = { perSecond, burstSeconds, setAt, setBy: caller.email };
  if (sinkId === undefined) await ports.catalog.saveTenantQuota(caller.tenantId, quota);
  else await changeSink(ports, caller, sinkId, (sink) => ({ ...sink, quota }));
  await ports.catalog.forgetQuotaLevel(sinkId ?? caller.tenantId);
  return quota;
}

/** Takes a quota away; none is harmless. */
export async function clearQuota(ports: ChangeQuotaPorts, caller: Caller, { sinkId }: QuotaPlace): Promise<void> {
  if (sinkId === undefined) await ports.catalog.deleteTenantQuota(caller.tenantId);
  else await changeSink(ports, caller, sinkId, ({ quota: _, ...sink }) => sink);
  await ports.catalog.forgetQuotaLevel(sinkId ?? caller.tenantId);
}

async function changeSink(
  { catalog }: ChangeQuotaPorts,
  { tenantId }: Caller,
  sinkId: SinkId,
  change: (sink: Sink) => Sink,
): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const sink = await catalog.findSink(tenantId, sinkId);
    if (!sink) throw sinkNotFound(sinkId);
    try {
      await catalog.saveSink(change(sink));
      return;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
  throw new Problem('incorrect_state', 'Others keep changing the sink; try again in a moment.');
}
