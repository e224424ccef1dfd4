import type { ArchiveEntry } from '../domain/archive.ts';
import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { ArchiveId, SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { makeArchiveReader } from './archive-bodies.ts';

/**
 * Archived requests of a sink, oldest first, also once the sink itself is gone. Batches of replays are left out: they have
 * a body of their own only as dead letters. So a page may hold fewer than asked for, and still have a next one.
 */
export async function listArchive(
  { catalog }: { readonly catalog: Pick<Catalog, 'listArchived'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, limit, after }: { readonly sinkId: SinkId; readonly limit: number; readonly after?: ArchiveId },
): Promise<{ readonly entries: readonly ArchiveEntry[]; readonly next?: ArchiveId }> {
  const read = await catalog.listArchived(sinkId, { limit, ...(after !== undefined && { after }) });
  const next = read.length === limit ? read.at(-1)?.id : undefined;
  const entries = read.filter((entry) => entry.tenantId === tenantId && entry.objectKey !== undefined);
  return { entries, ...(next !== undefined && { next }) };
}

/**
 * The body of one request, as it was sent.
 * @throws Problem `not_found`, also for another tenant's entry
 */
export async function getArchivedBody(
  { catalog, objects }: { readonly catalog: Pick<Catalog, 'findArchived'>; readonly objects: Pick<ObjectStore, 'get'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, id }: { readonly sinkId: SinkId; readonly id: ArchiveId },
): Promise<string> {
  const entry = await catalog.findArchived(tenantId, sinkId, id);
  const body = entry && (await makeArchiveReader(objects)(entry));
  if (body === undefined) throw new Problem('not_found', `Archive entry ${shown(id)} does not exist (any more).`);
  return body;
}
