import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { SinkId } from '../../lambdas/domain/ids.ts';
import { type Fields, openReplays, type Replays } from '../support/open-replays.ts';

let house: Replays;
beforeAll(() => {
  house = openReplays();
});
afterAll(() => house.close());

const columns = {
  n: { type: 'int' },
  s: { type: 'string' },
  tags: { type: 'stringset' },
} as const satisfies Record<string, ColumnType>;
const asNamed: Fields = { _id: 'id', n: 'n', s: 's', tags: 'tags' };

interface Change {
  readonly what: string;
  readonly fields: Fields;
  readonly records: readonly object[];
  readonly rows: readonly unknown[];
}

describe('an archive replayed into its own sink under a newer mapping', () => {
  it.each<Change>([
    {
      what: 'that reads columns from other fields',
      fields: { _id: 'id', n: 'm', s: 't', tags: 'tags' },
      records: [
        { id: 1, n: 1, m: 10, s: 'a', t: 'A' },
        { id: 2, n: 2, m: 20, tags: ['x'] },
        { id: 1, n: 3, m: 30, t: 'C' },
      ],
      rows: [[30, 'C', null], [20, null, ['x']], undefined],
    },
    {
      what: 'that leaves a column out',
      fields: { _id: 'id', s: 's', tags: 'tags' },
      records: [{ id: 1, n: 1, s: 'a' }, { id: 2, n: 2 }, { id: 3 }],
      rows: [
        [null, 'a', null],
        [null, null, null],
        [null, null, null],
      ],
    },
    {
      what: 'that fills a column which was not filled',
      fields: { ...asNamed, s: 't' },
      records: [
        { id: 1, t: 'one' },
        { id: 2, n: 2, t: null },
        { id: 3, n: 5 },
      ],
      rows: [
        [null, 'one', null],
        [2, null, null],
        [5, null, null],
      ],
    },
    {
      what: 'that reads members from another field',
      fields: { ...asNamed, tags: 'labels' },
      records: [
        { id: 1, tags: ['a', 'b'], labels: ['b', 'c'] },
        { id: 1, tags: ['d'], labels: [] },
        { id: 2, labels: ['z'] },
      ],
      rows: [[null, null, ['b', 'c']], [null, null, ['z']], undefined],
    },
  ])('gives what a fresh load gives: $what', async ({ fields, records, rows }) => {
    const { table, sink } = await house.newSink(columns);
    for (const record of records) await house.load(sink.id, record);
    await house.remap(sink.id, fields);
    const replay = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(replay).toMatchObject({ state: 'completed', counts: { batches: records.length, received: records.length } });
    expect(await house.rows(table, 1, 2, 3)).toEqual(rows);

    const fresh = await house.newSink(columns);
    const other = await house.sinkOn(fresh.table, fields);
    for (const record of records) await house.load(other.id, record);
    expect(await house.rows(fresh.table, 1, 2, 3)).toEqual(rows);
  });

  it('moves rows to the keys that they have now, and empties those that they had', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 1, key: 11, n: 1, tags: ['a'] }, { id: 2, key: 12, n: 2 });
    await house.remap(sink.id, { ...asNamed, _id: 'key' });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(await house.rows(table, 11, 12)).toEqual([
      [1, null, ['a']],
      [2, null, null],
    ]);
    expect(await house.rows(table, 1, 2)).toEqual([
      [null, null, []],
      [null, null, null],
    ]);
  });

  it('keeps what later records wrote, of the same sink and of another', async () => {
    const { table, sink } = await house.newSink(columns);
    const other = await house.sinkOn(table, asNamed);
    await house.load(sink.id, { id: 1, n: 1, m: 10, s: 'a' });
    const window = new Date(house.clock.now()).toISOString();
    await house.load(other.id, { id: 1, n: 7, tags: ['x'] });
    await house.loadRecords(other.id, { op: 'delete', value: { id: 2 } });
    await house.remap(sink.id, { _id: 'id', n: 'm' });
    await house.load(sink.id, { id: 1, m: 99 });
    const replay = await house.replay({ sinkId: sink.id, from: 'archive', selection: { acceptedTo: window } });
    expect(replay.counts).toMatchObject({ batches: 1, written: 1 });
    expect(await house.rows(table, 1, 2)).toEqual([[99, null, ['x']], undefined]);
  });

  it('takes back what each of several revisions made, also of those that a replay brought', async () => {
    const { table, sink } = await house.newSink(columns);
    const record = { id: 1, a: 1, b: 2, t: 'text', x: ['p'], y: ['q'] };
    await house.remap(sink.id, { _id: 'id', n: 'a', tags: 'x' });
    await house.load(sink.id, record);
    await house.remap(sink.id, { _id: 'id', s: 't', tags: 'y' });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(await house.rows(table, 1)).toEqual([[null, 'text', ['q']]]);
    await house.remap(sink.id, { _id: 'id', n: 'b' });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(await house.rows(table, 1)).toEqual([[2, null, []]]);
    expect((await house.archived(sink.id))[0]!.applied.map(({ revision }) => revision)).toEqual([2, 3, 4]);
  });

  it('does not give an earlier record its value back that an older revision of a later one had covered', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 1, n: 1, m: 10 });
    await house.load(sink.id, { id: 1, n: 2 });
    await house.remap(sink.id, { _id: 'id', n: 'm' });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    // A fresh load would give 10. A row keeps no more than the newest value of a cell.
    expect(await house.rows(table, 1)).toEqual([[null, null, null]]);
  });

  it('a second time changes nothing, and says so', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 1, n: 1, m: 5, tags: ['a'] }, { id: 2, m: 6 });
    await house.remap(sink.id, { _id: 'id', n: 'm' });
    const first = await house.replay({ sinkId: sink.id, from: 'archive' });
    const rows = await house.rows(table, 1, 2);
    const second = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(first.counts).toMatchObject({ received: 2, accepted: 2, written: 2, superseded: 0 });
    expect(second.counts).toMatchObject({ received: 2, accepted: 2, written: 0, superseded: 2 });
    expect(await house.rows(table, 1, 2)).toEqual(rows);
  });

  it('leaves what older ones made of a record that the newer one refuses, and quarantines it under its first receipt', async () => {
    const { table, sink } = await house.newSink(columns);
    const sent = await house.load(sink.id, { id: 1, n: 1, m: 'none' }, { id: 2, n: 2, m: 20 });
    await house.remap(sink.id, { _id: 'id', n: 'm' });
    const replay = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(replay.counts).toMatchObject({ received: 2, accepted: 1, rejected: 1, written: 1, quarantined: 0 });
    expect(await house.rows(table, 1, 2)).toEqual([
      [1, null, null],
      [20, null, null],
    ]);
    const entries = await house.quarantined(sink.id);
    expect(entries).toMatchObject([{ receiptId: sent.id, position: 0, reason: 'wrong_type', mappingRevision: 2 }]);
    // What is fixed after that takes back what the refused revision never made: nothing.
    await house.remap(sink.id, { _id: 'id', s: 'm' });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(await house.rows(table, 1, 2)).toEqual([
      [null, 'none', null],
      [null, '20', null],
    ]);
    expect(await house.quarantined(sink.id)).toEqual([]);
  });

  it('discards a whole request again for one record that lacks a field', async () => {
    const { table, sink } = await house.newSink({ n: { type: 'int' } });
    await house.load(sink.id, { id: 1, n: 1, m: 10 }, { id: 2, n: 2 });
    await house.load(sink.id, { id: 3, n: 3, m: 30 });
    await house.remap(sink.id, { _id: 'id', n: 'm' }, false);
    const replay = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(replay.counts).toMatchObject({ batches: 2, received: 3, accepted: 1, rejected: 2, written: 1 });
    expect(await house.rows(table, 1, 2, 3)).toEqual([[1], [2], [30]]);
    const reasons = (await house.quarantined(sink.id)).map(({ position, reason }) => [position, reason]);
    expect(reasons).toEqual([
      [1, 'missing_field'],
      [0, 'batch_discarded'],
    ]);
  });
});

describe('an archive replayed into another sink', () => {
  it('fills its table with the records at their old places, and leaves its own source as it was', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 1, n: 1 }, { id: 'bad' });
    const target = await house.newSink(columns);
    await house.load(target.sink.id, { id: 1, n: 5 });
    const [before, source] = [await house.quarantined(sink.id), await house.archived(sink.id)];
    const replay = await house.replay({ sinkId: sink.id, into: target.sink.id, from: 'archive' });
    expect(replay.counts).toMatchObject({ received: 2, accepted: 1, rejected: 1, written: 0, superseded: 1 });
    expect(await house.rows(target.table, 1)).toEqual([[5, null, null]]);
    expect(await house.rows(table, 1)).toEqual([[1, null, null]]);
    expect(await house.quarantined(sink.id)).toEqual(before);
    expect(await house.archived(sink.id)).toEqual(source);
    expect(await house.archived(target.sink.id)).toHaveLength(1);
    const [refused] = await house.quarantined(target.sink.id);
    expect(refused).toMatchObject({ receiptId: `${replay.id}.${source[0]!.id}`, version: source[0]!.version });
  });

  it('also when the sink that they came through is gone', async () => {
    const { sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 4, n: 4 });
    await house.ports.catalog.deleteSink(house.caller.tenantId, sink.id, new Date(house.clock.now()).toISOString());
    const target = await house.newSink(columns);
    const into = target.sink.id;
    expect(await house.replay({ sinkId: sink.id, into, from: 'archive' })).toMatchObject({ counts: { written: 1 } });
    expect(await house.rows(target.table, 4)).toEqual([[4, null, null]]);
    const same = house.replay({ sinkId: sink.id, from: 'archive' });
    await expect(same).rejects.toMatchObject({ kind: 'related_not_found' });
    const none = house.replay({ sinkId: sink.id, into: 'none' as SinkId, from: 'archive' });
    await expect(none).rejects.toMatchObject({ kind: 'related_not_found' });
  });
});
