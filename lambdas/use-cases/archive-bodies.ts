import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { type ArchiveEntry, archiveIdOf } from '../domain/archive.ts';
import type { Batch } from '../domain/batch.ts';
import type { BatchId } from '../domain/ids.ts';
import { archiveObjectBytesMax } from '../domain/limits.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { MappedBatch } from './map-batch.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
/** The fastest: 6 MB of JSON in 8 ms, to a tenth. Better ones save less than they cost. */
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Where the body of a batch is kept. */
export type StoredBody = Pick<ArchiveEntry, 'offset' | 'bytes'> & { readonly objectKey: string };

export interface ArchivePorts {
  readonly objects: Pick<ObjectStore, 'putIfAbsent' | 'get'>;
  readonly ids: IdSource;
}

/**
 * Keeps the bodies of a flush, all in one object, so that keeping them costs a put a flush and not one a request. A body
 * that is an object already stays where it is. Replays, whose bodies are in the archive, and row operations, which belong
 * to no sink, are left out.
 * @returns by batch; durable
 */
export async function storeBodies(
  { objects, ids }: ArchivePorts,
  batches: readonly Batch[],
): Promise<ReadonlyMap<BatchId, StoredBody>> {
  const stored = new Map<BatchId, StoredBody>();
  const bodies: Buffer[] = [];
  let offset = 0;
  const [first] = batches;
  if (!first) return stored;
  const objectKey = `archive/${first.header.tenantId}/${ids.next()}`;
  for (const { header, payload } of batches) {
    if (header.replayed || header.operations) continue;
    if (payload.kind === 'object') {
      const body = await objects.get(payload.objectKey);
      stored.set(header.batchId, { objectKey: payload.objectKey, bytes: body?.byteLength ?? 0 });
      continue;
    }
    const body = Buffer.from(payload.body);
    stored.set(header.batchId, { objectKey, offset, bytes: body.byteLength });
    bodies.push(body);
    offset += body.byteLength;
  }
  if (bodies.length > 0) await objects.putIfAbsent(objectKey, await compress(Buffer.concat(bodies), options));
  return stored;
}

/**
 * The index entries of a flush's batches. Row operations have none. Those of replays name no body.
 * @param bodies of all others
 */
export function archiveEntries(
  batches: readonly MappedBatch[],
  bodies: ReadonlyMap<BatchId, StoredBody>,
  at: string,
): ArchiveEntry[] {
  return batches.flatMap(({ header, refused }) => {
    if (header.operations) return [];
    const applied = [appliedTo(header, refused)];
    if (header.replayed) return [archiveEntry(header, { bytes: 0 }, at, { applied, ofReplay: true })];
    return [archiveEntry(header, bodies.get(header.batchId)!, at, { applied })];
  });
}

/** The revision of a batch, applied to all its records but those refused. */
export function appliedTo(
  { mappingRevision: revision }: Batch['header'],
  refused: readonly { readonly position: number }[],
): ArchiveEntry['applied'][number] {
  return { revision, except: refused.map(({ position }) => position) };
}

/** The entry of a batch whose body is kept. */
export function archiveEntry(
  header: Batch['header'],
  body: StoredBody | { readonly bytes: 0 },
  at: string,
  more: Pick<ArchiveEntry, 'applied'> & Partial<Pick<ArchiveEntry, 'reason' | 'ofReplay'>>,
): ArchiveEntry {
  const { batchId, tenantId, sinkId, receiptId, version, acceptedAt, received: records, accepted } = header;
  const place = { id: archiveIdOf(batchId), tenantId, sinkId, receiptId };
  const counts = { records, accepted, rejected: header.rejected.length };
  return { ...place, ...body, ...counts, version, acceptedAt, ...more, at, revision: 0 };
}

/**
 * Reads bodies from the archive. Keeps the object it read last: those of one flush stand next to each other.
 * @returns undefined when the object is gone, which it may be once its retention has passed
 */
export function makeArchiveReader(objects: Pick<ObjectStore, 'get'>) {
  let last: { readonly objectKey: string; readonly bodies: Buffer } | undefined;
  return async ({ objectKey, offset, bytes }: Pick<ArchiveEntry, keyof StoredBody>): Promise<string | undefined> => {
    if (objectKey === undefined) return undefined;
    if (offset === undefined) {
      const body = await objects.get(objectKey);
      return body && new TextDecoder('utf-8', { fatal: true }).decode(body);
    }
    if (last?.objectKey !== objectKey) {
      const packed = await objects.get(objectKey);
      if (!packed) return undefined;
      last = { objectKey, bodies: await decompress(packed, { maxOutputLength: archiveObjectBytesMax }) };
    }
    return last.bodies.toString('utf8', offset, offset + bytes);
  };
}
