import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { objectKeyParts } from '../../domain/naming/object-key.ts';
import { makeJitteredPause } from './jittered-pause.ts';
import type { S3ObjectParts } from './s3-object-store.ts';

/** Tries beyond the SDK's own, which end where an answer begins: for answers that break off. */
const triesMax = 6;

/**
 * Copies an object into the file at `path`, whose folder is there. @returns its bytes; undefined when there is none
 * @param signal gives the copy up
 */
export type CopyObject = (key: string, path: string, signal?: AbortSignal) => Promise<number | undefined>;

/**
 * Copies of objects as files, of which no more is in memory than is on its way: a segment may have a gigabyte. An answer
 * that breaks off, ends early or has the wrong checksum is asked for again, from the start. A copy that fails leaves no
 * file, and one that a full disk refuses is not tried again.
 */
export function makeS3ObjectCopies(parts: S3ObjectParts): CopyObject {
  const bucket = { pause: makeJitteredPause({ baseMs: 50, maxMs: 2_000 }), ...parts };
  return async (key, path, signal) => {
    objectKeyParts(key);
    try {
      for (let tries = 1; ; tries += 1) {
        const end = await copyOnce(bucket, key, path, signal);
        if (!('brokeOff' in end)) {
          if (end.bytes === undefined) await rm(path, { force: true });
          return end.bytes;
        }
        if (tries === triesMax) throw end.brokeOff;
        await bucket.pause(tries);
        signal?.throwIfAborted();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  };
}

type CopyEnd = { readonly bytes: number | undefined } | { readonly brokeOff: unknown };

async function copyOnce(
  { client, bucket }: S3ObjectParts,
  key: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<CopyEnd> {
  const found = await find({ client, bucket }, key, signal);
  if (found === undefined) return { bytes: undefined };
  const file = await open(path, 'w').catch((error: unknown) => {
    found.body.destroy();
    throw error;
  });
  try {
    return await receive(found, file, signal);
  } finally {
    await file.close();
  }
}

interface FoundObject {
  readonly body: Readable;
  readonly bytes: number | undefined;
}

/** What S3 answers, once it begins to; undefined when there is no such key. */
async function find(
  { client, bucket }: S3ObjectParts,
  key: string,
  signal: AbortSignal | undefined,
): Promise<FoundObject | undefined> {
  const { GetObjectCommand, NoSuchKey } = await import('@aws-sdk/client-s3');
  try {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    const answer = await (await client()).send(command, signal && { abortSignal: signal });
    return { body: answer.Body as Readable, bytes: answer.ContentLength };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** @throws what the file says; what the answer's stream says is returned */
async function receive(found: FoundObject, file: FileHandle, signal: AbortSignal | undefined): Promise<CopyEnd> {
  let bytes = 0;
  let refusal: { readonly cause: unknown } | undefined;
  const write = async (pieces: AsyncIterable<Uint8Array>) => {
    for await (const piece of pieces) {
      await file.writeFile(piece).catch((cause: unknown) => {
        refusal = { cause };
        throw cause;
      });
      bytes += piece.byteLength;
    }
  };
  try {
    await pipeline(found.body, write, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    if (refusal) throw refusal.cause;
    return { brokeOff: error };
  }
  if (found.bytes === undefined || bytes === found.bytes) return { bytes };
  return { brokeOff: new Error(`S3 gave ${bytes} of ${found.bytes} bytes of an object`) };
}
