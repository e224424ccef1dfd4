import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { sinkNotFound } from './read-sinks.ts';

export interface OwnSinkPorts {
  readonly catalog: Pick<Catalog, 'findSink' | 'listArchived' | 'listQuarantined' | 'listReplays'>;
}

/**
 * Sees to it that a sink is the caller's tenant's, or was: what is stored of one outlives it, and says whose it is. Nothing
 * but this keeps tenants from each other's stored records, whose partitions are named by the sink alone.
 * @throws Problem `not_found`
 */
export async function assertOwnSink(
  { catalog }: OwnSinkPorts,
  { tenantId }: Pick<Caller, 'tenantId'>,
  sinkId: SinkId,
): Promise<void> {
  if (await catalog.findSink(tenantId, sinkId)) return;
  const first = { limit: 1 };
  const kept = await Promise.all([
    catalog.listArchived(sinkId, first),
    catalog.listQuarantined(sinkId, first),
    catalog.listReplays(sinkId, first),
  ]);
  if (!kept.flat().some((entry) => entry.tenantId === tenantId)) throw sinkNotFound(sinkId);
}
