import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadS3Client } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeS3ObjectCopies } from '../../lambdas/adapters/aws/s3-object-copies.ts';
import {
  connectionLost,
  inTurn,
  makeCountedPause,
  nowhere,
  type Script,
  scriptService,
} from '../support/scripted-aws.ts';

const text = 'first second ';
const bytes = Buffer.byteLength(text);

/** An answer whose stream gives these pieces, then ends or breaks off; its length is that of the whole object. */
function answer(pieces: readonly string[], error?: Error) {
  return {
    ContentLength: bytes,
    Body: Readable.from(
      (async function* () {
        for (const piece of pieces) yield Buffer.from(piece);
        if (error) throw error;
      })(),
    ),
  };
}
const whole = () => answer(['first ', 'second ']);

describe('a copy from S3', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'headgate-copies-'));
    path = join(folder, 'copy');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function openCopies(script: Script) {
    const client = await loadS3Client(nowhere);
    const attempts = scriptService(client, script);
    const { pause, pauses } = makeCountedPause();
    return { copy: makeS3ObjectCopies({ bucket: 'bucket', client: async () => client, pause }), attempts, pauses };
  }

  it('has the bytes of the object, in order', async () => {
    const { copy, attempts } = await openCopies(whole);
    expect(await copy('a/b', path)).toBe(bytes);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(attempts).toMatchObject([{ operation: 'GetObject', input: { Bucket: 'bucket', Key: 'a/b' } }]);
  });

  it.each([
    ['breaks off', () => answer(['first ', 'sec'], connectionLost())],
    ['breaks off before its first byte', () => answer([], connectionLost())],
    ['ends early', () => answer(['first '])],
    ['goes on too long', () => answer(['first ', 'second ', 'third '])],
  ])('is begun anew when the answer %s', async (_, broken) => {
    const { copy, pauses } = await openCopies(inTurn(broken(), broken(), whole()));
    expect(await copy('a/b', path)).toBe(bytes);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(pauses).toEqual([1, 2]);
  });

  it.each([
    ['breaks off', () => answer(['first '], connectionLost()), 'connection lost'],
    ['ends early', () => answer(['first ']), `S3 gave 6 of ${bytes} bytes of an object`],
  ])('is given up when every answer %s, and leaves no file', async (_, broken, message) => {
    const { copy, attempts } = await openCopies(broken);
    await expect(copy('a/b', path)).rejects.toThrow(message);
    expect(attempts).toHaveLength(6);
    expect(existsSync(path)).toBe(false);
  });

  it('is none where S3 has no such key, also when it goes between two tries', async () => {
    const noSuchKey = () => new NoSuchKey({ message: '', $metadata: { httpStatusCode: 404 } });
    const absent = await openCopies(inTurn(noSuchKey()));
    expect(await absent.copy('a/b', path)).toBeUndefined();
    expect(absent.attempts).toHaveLength(1);
    const going = await openCopies(inTurn(answer(['first '], connectionLost()), noSuchKey()));
    expect(await going.copy('a/b', path)).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });

  it('that S3 forbids ends with its error', async () => {
    const metadata = { httpStatusCode: 403 };
    const denied = new S3ServiceException({
      name: 'AccessDenied',
      $fault: 'client',
      message: 'no',
      $metadata: metadata,
    });
    const { copy, attempts } = await openCopies(inTurn(denied));
    await expect(copy('a/b', path)).rejects.toBe(denied);
    expect(attempts).toHaveLength(1);
  });

  it('that the disk refuses is not tried again, and takes no more of the answer', async () => {
    const given = whole();
    const { copy, attempts } = await openCopies(inTurn(given));
    await expect(copy('a/b', join(folder, 'none', 'copy'))).rejects.toThrow('ENOENT');
    expect(attempts).toHaveLength(1);
    expect(given.Body.destroyed).toBe(true);
    const full = whole();
    const refused = await openCopies(inTurn(full));
    // A link, because a copy that fails removes what is at its path.
    symlinkSync('/dev/full', path);
    await expect(refused.copy('a/b', path)).rejects.toThrow('ENOSPC');
    expect(refused.attempts).toHaveLength(1);
    expect(full.Body.destroyed).toBe(true);
  });

  it('is given up while the answer stands still, and leaves no file', async () => {
    const over = new AbortController();
    const silent = new Readable({
      read() {
        over.abort(new Error('nobody waits'));
      },
    });
    const { copy, attempts } = await openCopies(inTurn({ ContentLength: bytes, Body: silent }));
    await expect(copy('a/b', path, over.signal)).rejects.toThrow('nobody waits');
    expect(attempts).toHaveLength(1);
    expect([silent.destroyed, existsSync(path)]).toEqual([true, false]);
  });

  it('takes no more from the answer than it has written, but for what a stream holds', async () => {
    const piece = Buffer.alloc(65_536);
    const pieces = 200;
    const taken: number[] = [];
    const body = Readable.from(
      (async function* () {
        for (let i = 0; i < pieces; i += 1) {
          taken.push(i * piece.byteLength - (existsSync(path) ? readFileSync(path).byteLength : 0));
          yield piece;
        }
      })(),
      { objectMode: false, highWaterMark: 65_536 },
    );
    const { copy } = await openCopies(inTurn({ ContentLength: pieces * piece.byteLength, Body: body }));
    expect(await copy('a/b', path)).toBe(pieces * piece.byteLength);
    expect(Math.max(...taken)).toBeLessThanOrEqual(4 * piece.byteLength);
  });

  it('never leads out of its bucket', async () => {
    const { copy, attempts } = await openCopies(whole);
    await expect(copy('../a', path)).rejects.toThrow(TypeError);
    expect(attempts).toEqual([]);
  });
});
