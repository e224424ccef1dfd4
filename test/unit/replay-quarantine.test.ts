import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { QuarantineId, SinkId, TenantId } from '../../lambdas/domain/ids.ts';
import { buryBatch } from '../../lambdas/use-cases/bury-batch.ts';
import { editQuarantined } from '../../lambdas/use-cases/edit-quarantined.ts';
import { tryReplay } from '../../lambdas/use-cases/try-replay.ts';
import { bodyOf } from '../support/open-pipeline.ts';
import { openReplays, type Replays } from '../support/open-replays.ts';

let house: Replays;
beforeAll(() => {
  house = openReplays();
});
afterAll(() => house.close());

const columns = { n: { type: 'int', max: '100' }, s: { type: 'string' } } as const satisfies Record<string, ColumnType>;
const asNamed = { _id: 'id', n: 'n', s: 's' };

const left = async (sinkId: SinkId) =>
  (await house.quarantined(sinkId)).map(({ position, reason }) => [position, reason]).reverse();
const edit = (sinkId: SinkId, id: QuarantineId, record: unknown, caller: Pick<Caller, 'tenantId'> = house.caller) =>
  editQuarantined(house.ports, caller, { sinkId, id }, record === undefined ? undefined : JSON.stringify(record));

/** Two requests with records that are refused for three reasons. */
async function refused() {
  const { table, sink } = await house.newSink(columns);
  const first = await house.load(sink.id, { id: 1, n: 'one' }, { id: 2, n: 2 }, { id: 3, n: 300 });
  const second = await house.load(sink.id, { id: 4, n: 400 }, { id: 'five' });
  expect(await left(sink.id)).toHaveLength(4);
  return { table, sink, first, second };
}

describe('quarantined records replayed', () => {
  it('as they are are refused again, and stay with the reason of now', async () => {
    const { sink } = await refused();
    await house.remap(sink.id, { _id: 'id', n: 's', s: 'n' });
    await house.remap(sink.id, asNamed);
    const before = await house.quarantined(sink.id);
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine' });
    expect(replay.counts).toMatchObject({ batches: 2, received: 4, accepted: 0, rejected: 4, written: 0 });
    // A batch of which nothing was accepted has its receipt's end at once; what it does to quarantine comes with its turn.
    await house.consume();
    const after = await house.quarantined(sink.id);
    expect(after.map(({ id, reason, record }) => [id, reason, record])).toEqual(
      before.map(({ id, reason, record }) => [id, reason, record]),
    );
    expect(after.map(({ mappingRevision }) => mappingRevision)).toEqual([3, 3, 3, 3]);
  });

  it('are written at their old places once a mapping takes them, and quarantined no more', async () => {
    const { table, sink } = await refused();
    await house.load(sink.id, { id: 3, s: 'later' }, { id: 4, s: 'later' });
    await house.remap(sink.id, { _id: 'id', s: 'n' });
    await house.load(sink.id, { id: 4, n: 'newest' });
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine' });
    expect(replay.counts).toMatchObject({ received: 4, accepted: 3, rejected: 1, written: 1, superseded: 2 });
    expect(await left(sink.id)).toEqual([[1, 'invalid_key']]);
    expect(await house.rows(table, 1, 2, 3, 4)).toEqual([
      [null, 'one'],
      [2, null],
      [null, 'later'],
      [null, 'newest'],
    ]);
  });

  it.each([
    [
      'by reason',
      () => ({ reason: 'out_of_range' as const }),
      [
        [0, 'wrong_type'],
        [1, 'invalid_key'],
      ],
    ],
    [
      'by receipt',
      (first: string) => ({ receiptId: first as never }),
      [
        [0, 'out_of_range'],
        [1, 'invalid_key'],
      ],
    ],
    [
      'by ids',
      (first: string) => ({ ids: [`${first}-000002`, 'none'] }),
      [
        [0, 'wrong_type'],
        [0, 'out_of_range'],
        [1, 'invalid_key'],
      ],
    ],
    [
      'by both',
      (first: string) => ({ receiptId: first as never, reason: 'wrong_type' as const }),
      [
        [2, 'out_of_range'],
        [0, 'out_of_range'],
        [1, 'invalid_key'],
      ],
    ],
  ])('%s are those chosen and no others', async (_how, selectionOf, rest) => {
    const { sink, first } = await refused();
    await house.remap(sink.id, { _id: 'id', s: 'n' });
    const selection = selectionOf(first.id);
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine', selection });
    expect(replay.counts.received).toBe(4 - rest.length);
    expect(await left(sink.id)).toEqual(rest);
  });

  it('whose request was discarded for another one stand for themselves', async () => {
    const { table, sink } = await house.newSink({ n: { type: 'int' } }, false);
    await house.load(sink.id, { id: 1, n: 1 }, { id: 2 });
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine' });
    expect(replay.counts).toMatchObject({ received: 2, accepted: 1, rejected: 1, written: 1 });
    expect(await house.rows(table, 1, 2)).toEqual([[1], undefined]);
    expect(await left(sink.id)).toEqual([[1, 'missing_field']]);
  });

  it('into another sink stay where they are', async () => {
    const { sink } = await refused();
    const { table } = await house.newSink(columns);
    const other = await house.sinkOn(table, { _id: 'id', s: 'n' });
    const replay = await house.replay({ sinkId: sink.id, into: other.id, from: 'quarantine' });
    expect(replay.counts).toMatchObject({ received: 4, written: 3, rejected: 1 });
    expect(await left(sink.id)).toHaveLength(4);
    expect(await left(other.id)).toEqual([[1, 'invalid_key']]);
    expect(await house.rows(table, 1, 3)).toEqual([
      [null, 'one'],
      [null, '300'],
    ]);
  });

  it('of a batch that could not be written are written, and its receipt stays as it ended', async () => {
    const { table, sink } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, {
      sinkId: sink.id,
      body: bodyOf({ id: 1, n: 1 }, { id: 2, n: 'x' }),
    });
    const [message] = await house.take();
    await buryBatch(house.ports, message!);
    await house.ports.queue.acknowledge([message!.handle]);
    expect(await left(sink.id)).toEqual([
      [0, 'write_failed'],
      [1, 'wrong_type'],
    ]);
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine', selection: { reason: 'write_failed' } });
    expect(replay.counts).toMatchObject({ received: 1, written: 1 });
    expect(await house.rows(table, 1, 2)).toEqual([[1, null], undefined]);
    expect(await left(sink.id)).toEqual([[1, 'wrong_type']]);
    expect(await house.receipt(receipt.id)).toMatchObject({ state: 'failed' });
  });
});

describe('records that somebody mended', () => {
  it('are accepted as new ones, of now, once, and leave quarantine', async () => {
    const { table, sink, first } = await refused();
    await house.load(sink.id, { id: 1, s: 'later' });
    const id = `${first.id}-000000` as QuarantineId;
    expect(await edit(sink.id, id, { value: { id: 1, n: 11, s: 'mended' } })).toMatchObject({ isAccepted: true });
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine', selection: { ids: [id] } });
    expect(replay.counts).toMatchObject({ batches: 1, received: 1, accepted: 1, written: 1 });
    expect(await house.rows(table, 1)).toEqual([[11, 'mended']]);
    expect(await left(sink.id)).toHaveLength(3);
    const again = await house.replay({ sinkId: sink.id, from: 'quarantine', selection: { ids: [id] } });
    expect(again).toMatchObject({ state: 'completed', counts: { received: 0 } });
  });

  it('that the sink does not take say so when they are edited, and stay with the reason when they are replayed', async () => {
    const { sink, first } = await refused();
    const id = `${first.id}-000000` as QuarantineId;
    const { entry, isAccepted } = await edit(sink.id, id, { value: { id: 1, n: 999 } });
    expect([isAccepted, entry.reason, entry.record]).toEqual([false, 'out_of_range', '{"value":{"id":1,"n":"one"}}']);
    await house.remap(sink.id, { ...asNamed, _id: 'key' });
    const replay = await house.replay({ sinkId: sink.id, from: 'quarantine', selection: { ids: [id] } });
    expect(replay.counts).toMatchObject({ batches: 0, received: 1, accepted: 0, rejected: 1 });
    const [kept] = (await house.quarantined(sink.id)).filter((one) => one.id === id);
    expect(kept).toMatchObject({ reason: 'missing_key', mappingRevision: 2, edited: '{"value":{"id":1,"n":999}}' });
  });

  it('stay mended when their request is refused again, whole, out of the archive', async () => {
    const { sink, first } = await refused();
    const id = `${first.id}-000000` as QuarantineId;
    const { entry } = await edit(sink.id, id, { value: { id: 1, n: 1 } });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    await house.consume();
    expect((await house.quarantined(sink.id)).find((one) => one.id === id)).toMatchObject({ edited: entry.edited });
  });

  it('go back to what came when nothing is given', async () => {
    const { sink, first } = await refused();
    const id = `${first.id}-000002` as QuarantineId;
    const before = (await house.quarantined(sink.id)).find((one) => one.id === id);
    await edit(sink.id, id, { value: { id: 3, n: 3 } });
    const { entry, isAccepted } = await edit(sink.id, id, undefined);
    expect([entry, isAccepted]).toEqual([before, false]);
    expect((await house.quarantined(sink.id)).find((one) => one.id === id)).toEqual(before);
  });

  it('may be deletes', async () => {
    const { table, sink, first } = await refused();
    const id = `${first.id}-000000` as QuarantineId;
    await edit(sink.id, id, { op: 'delete', value: { id: 2 } });
    await house.replay({ sinkId: sink.id, from: 'quarantine', selection: { ids: [id] } });
    expect(await house.rows(table, 2)).toEqual([undefined]);
  });

  it('are not those of a batch that could not be written, nor those of others', async () => {
    const { sink, first } = await refused();
    const id = `${first.id}-000000` as QuarantineId;
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 9 }) });
    const [message] = await house.take();
    await buryBatch(house.ports, message!);
    await house.ports.queue.acknowledge([message!.handle]);
    const failed = edit(sink.id, `${receipt.id}-000000` as QuarantineId, { value: { id: 9 } });
    await expect(failed).rejects.toMatchObject({ kind: 'incorrect_state', details: { receipt_id: receipt.id } });
    const stranger = { tenantId: 'theirs' as TenantId };
    await expect(edit(sink.id, id, { value: {} }, stranger)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(edit(sink.id, 'none' as QuarantineId, {})).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('a trial of a replay', () => {
  it('says what would become of the records, and changes nothing', async () => {
    const { table, sink, first } = await refused();
    await edit(sink.id, `${first.id}-000000` as QuarantineId, { value: { id: 1, n: 1 } });
    await house.remap(sink.id, { _id: 'id', s: 'n' });
    const [entries, archived] = [await house.quarantined(sink.id), await house.archived(sink.id)];
    const request = { sinkId: sink.id, from: 'quarantine' as const, selection: {} };
    const trial = await tryReplay(house.ports, house.caller, request, house.clock.now() + 1_000);
    expect(trial).toMatchObject({ received: 4, accepted: 3, rejected: 1, dropped: 0, isComplete: true });
    expect(trial.reasons).toMatchObject([{ reason: 'invalid_key', records: 1, first: { pointer: '/value/id' } }]);
    expect(await house.ports.queue.depth()).toBe(0);
    expect(await house.quarantined(sink.id)).toEqual(entries);
    expect(await house.archived(sink.id)).toEqual(archived);
    expect(await house.ports.catalog.listReplays(sink.id, { limit: 9 })).toEqual([]);
    expect(await house.rows(table, 1)).toEqual([undefined]);
  });

  it('counts each reason, and names the first record of it', async () => {
    const { sink } = await refused();
    const request = { sinkId: sink.id, from: 'archive' as const, selection: {} };
    const trial = await tryReplay(house.ports, house.caller, request, house.clock.now());
    expect(trial).toMatchObject({ received: 5, accepted: 1, rejected: 4, isComplete: true });
    expect(trial.reasons.map(({ reason, records }) => [reason, records])).toEqual([
      ['out_of_range', 2],
      ['wrong_type', 1],
      ['invalid_key', 1],
    ]);
    const strangers = tryReplay(house.ports, { tenantId: 'theirs' as TenantId }, request, house.clock.now());
    await expect(strangers).rejects.toMatchObject({ kind: 'not_found' });
  });
});
