import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { ArchiveEntry } from '../../../lambdas/domain/archive.ts';
import type { Batch, BatchHeader, BatchPayload } from '../../../lambdas/domain/batch.ts';
import type { BatchId } from '../../../lambdas/domain/ids.ts';
import {
  archiveObjectBytesMax,
  flushBytesMax,
  keptBodyDays,
  queueRetentionDays,
  recordsBodyInflatedBytesMax,
  retentionDays,
} from '../../../lambdas/domain/limits.ts';
import { archiveEntries, makeArchiveReader, storeBodies } from '../../../lambdas/use-cases/archive-bodies.ts';
import type { MappedBatch } from '../../../lambdas/use-cases/map-batch.ts';
import { makeTestClock } from '../../conformance/open-test-stores.ts';
import { makeMemoryObjects } from '../../support/memory-objects.ts';

const text = new TextEncoder();

function place() {
  const objects = makeMemoryObjects(makeTestClock());
  const read: string[] = [];
  let id = 0;
  const ids = { next: <T extends string>() => `id${++id}` as T };
  const get = async (key: string) => {
    read.push(key);
    return objects.get(key);
  };
  return { objects, ids, read, reader: makeArchiveReader({ get }) };
}

function batch(id: string, payload: BatchPayload, more: Partial<BatchHeader> = {}): Batch {
  const header = {
    batchId: id,
    receiptId: `r-${id}`,
    tenantId: 't',
    sinkId: 's',
    version: 'v',
    received: 3,
    accepted: 1,
    rejected: [2],
    mappingRevision: 4,
    ...more,
  };
  return { header: header as BatchHeader, payload };
}
const inline = (id: string, body: string, more: Partial<BatchHeader> = {}) =>
  batch(id, { kind: 'records', body }, more);

describe('the bodies of a flush', () => {
  const bodies = [
    '{"records":[]}',
    '{"records":["äöü €"]}',
    '',
    '{"records":["😀 \u2028 \\u0000"]}',
    'x'.repeat(9_999),
  ];

  it('are kept in one object, and each comes back to the byte', async () => {
    const { objects, ids, reader, read } = place();
    const batches = bodies.map((body, i) => inline(`b${i}`, body));
    const stored = await storeBodies({ objects, ids }, batches);
    expect(objects.keys()).toEqual(['archive/t/id1']);
    for (const [i, body] of bodies.entries()) {
      const one = stored.get(`b${i}` as BatchId)!;
      expect(one).toMatchObject({ objectKey: 'archive/t/id1', bytes: Buffer.byteLength(body) });
      expect(await reader(one)).toBe(body);
    }
    expect(read).toEqual(['archive/t/id1']);
    const packed = (await objects.get('archive/t/id1'))!;
    expect(zstdDecompressSync(packed).toString()).toBe(bodies.join(''));
    expect(packed.byteLength).toBeLessThan(500);
  });

  it('that are objects already stay where they are, and cost no second one', async () => {
    const { objects, ids, reader } = place();
    const body = '{"records":["groß"]}';
    await objects.putIfAbsent('bodies/t/b1', text.encode(body));
    const stored = await storeBodies({ objects, ids }, [
      batch('b1', { kind: 'object', objectKey: 'bodies/t/b1' }),
      inline('b2', 'small'),
    ]);
    expect(stored.get('b1' as BatchId)).toEqual({ objectKey: 'bodies/t/b1', bytes: Buffer.byteLength(body) });
    expect(objects.keys()).toEqual(['archive/t/id1', 'bodies/t/b1']);
    expect([await reader(stored.get('b1' as BatchId)!), await reader(stored.get('b2' as BatchId)!)]).toEqual([
      body,
      'small',
    ]);
  });

  it('of replays and of row operations are not kept, and of none nothing is', async () => {
    const { objects, ids } = place();
    const replayed = { receiptId: 'r', batchId: 'b' } as NonNullable<BatchHeader['replayed']>;
    const left = [inline('b1', 'again', { replayed }), inline('b2', '[]', { operations: true })];
    expect((await storeBodies({ objects, ids }, left)).size).toBe(0);
    expect((await storeBodies({ objects, ids }, [])).size).toBe(0);
    expect(objects.keys()).toEqual([]);
    const stored = await storeBodies({ objects, ids }, [
      left[0]!,
      inline('b3', 'first'),
      left[1]!,
      inline('b4', 'second'),
    ]);
    expect([...stored].map(([id, { offset }]) => [id, offset])).toEqual([
      ['b3', 0],
      ['b4', 5],
    ]);
  });

  it('have entries that say under which revision rows were made, and of which records', async () => {
    const { objects, ids } = place();
    const batches = [inline('b1', 'one'), inline('b2', 'two', { operations: true })];
    const stored = await storeBodies({ objects, ids }, batches);
    const mapped = batches.map(({ header }) => ({
      header,
      refused: [{ position: 2 }, { position: 0 }],
    })) as unknown as MappedBatch[];
    const entry: Partial<ArchiveEntry> = {
      applied: [{ revision: 4, except: [2, 0] }],
      records: 3,
      accepted: 1,
      rejected: 1,
      offset: 0,
      bytes: 3,
      revision: 0,
    };
    expect(archiveEntries(mapped, stored, 'now')).toEqual([
      expect.objectContaining({ id: 'b1', at: 'now', receiptId: 'r-b1', ...entry }),
    ]);
  });
});

describe('a body of the archive', () => {
  it('is undefined when its object is gone', async () => {
    const { reader } = place();
    expect(await reader({ objectKey: 'archive/t/none', offset: 0, bytes: 5 })).toBeUndefined();
    expect(await reader({ objectKey: 'bodies/t/none', bytes: 5 })).toBeUndefined();
  });

  it('is read once for all that stand in one object, and again for another', async () => {
    const { objects, ids, reader, read } = place();
    const [first, second] = [
      await storeBodies({ objects, ids }, [inline('b1', 'one'), inline('b2', 'two')]),
      await storeBodies({ objects, ids }, [inline('b3', 'three')]),
    ];
    const all = [...first.values(), ...second.values(), ...first.values()];
    const bodies: (string | undefined)[] = [];
    for (const one of all) bodies.push(await reader(one));
    expect(bodies).toEqual(['one', 'two', 'three', 'one', 'two']);
    expect(read).toEqual(['archive/t/id1', 'archive/t/id2', 'archive/t/id1']);
  });

  it('that is no UTF-8 is an error and not another text', async () => {
    const { objects, reader } = place();
    await objects.putIfAbsent('bodies/t/b', Uint8Array.of(0x7b, 0xff));
    await expect(reader({ objectKey: 'bodies/t/b', bytes: 2 })).rejects.toThrow();
  });

  it('fits into what a reader unpacks, whatever one flush holds', () => {
    // UTF-8 takes up to three bytes for what a message's size counts as one character.
    expect(archiveObjectBytesMax).toBeGreaterThanOrEqual(3 * flushBytesMax);
    expect(archiveObjectBytesMax).toBeGreaterThanOrEqual(recordsBodyInflatedBytesMax);
    expect(keptBodyDays).toBeGreaterThan(queueRetentionDays + retentionDays);
  });
});
