import { NoSuchKey, NotFound, S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { loadS3Client } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import {
  type Attempt,
  connectionLost,
  inTurn,
  makeCountedPause,
  nowhere,
  type Script,
  scriptService,
  serviceError,
} from '../support/scripted-aws.ts';

const body = new TextEncoder().encode('body');

/** An object store over a script in S3's place. */
async function openStore(script: Script) {
  const client = await loadS3Client(nowhere);
  const attempts = scriptService(client, script);
  const { pause, pauses } = makeCountedPause();
  const objects = makeS3ObjectStore({ bucket: 'bucket', client: async () => client, pause });
  return { objects, attempts, pauses, count: (operation: string) => countOf(attempts, operation) };
}

function countOf(attempts: readonly Attempt[], operation: string): number {
  return attempts.filter((attempt) => attempt.operation === operation).length;
}

function refused(name: string, status: number): S3ServiceException {
  return new S3ServiceException({ name, $fault: 'client', message: name, $metadata: { httpStatusCode: status } });
}

const taken = () => refused('PreconditionFailed', 412);
const conflict = () => refused('ConditionalRequestConflict', 409);

/** A body that gives its bytes, or breaks off. */
const bodyOf = (error?: Error) => ({
  Body: {
    async transformToByteArray() {
      if (error) throw error;
      return body;
    },
  },
});

describe('a put to S3', () => {
  it('asks S3 to store only where nothing is, with a checksum', async () => {
    const { objects, attempts } = await openStore(() => ({}));
    expect(await objects.putIfAbsent('a/b', body)).toBe(true);
    expect(attempts).toMatchObject([{ operation: 'PutObject', input: { IfNoneMatch: '*', Key: 'a/b' } }]);
  });

  it('that finds its key taken at the first attempt asks no further', async () => {
    const { objects, attempts } = await openStore(inTurn(taken()));
    expect(await objects.putIfAbsent('a/b', body)).toBe(false);
    expect(attempts).toHaveLength(1);
  });

  it.each([
    ['its own', true],
    ['another’s', false],
  ])('whose answer is lost knows whose object stands there: %s', async (_, isOwn) => {
    const marks: string[] = [];
    const { objects, count } = await openStore(({ operation, input }) => {
      if (operation === 'HeadObject') return { Metadata: { 'headgate-put': isOwn ? marks[0] : 'another' } };
      marks.push(input.Metadata['headgate-put']);
      throw marks.length === 1 ? connectionLost() : taken();
    });
    expect(await objects.putIfAbsent('a/b', body)).toBe(isOwn);
    expect(marks[0]).toBe(marks[1]);
    expect(count('HeadObject')).toBe(1);
  });

  it('stores again what was deleted while it looked', async () => {
    const puts = inTurn(connectionLost(), taken(), {});
    const { objects } = await openStore((attempt) => {
      if (attempt.operation === 'HeadObject') throw new NotFound({ message: '', $metadata: {} });
      return puts(attempt);
    });
    expect(await objects.putIfAbsent('a/b', body)).toBe(true);
  });

  it('has other marks than another put', async () => {
    const { objects, attempts } = await openStore(() => ({}));
    await objects.putIfAbsent('a/b', body);
    await objects.putIfAbsent('a/b', body);
    expect(new Set(attempts.map(({ input }) => input.Metadata['headgate-put'])).size).toBe(2);
  });

  it('in conflict with another is tried again, a bounded number of times', async () => {
    const passing = await openStore(inTurn(conflict(), conflict(), {}));
    expect(await passing.objects.putIfAbsent('a/b', body)).toBe(true);
    expect(passing.pauses).toEqual([1, 2]);
    const lasting = await openStore(inTurn(conflict()));
    await expect(lasting.objects.putIfAbsent('a/b', body)).rejects.toThrow(
      'S3 had other writers of a/b in the way 6 times',
    );
    expect(lasting.attempts).toHaveLength(6);
  });

  it('that S3 fails at every attempt ends with its error', async () => {
    const { objects, attempts } = await openStore(inTurn(serviceError('ServiceUnavailable', 503)));
    await expect(objects.putIfAbsent('a/b', body)).rejects.toThrow('planted: ServiceUnavailable');
    expect(attempts).toHaveLength(3);
  });
});

describe('a read from S3', () => {
  it('is repeated when the answer breaks off, a bounded number of times', async () => {
    const passing = await openStore(inTurn(bodyOf(connectionLost()), bodyOf()));
    expect(await passing.objects.get('a/b')).toEqual(body);
    const lasting = await openStore(() => bodyOf(connectionLost()));
    await expect(lasting.objects.get('a/b')).rejects.toThrow('connection lost');
    expect(lasting.attempts).toHaveLength(6);
  });

  it('finds nothing where S3 has no such key, and nowhere else', async () => {
    const absent = await openStore(inTurn(new NoSuchKey({ message: '', $metadata: { httpStatusCode: 404 } })));
    expect(await absent.objects.get('a/b')).toBeUndefined();
    const forbidden = await openStore(inTurn(refused('AccessDenied', 403)));
    await expect(forbidden.objects.get('a/b')).rejects.toThrow('AccessDenied');
  });

  it('lists page by page', async () => {
    const entry = (Key: string) => ({ Key, Size: 4, LastModified: new Date(1_000) });
    const { objects, attempts } = await openStore(
      inTurn(
        { Contents: [entry('a/1'), entry('a/2')], IsTruncated: true, NextContinuationToken: 'next' },
        { Contents: [entry('a/3')] },
      ),
    );
    const listed = await Array.fromAsync(objects.list('a/'));
    expect(listed).toEqual(['a/1', 'a/2', 'a/3'].map((key) => ({ key, bytes: 4, modifiedAtMs: 1_000 })));
    expect(attempts.map(({ input }) => input.ContinuationToken)).toEqual([undefined, 'next']);
  });
});

describe('deletions in S3', () => {
  const keysOf = ({ input }: Attempt): string[] => input.Delete.Objects.map(({ Key }: { Key: string }) => Key);

  it('go by 1,000 keys', async () => {
    const { objects, attempts } = await openStore(() => ({}));
    const keys = Array.from({ length: 2_001 }, (_, i) => `a/${i}`);
    await objects.delete(keys);
    expect(attempts.map((attempt) => keysOf(attempt).length)).toEqual([1_000, 1_000, 1]);
    expect(attempts.flatMap(keysOf)).toEqual(keys);
  });

  it('are repeated for the keys alone that S3 failed at', async () => {
    const { objects, attempts } = await openStore(
      inTurn({ Errors: [{ Key: 'a/2', Code: 'InternalError' }] }, { Errors: [{ Key: 'a/2', Code: 'SlowDown' }] }, {}),
    );
    await objects.delete(['a/1', 'a/2', 'a/3']);
    expect(attempts.map(keysOf)).toEqual([['a/1', 'a/2', 'a/3'], ['a/2'], ['a/2']]);
  });

  it('end with an error when keys stay, and at once when S3 refuses one', async () => {
    const lasting = await openStore(() => ({ Errors: [{ Key: 'a/1', Code: 'InternalError' }] }));
    await expect(lasting.objects.delete(['a/1', 'a/2'])).rejects.toThrow(
      'S3 did not delete 1 of 2 objects; a/1: InternalError',
    );
    expect(lasting.attempts).toHaveLength(6);
    const denied = await openStore(() => ({ Errors: [{ Key: 'a/1', Code: 'AccessDenied' }] }));
    await expect(denied.objects.delete(['a/1'])).rejects.toThrow('a/1: AccessDenied');
    expect(denied.attempts).toHaveLength(1);
  });
});
