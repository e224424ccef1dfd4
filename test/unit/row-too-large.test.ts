import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceiptId, SinkId } from '../../lambdas/domain/ids.ts';
import { mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import { shapeOf, type Table } from '../../lambdas/domain/table.ts';
import type { WritePorts } from '../../lambdas/use-cases/write-batch.ts';
import { bodyOf, openPipeline } from '../support/open-pipeline.ts';

let house: ReturnType<typeof openPipeline>;
beforeAll(() => {
  house = openPipeline();
});
afterAll(() => house.close());

const columns = {
  a: { type: 'string' },
  b: { type: 'string' },
  n: { type: 'int' },
  tags: { type: 'stringset' },
} as const;
const half = 'x'.repeat(250_000);
/** Too large for any row, though none of its texts is. */
const huge = { a: 'y'.repeat(200_000), b: 'y'.repeat(200_000) };

async function accept(sinkId: SinkId, ...values: readonly object[]): Promise<ReceiptId> {
  return (await house.accept(house.caller, { sinkId, body: bodyOf(...values) })).receipt.id;
}

const receiptOf = (id: ReceiptId) => house.ports.catalog.findReceipt(house.caller.tenantId, id);

async function quarantineOf(sinkId: SinkId) {
  const entries = await house.ports.catalog.listQuarantined(sinkId, { limit: 100 });
  return entries.toReversed();
}

/** Notes what segments are written, joined by key: what queries see. */
function segmentsSpy() {
  const rows = new Map<RowKey, RowState>();
  const segmentFiles: WritePorts['segmentFiles'] = {
    write: (shape, written) => {
      for (const row of written) {
        const before = rows.get(row.key);
        rows.set(row.key, before ? mergeRows(before, row) : row);
      }
      return house.ports.segmentFiles.write(shape, written);
    },
  };
  return { rows, segmentFiles };
}

async function expectSegmentsSay(table: Table, rows: ReadonlyMap<RowKey, RowState>): Promise<void> {
  const stored = new Map<RowKey, RowState>();
  for await (const state of house.ports.rowStore.scan(shapeOf(table))) stored.set(state.key, state);
  expect([...rows.keys()].toSorted()).toEqual([...stored.keys()].toSorted());
  for (const [key, state] of stored) expect(sameState(state, rows.get(key)!)).toBe(true);
}

describe('a record that has no room in its row', () => {
  it('goes to quarantine, its receipt says so, and the rest of its batch is written', async () => {
    const { table, sink } = await house.newSink(columns);
    const { rows, segmentFiles } = segmentsSpy();
    const id = await accept(sink.id, { id: 1, n: 1 }, { id: 2, ...huge }, { id: 'x' }, { id: 3, n: 3 });
    expect(await house.write(await house.take(), { segmentFiles })).toEqual({ failed: [] });
    expect(await receiptOf(id)).toMatchObject({
      ...{ state: 'visible', received: 4, accepted: 3, rejected: 1 },
      ...{ written: 2, superseded: 0, quarantined: 1, changed: 0 },
    });
    const [invalid, tooLarge] = (await quarantineOf(sink.id)).toSorted((a, b) => b.position - a.position);
    expect(invalid).toMatchObject({ position: 2, reason: 'invalid_key' });
    expect(tooLarge).toMatchObject({ position: 1, reason: 'row_too_large', pointer: '', receiptId: id });
    expect(tooLarge!.message).toMatch(/^the record alone makes a row of 400\d{3} bytes; at most 380000 are allowed$/);
    expect(JSON.parse(tooLarge!.record)).toEqual({ value: { id: 2, ...huge } });
    expect(await house.row(table, 2)).toBeUndefined();
    expect(await house.row(table, 3)).toEqual({ key: 3, values: [null, null, 3, null] });
    expect([...rows.keys()].toSorted()).toEqual([1, 3]);
    await expectSegmentsSay(table, rows);
  });

  it('harms no other record of its row, also of other batches of the flush', async () => {
    const { table, sink } = await house.newSink(columns);
    const { rows, segmentFiles } = segmentsSpy();
    const first = await accept(sink.id, { id: 1, a: half, n: 1 }, { id: 1, tags: ['t1'] });
    const second = await accept(sink.id, { id: 1, b: half }, { id: 1, n: 2, tags: ['t2'] });
    const third = await accept(sink.id, { id: 1, n: 3 }, { id: 2, b: half });
    expect(await house.write(await house.take(), { segmentFiles })).toEqual({ failed: [] });
    expect(await house.row(table, 1)).toEqual({ key: 1, values: [half, null, 3, ['t1', 't2']] });
    expect(await receiptOf(first)).toMatchObject({ accepted: 2, written: 2, superseded: 0, quarantined: 0 });
    expect(await receiptOf(second)).toMatchObject({ accepted: 2, written: 1, superseded: 0, quarantined: 1 });
    expect(await receiptOf(third)).toMatchObject({ accepted: 2, written: 2, superseded: 0, quarantined: 0 });
    const [entry, ...others] = await quarantineOf(sink.id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ receiptId: second, position: 0, reason: 'row_too_large' });
    expect(entry!.message).toBe('with this record its row would have more than 380000 bytes');
    await expectSegmentsSay(table, rows);
  });

  it('is refused again, and nothing else changes, when its batch is delivered again', async () => {
    const { table, sink } = await house.newSink(columns);
    const { rows, segmentFiles } = segmentsSpy();
    const id = await accept(sink.id, { id: 1, a: half }, { id: 1, b: half }, { id: 1, n: 1 });
    const messages = await house.take();
    // The process ends between the row store and the receipt.
    const catalog = { ...house.ports.catalog, closeReceipts: () => Promise.reject(new Error('killed')) };
    expect((await house.write(messages, { segmentFiles, catalog })).failed).toHaveLength(1);
    const [state] = await house.ports.rowStore.get(shapeOf(table), [1]);
    const entries = await quarantineOf(sink.id);
    expect(entries).toMatchObject([{ position: 1, reason: 'row_too_large' }]);
    expect(await receiptOf(id)).toMatchObject({ state: 'queued' });

    for (let delivery = 0; delivery < 2; delivery++) {
      expect(await house.write(messages, { segmentFiles })).toEqual({ failed: [] });
      const closed = await receiptOf(id);
      expect(closed).toMatchObject({ state: 'visible', accepted: 3, written: 2, superseded: 0, quarantined: 1 });
    }
    expect(await house.ports.rowStore.get(shapeOf(table), [1])).toEqual([state]);
    expect((await quarantineOf(sink.id)).map(({ at: _, ...entry }) => entry)).toEqual(
      entries.map(({ at: _, ...entry }) => entry),
    );
    await expectSegmentsSay(table, rows);
  });

  it('is taken where a later record of the same flush makes room for it', async () => {
    const { table, sink } = await house.newSink(columns);
    const earlier = await accept(sink.id, { id: 1, a: half });
    await house.write(await house.take());
    const id = await accept(
      sink.id,
      { id: 1, b: half },
      { id: 1, n: 4 },
      { id: 1, a: 'short' },
      { id: 1, b: 'y'.repeat(379_990) },
    );
    await house.write(await house.take());
    expect(await house.row(table, 1)).toEqual({ key: 1, values: ['short', half, 4, null] });
    expect(await receiptOf(earlier)).toMatchObject({ written: 1, quarantined: 0 });
    expect(await receiptOf(id)).toMatchObject({ accepted: 4, written: 3, superseded: 0, quarantined: 1 });
    expect(await quarantineOf(sink.id)).toMatchObject([{ receiptId: id, position: 3 }]);
  });

  it('lets a full set stay full, and says of every record whether it was taken', async () => {
    const { table, sink } = await house.newSink(columns);
    const { rows, segmentFiles } = segmentsSpy();
    const tagsOf = (n: number) => Array.from({ length: 500 }, (_, i) => `tag ${n} ${i} ${'z'.repeat(30)}`);
    const ids: ReceiptId[] = [];
    for (let n = 0; n < 30; n++) {
      ids.push(await accept(sink.id, { id: 1, tags: tagsOf(n) }, { id: 100 + n, n }));
      if (n % 4 === 3) await house.write(await house.take(), { segmentFiles });
    }
    await house.write(await house.take(), { segmentFiles });
    const receipts = await Promise.all(ids.map(receiptOf));
    const taken = receipts.filter((receipt) => receipt!.quarantined === 0).length;
    expect(taken).toBeGreaterThan(5);
    expect(taken).toBeLessThan(25);
    for (const receipt of receipts) {
      const { state, accepted, written, superseded, quarantined } = receipt!;
      expect([state, written! + superseded! + quarantined!]).toEqual(['visible', accepted]);
    }
    expect(((await house.row(table, 1))!.values[3] as string[]).length).toBe(taken * 500);
    expect(await quarantineOf(sink.id)).toHaveLength(30 - taken);
    await expectSegmentsSay(table, rows);
    await accept(sink.id, { id: 1, tags: null });
    const after = await accept(sink.id, { id: 1, tags: ['fresh'] });
    await house.write(await house.take());
    expect(await house.row(table, 1)).toMatchObject({ values: [null, null, null, ['fresh']] });
    expect(await receiptOf(after)).toMatchObject({ written: 1, quarantined: 0 });
  });

  it('is refused where the row store refuses it for reasons of its own, again and again', async () => {
    const { table, sink } = await house.newSink(columns);
    const { rows, segmentFiles } = segmentsSpy();
    await accept(sink.id, { id: 1, n: 1 });
    await house.write(await house.take(), { segmentFiles });
    const id = await accept(sink.id, { id: 1, a: 'small' }, { id: 2, n: 2 });
    const full: WritePorts['rowStore'] = {
      get: house.ports.rowStore.get,
      merge: async (shape, written) => {
        const outcomes = await house.ports.rowStore.merge(
          shape,
          written.filter(({ key }) => key !== 1),
        );
        return written.map(({ key }) => (key === 1 ? 'too_large' : outcomes[0]!));
      },
    };
    expect(await house.write(await house.take(), { segmentFiles, rowStore: full })).toEqual({ failed: [] });
    expect(await receiptOf(id)).toMatchObject({ state: 'visible', written: 1, superseded: 0, quarantined: 1 });
    expect(await quarantineOf(sink.id)).toMatchObject([{ position: 0, reason: 'row_too_large' }]);
    await expectSegmentsSay(table, rows);
  });

  it('counts among the quarantined where its whole table is gone', async () => {
    const { sink } = await house.newSink(columns);
    const id = await accept(sink.id, { id: 1, n: 1 }, { id: 'x' }, { id: 2, n: 2 });
    await house.write(await house.take(), { catalog: { ...house.ports.catalog, findTable: async () => undefined } });
    expect(await receiptOf(id)).toMatchObject({ state: 'failed', accepted: 2, written: 0, quarantined: 2 });
  });
});
