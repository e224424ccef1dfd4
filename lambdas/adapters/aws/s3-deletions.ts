import type { _Error as DeletionError, S3Client } from '@aws-sdk/client-s3';
import { chunksOf } from './bounded-parallel.ts';
import type { RetryPause } from './jittered-pause.ts';

/** Keys of one DeleteObjects (S3's limit). */
const keysPerRequestMax = 1_000;
/** Errors of single keys that pass. */
const passing = new Set(['InternalError', 'ServiceUnavailable', 'SlowDown', 'RequestTimeout', 'OperationAborted']);

interface DeletionParts {
  readonly bucket: string;
  readonly client: () => Promise<S3Client>;
  readonly pause: RetryPause;
}

/**
 * Deletes objects; absent ones count as deleted.
 * @throws Error that names how many keys S3 refused, the first of them and why; others may be deleted then
 */
export async function deleteObjects(parts: DeletionParts, keys: readonly string[], triesMax: number): Promise<void> {
  for (const chunk of chunksOf(keysPerRequestMax, keys)) await deleteChunk(parts, chunk, triesMax);
}

async function deleteChunk(parts: DeletionParts, keys: readonly string[], triesMax: number): Promise<void> {
  let left = keys;
  for (let tries = 1; left.length > 0; tries += 1) {
    const errors = await deleteOnce(parts, left);
    const lasting = errors.filter(({ Code }) => !passing.has(Code ?? ''));
    const [first] = lasting.length > 0 ? lasting : errors;
    if (lasting.length > 0 || (first && tries === triesMax)) {
      throw new Error(`S3 did not delete ${errors.length} of ${keys.length} objects; ${first!.Key}: ${first!.Code}`);
    }
    left = errors.map(({ Key }) => Key!);
    if (first) await parts.pause(tries);
  }
}

async function deleteOnce({ bucket, client }: DeletionParts, keys: readonly string[]): Promise<DeletionError[]> {
  const { DeleteObjectsCommand } = await import('@aws-sdk/client-s3');
  const objects = keys.map((key) => ({ Key: key }));
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } });
  return (await (await client()).send(command)).Errors ?? [];
}
