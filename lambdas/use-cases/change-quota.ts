import type { Caller } from '../domain/caller.ts';
import type { SinkId, TenantId } from '../domain/ids.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import type { Quota } from '../domain/quota/quota.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { QuotaAt, QuotaPlace } from './get-quota.ts';
import { sinkNotFound } from './read-sinks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface ChangeQuotaPorts {
  readonly catalog: Pick<
    Catalog,
    'findSink' | 'saveSink' | 'findTenantQuota' | 'saveTenantQuota' | 'deleteTenantQuota' | 'forgetQuotaLevel'
  >;
  readonly clock: Clock;
}

/** A quota as it is asked for. */
export type QuotaRequest = Pick<Quota, 'perSecond' | 'burstSeconds'>;

type QuotaChange = QuotaPlace & { readonly precondition?: Precondition };

/**
 * Sets a quota, over one that stands, and begins it full. A sink's holds from the next request on, a tenant's within
 * `tenantQuotaAgeMs`. For administrators alone (`route-table.ts`): a bound that whoever sends may lift is none.
 * @throws Problem `not_found` for a sink that is not there, or `precondition_failed`
 */
export function setQuota(
  ports: ChangeQuotaPorts,
  caller: Caller,
  { perSecond, burstSeconds, ...place }: QuotaChange & QuotaRequest,
): Promise<QuotaAt> {
  const setAt = new Date(ports.clock.now()).toISOString();
  return changeTo(ports, caller, place, { perSecond, burstSeconds, setAt, setBy: caller.email });
}

/** Takes a quota away; none is harmless. */
export function clearQuota(ports: ChangeQuotaPorts, caller: Caller, place: QuotaChange): Promise<QuotaAt> {
  return changeTo(ports, caller, place, undefined);
}

async function changeTo(
  ports: ChangeQuotaPorts,
  { tenantId }: Caller,
  { sinkId, precondition = {} }: QuotaChange,
  quota: Quota | undefined,
): Promise<QuotaAt> {
  const what = sinkId === undefined ? 'quota' : 'sink';
  const revision = await retryConflicts(what, () =>
    sinkId === undefined
      ? changeTenant(ports.catalog, tenantId, precondition, quota)
      : changeSink(ports.catalog, tenantId, sinkId, precondition, quota),
  );
  await ports.catalog.forgetQuotaLevel(sinkId ?? tenantId);
  return { quota, revision };
}

async function changeTenant(
  catalog: ChangeQuotaPorts['catalog'],
  tenantId: TenantId,
  precondition: Precondition,
  quota: Quota | undefined,
): Promise<number> {
  const stands = await catalog.findTenantQuota(tenantId);
  assertPrecondition(precondition, validatorsOf(stands));
  if (quota) return catalog.saveTenantQuota(tenantId, quota, stands.revision);
  await catalog.deleteTenantQuota(tenantId, stands.revision);
  return 0;
}

async function changeSink(
  catalog: ChangeQuotaPorts['catalog'],
  tenantId: TenantId,
  sinkId: SinkId,
  precondition: Precondition,
  quota: Quota | undefined,
): Promise<number> {
  const stored = await catalog.findSink(tenantId, sinkId);
  if (!stored) throw sinkNotFound(sinkId);
  assertPrecondition(precondition, validatorsOf(stored));
  const { quota: _, ...sink } = stored;
  return (await catalog.saveSink({ ...sink, ...(quota && { quota }) })).revision;
}
