import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import type { Quota } from '../domain/quota/quota.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { sinkNotFound } from './read-sinks.ts';

/** What has the quota: one of the caller's sinks, or without one the caller's tenant. */
export interface QuotaPlace {
  readonly sinkId?: SinkId;
}

/** What is set, and the revision by which changes know it: the sink's where it is a sink's. */
export interface QuotaAt {
  readonly quota: Quota | undefined;
  readonly revision: number;
}

/**
 * @returns no quota where none is set
 * @throws Problem `not_found` for a sink that is not there, also for another tenant's
 */
export async function getQuota(
  { catalog }: { readonly catalog: Pick<Catalog, 'findSink' | 'findTenantQuota'> },
  { tenantId }: Caller,
  { sinkId }: QuotaPlace,
): Promise<QuotaAt> {
  if (sinkId === undefined) return { quota: undefined, ...(await catalog.findTenantQuota(tenantId)) };
  const sink = await catalog.findSink(tenantId, sinkId);
  if (!sink) throw sinkNotFound(sinkId);
  return { quota: sink.quota, revision: sink.revision };
}
