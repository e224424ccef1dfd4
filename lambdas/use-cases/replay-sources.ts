import { type ArchiveEntry, batchIdOf } from '../domain/archive.ts';
import type { ArchiveId, BatchId, QuarantineId, ReceiptId } from '../domain/ids.ts';
import { recordsPerRequestMax } from '../domain/limits.ts';
import { Problem } from '../domain/problem.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import type { Replay, ReplaySource } from '../domain/replay.ts';
import type { Version } from '../domain/version.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { makeArchiveReader } from './archive-bodies.ts';
import { acceptedMsOf, idAfterTime, idBeforeTime, isSelectedTime } from './selected-times.ts';

export interface SourcePorts {
  readonly catalog: Pick<Catalog, 'findArchived' | 'listArchived' | 'findQuarantined' | 'listQuarantined'>;
  readonly objects: Pick<ObjectStore, 'get'>;
}

/** Records of one request, out of a store, as they are to be sent again. */
export interface StoredBatch {
  readonly receiptId: ReceiptId;
  readonly batchId: BatchId;
  readonly version: Version;
  /** A records body. */
  readonly body: string;
  /** Their places in the request; the whole request, where absent. */
  readonly positions?: readonly number[];
}

export interface StoredPage {
  readonly batches: readonly StoredBatch[];
  /** Records that somebody mended: new ones, not those that were sent. */
  readonly edited: readonly QuarantineEntry[];
  /** Where the next page begins; undefined: this one is the last. */
  readonly cursor: string | undefined;
}

type Selected = Pick<Replay, 'tenantId' | 'sinkId' | 'selection'>;

/** Reads what a replay selects, page by page. A page fits into memory, and holds no request in part. */
export type ReadPage = (selected: Selected, cursor: string | undefined) => Promise<StoredPage>;

/** Batches of one page: what a flush takes with the usual 100 records each. */
const batchesPerPage = 100;
/** Bytes of the bodies of one page, beyond which it ends. */
const bytesPerPage = 8_000_000;

/** Every store of records that can be replayed. */
export function replaySources(ports: SourcePorts): Readonly<Record<ReplaySource, ReadPage>> {
  return { archive: archiveSource(ports), quarantine: quarantineSource(ports) };
}

function archiveSource({ catalog, objects }: SourcePorts): ReadPage {
  const read = makeArchiveReader(objects);
  return async ({ tenantId, sinkId, selection }, cursor) => {
    const { acceptedFrom, acceptedTo, receiptId, ids } = selection;
    const after = (cursor ?? (acceptedFrom && idBeforeTime(acceptedFrom))) as ArchiveId | undefined;
    const listed = ids
      ? await entriesOf(ids.toSorted(), cursor, (id) => catalog.findArchived(tenantId, sinkId, id as ArchiveId))
      : await catalog.listArchived(sinkId, { limit: batchesPerPage, ...(after !== undefined && { after }) });
    const last = acceptedTo === undefined ? undefined : idAfterTime(acceptedTo);
    const isChosen = (entry: ArchiveEntry) =>
      entry.tenantId === tenantId &&
      !entry.ofReplay &&
      (receiptId === undefined || entry.receiptId === receiptId) &&
      isSelectedTime(selection, Date.parse(entry.acceptedAt));
    const batches: StoredBatch[] = [];
    let [bytes, reached] = [0, undefined as string | undefined];
    for (const entry of listed) {
      if (bytes > bytesPerPage) return { batches, edited: [], cursor: reached };
      if (isChosen(entry)) {
        batches.push(await storedBatch(entry, read));
        bytes += entry.bytes;
      }
      reached = entry.id;
    }
    const isLast = ids !== undefined || listed.length < batchesPerPage || (last !== undefined && reached! > last);
    return { batches, edited: [], cursor: isLast ? undefined : reached };
  };
}

/** The entries of chosen ids after `cursor`; those that are gone are left out. */
async function entriesOf<T>(
  ids: readonly string[],
  cursor: string | undefined,
  find: (id: string) => Promise<T | undefined>,
): Promise<T[]> {
  const found = await Promise.all(ids.filter((id) => cursor === undefined || id > cursor).map(find));
  return found.filter((entry) => entry !== undefined);
}

async function storedBatch(entry: ArchiveEntry, read: ReturnType<typeof makeArchiveReader>): Promise<StoredBatch> {
  const body = await read(entry);
  if (body === undefined)
    throw new Problem('incorrect_state', `The body of archive entry ${entry.id} is not in the object store any more.`);
  const { id, receiptId, version } = entry;
  return { receiptId, batchId: batchIdOf(id), version, body };
}

function quarantineSource({ catalog }: SourcePorts): ReadPage {
  return async ({ tenantId, sinkId, selection }, cursor) => {
    const { acceptedFrom, receiptId, reason, ids } = selection;
    const after = cursor as QuarantineId | undefined;
    // One more than a request has, so that at least one request is there as a whole.
    const limit = recordsPerRequestMax + 1;
    const listed = ids
      ? await entriesOf(ids, undefined, (id) => catalog.findQuarantined(tenantId, sinkId, id as QuarantineId))
      : await catalog.listQuarantined(sinkId, { limit, ...(after !== undefined && { after }) });
    const isEnd = ids !== undefined || listed.length < limit;
    const cut = listed.at(-1)?.receiptId;
    const whole = isEnd ? listed : listed.filter((entry) => entry.receiptId !== cut);
    const chosen = whole.filter(
      (entry) =>
        entry.tenantId === tenantId &&
        (receiptId === undefined || entry.receiptId === receiptId) &&
        (reason === undefined || entry.reason === reason) &&
        isSelectedTime(selection, acceptedMsOf(entry)),
    );
    const reached = whole.at(-1)?.id;
    const isLast = isEnd || (acceptedFrom !== undefined && reached! < idBeforeTime(acceptedFrom));
    const unchanged = chosen.filter(({ edited }) => edited === undefined);
    return {
      batches: [...Map.groupBy(unchanged, (entry) => entry.receiptId).values()].map(quarantinedBatch),
      edited: chosen.filter(({ edited }) => edited !== undefined),
      cursor: isLast ? undefined : reached,
    };
  };
}

/** @param entries of one request */
function quarantinedBatch(entries: readonly QuarantineEntry[]): StoredBatch {
  const sorted = entries.toSorted((a, b) => a.position - b.position);
  const { receiptId, batchId, version } = sorted[0]!;
  return {
    receiptId,
    batchId,
    version,
    body: `{"records":[${sorted.map(({ record }) => record).join(',')}]}`,
    positions: sorted.map(({ position }) => position),
  };
}
