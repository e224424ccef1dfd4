import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import { shapeOf } from '../../lambdas/domain/table.ts';
import { openPipeline } from '../support/open-pipeline.ts';

let house: ReturnType<typeof openPipeline>;
beforeAll(() => {
  house = openPipeline();
});
afterAll(() => house.close());

const text = fc.option(fc.constantFrom(0, 3, 120_000, 200_000, 379_990).map((length) => 'x'.repeat(length)));
const value = fc.record(
  {
    id: fc.constantFrom<unknown>(1, 1, 1, 2, 'no id'),
    a: text,
    b: text,
    n: fc.constantFrom<unknown>(1, 2, 'no number'),
    tags: fc.option(fc.subarray(['a', 'b', 'c'])),
  },
  { requiredKeys: ['id'] },
);
const record = fc.oneof(
  { weight: 8, arbitrary: fc.record({ value }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('delete'), value: fc.record({ id: fc.constantFrom(1, 2) }) }) },
);
const requests = fc.array(fc.array(record, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
/** How the messages are delivered: some flushes, each of some messages; what is left comes last. */
const flushes = fc.array(fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), { maxLength: 3 });

it('counts every record once, and stores in segments what the row store says, also where rows get too large', async () => {
  let quarantined = 0;
  const property = fc.asyncProperty(requests, flushes, async (sent, order) => {
    const { table, sink } = await house.newSink({
      ...{ a: { type: 'string' }, b: { type: 'string' }, n: { type: 'int' }, tags: { type: 'stringset' } },
    });
    const ids = [];
    for (const records of sent) {
      const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: JSON.stringify({ records }) });
      ids.push(receipt.id);
    }
    const messages = await house.take();
    const segments = new Map<RowKey, RowState>();
    const segmentFiles: typeof house.ports.segmentFiles = {
      ...house.ports.segmentFiles,
      write: (shape, rows) => {
        for (const row of rows) segments.set(row.key, mergeRows(segments.get(row.key) ?? row, row));
        return house.ports.segmentFiles.write(shape, rows);
      },
    };
    for (const flush of [...order.map((places) => places.flatMap((place) => messages[place] ?? [])), messages]) {
      expect(await house.write(flush, { segmentFiles })).toEqual({ failed: [] });
    }
    const entries = await house.ports.catalog.listQuarantined(sink.id, { limit: 100 });
    for (const id of ids) {
      const receipt = (await house.ports.catalog.findReceipt(house.caller.tenantId, id))!;
      expect(receipt.received).toBe(receipt.accepted + receipt.rejected + receipt.dropped);
      if (receipt.state === 'rejected') continue;
      expect(receipt.state).toBe('visible');
      expect(receipt.accepted).toBe(receipt.written! + receipt.superseded! + receipt.quarantined!);
      const kept = entries.filter(({ receiptId, reason }) => receiptId === id && reason === 'row_too_large');
      expect(kept.length).toBeGreaterThanOrEqual(receipt.quarantined!);
      quarantined += receipt.quarantined!;
    }
    const stored = await Array.fromAsync(house.ports.rowStore.scan(shapeOf(table)));
    expect(stored.filter((state) => !sameState(state, segments.get(state.key)!))).toEqual([]);
    expect(segments.size).toBe(stored.length);
  });
  await fc.assert(property, { numRuns: 40 });
  expect(quarantined).toBeGreaterThan(5);
}, 120_000);
