import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { objectFolderOf, objectKeyParts } from '../../domain/naming/object-key.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { makeJitteredPause, type RetryPause } from './jittered-pause.ts';
import { deleteObjects } from './s3-deletions.ts';

/** Tries beyond the SDK's own, for what the SDK does not try again: conflicting puts, answers that break off. */
const triesMax = 6;
/** Milliseconds that S3 may take to answer a put once it has the body. */
const putMs = 8_000;
/** Bytes a millisecond that a body is sent at, at least: a fifth of what functions have. Segments have up to a gigabyte. */
const putBytesPerMs = 20_000;
/** User metadata that tells one call of `putIfAbsent` from all others. */
const putMark = 'headgate-put';

export interface S3ObjectParts {
  readonly bucket: string;
  /** Gives the client, which is loaded when first wanted; called for each use. */
  readonly client: () => Promise<S3Client>;
  /** Between tries; tests need not wait. */
  readonly pause?: RetryPause;
}

type Bucket = Required<S3ObjectParts>;

/**
 * Objects in one S3 bucket, under their keys. A put that finds its key taken after a try whose answer was lost compares
 * the mark of what stands there with its own, so that it knows its own object again.
 */
export function makeS3ObjectStore(parts: S3ObjectParts): ObjectStore {
  const bucket: Bucket = { pause: makeJitteredPause({ baseMs: 50, maxMs: 2_000 }), ...parts };
  return {
    async putIfAbsent(key, body) {
      objectKeyParts(key);
      return put(bucket, key, body);
    },
    async get(key) {
      objectKeyParts(key);
      return read(bucket, key);
    },
    list: (prefix) => listBelow(bucket, prefix),
    async delete(keys) {
      for (const key of keys) objectKeyParts(key);
      await deleteObjects(bucket, keys, triesMax);
    },
  };
}

/** A key deleted while we look at who took it is put again. */
async function put(bucket: Bucket, key: string, body: Uint8Array): Promise<boolean> {
  const mark = randomUUID();
  for (let tries = 1; ; tries += 1) {
    const end = await putOnce(bucket, key, body, mark);
    if (end.kind === 'stored') return true;
    if (end.kind === 'taken') {
      if (tries === 1 && end.attempts === 1) return false;
      const standing = await markOf(bucket, key);
      if (standing !== undefined) return standing === mark;
    }
    if (tries === triesMax) throw new Error(`S3 had other writers of ${key} in the way ${tries} times`);
    await bucket.pause(tries);
  }
}

type PutEnd =
  | { readonly kind: 'stored' | 'conflict' }
  /** `attempts`: the SDK's own; with more than one, the first may have stored the object. */
  | { readonly kind: 'taken'; readonly attempts: number };

async function putOnce({ client, bucket }: Bucket, key: string, body: Uint8Array, mark: string): Promise<PutEnd> {
  const { PutObjectCommand, S3ServiceException } = await sdk();
  const input = { Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*', Metadata: { [putMark]: mark } };
  try {
    const requestTimeout = putMs + body.byteLength / putBytesPerMs;
    await (await client()).send(new PutObjectCommand(input), { requestTimeout });
    return { kind: 'stored' };
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    if (error.$metadata.httpStatusCode === 412) return { kind: 'taken', attempts: error.$metadata.attempts ?? 1 };
    if (error.name === 'ConditionalRequestConflict') return { kind: 'conflict' };
    throw error;
  }
}

/** The mark of the object that stands at a key; undefined when there is none. */
async function markOf({ client, bucket }: Bucket, key: string): Promise<string | undefined> {
  const { HeadObjectCommand, NotFound } = await sdk();
  try {
    const { Metadata } = await (await client()).send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return Metadata?.[putMark] ?? '';
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

async function read({ client, bucket, pause }: Bucket, key: string): Promise<Uint8Array | undefined> {
  const { GetObjectCommand, NoSuchKey } = await sdk();
  for (let tries = 1; ; tries += 1) {
    try {
      const { Body } = await (await client()).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      try {
        return await Body!.transformToByteArray();
      } catch (error) {
        // The SDK tries again until the answer begins; this one broke off, or its checksum was wrong.
        if (tries === triesMax) throw error;
      }
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
    await pause(tries);
  }
}

async function* listBelow({ client, bucket }: Bucket, prefix: string): ReturnType<ObjectStore['list']> {
  objectFolderOf(prefix);
  const { paginateListObjectsV2 } = await sdk();
  const pages = paginateListObjectsV2({ client: await client() }, { Bucket: bucket, Prefix: prefix });
  for await (const { Contents = [] } of pages) {
    for (const { Key, Size, LastModified } of Contents) {
      yield { key: Key!, bytes: Size!, modifiedAtMs: LastModified!.getTime() };
    }
  }
}

function sdk() {
  return import('@aws-sdk/client-s3');
}
