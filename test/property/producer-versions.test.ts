import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeRows, sameState, visibleRow } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import { shapeOf } from '../../lambdas/domain/table.ts';
import { openPipeline } from '../support/open-pipeline.ts';
import { producerStamp, sampleVersions } from '../support/producer-stamps.ts';
import { applyInOrder, type Operation, operationState } from '../support/row-history.ts';
import { operations, sampleColumns, times } from './row-arbitraries.ts';

/** A number of few, so that versions tie. */
const versions = fc.constantFrom(...sampleVersions);

/** The oracle's order: by the producer's version, then by acceptance. */
function byVersion<T extends { readonly version: number | bigint }>(accepted: readonly T[]): readonly T[] {
  // Sorting is stable, and `accepted` stands in the order of acceptance.
  return accepted.toSorted((a, b) => (a.version < b.version ? -1 : a.version > b.version ? 1 : 0));
}

it('rows of producers with a clock are what the highest versions say, in any order of arrival', () => {
  const writes = fc.array(fc.record({ operation: operations, version: versions, timeMs: times }), {
    minLength: 1,
    maxLength: 7,
  });
  const history = writes.chain((accepted) => {
    const places = accepted.map((_, i) => i);
    const order = fc.shuffledSubarray(places, { minLength: places.length });
    return fc.record({ accepted: fc.constant(accepted), order, repeats: fc.shuffledSubarray(places) });
  });
  const property = fc.property(history, ({ accepted, order, repeats }) => {
    const states = accepted.map(({ operation, version, timeMs }, i) =>
      operationState(operation, producerStamp(version, i), sampleColumns, 1, timeMs),
    );
    const state = [...order, ...repeats].map((i) => states[i]!).reduce(mergeRows);
    const wanted = applyInOrder(
      byVersion(accepted).map(({ operation }) => operation),
      sampleColumns,
    );
    expect(visibleRow(state, sampleColumns)?.values).toEqual(wanted);
  });
  fc.assert(property, { numRuns: 500 });
});

let house: ReturnType<typeof openPipeline>;
beforeAll(() => {
  house = openPipeline();
});
afterAll(() => house.close());

const values = fc.record(
  {
    n: fc.option(fc.constantFrom(1, 2, 3)),
    tags: fc.option(fc.subarray(['a', 'b', 'c'])),
  },
  { requiredKeys: [] },
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: values }) },
  { weight: 1, arbitrary: fc.constant({ delete: true as const }) },
);
const record = fc.record({ id: fc.constantFrom(1, 2), version: versions, operation });
const requests = fc.array(fc.array(record, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
/** How the messages are delivered: some flushes, each of some messages; what is left comes last. */
const flushes = fc.array(fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }), { maxLength: 3 });

/** JSON with all digits of a version, as a producer in any language would send it. */
function recordText({ id, version, operation }: typeof record extends fc.Arbitrary<infer T> ? T : never): string {
  const isDelete = 'delete' in operation;
  const sent = JSON.stringify({ id, ...('put' in operation ? operation.put : {}) });
  return `{"op":"${isDelete ? 'delete' : 'put'}","value":${sent.slice(0, -1)},"v":${version}}}`;
}

it('versions decide from the body to the row store and the segments, however batches are delivered', async () => {
  const property = fc.asyncProperty(requests, flushes, async (sent, order) => {
    const { table, sink } = await house.newSink({ n: { type: 'int' }, tags: { type: 'stringset' } }, true, 'v');
    for (const records of sent) {
      const body = `{"records":[${records.map(recordText).join()}]}`;
      const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body });
      expect(receipt).toMatchObject({ accepted: records.length, rejected: 0 });
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
    const { columns } = table;
    for (const [id, accepted] of Map.groupBy(sent.flat(), (one) => one.id)) {
      const wanted = applyInOrder(
        byVersion(accepted).map((one) => one.operation),
        columns,
      );
      expect((await house.row(table, id))?.values).toEqual(wanted);
    }
    const stored = await Array.fromAsync(house.ports.rowStore.scan(shapeOf(table)));
    expect(stored.filter((state) => !sameState(state, segments.get(state.key)!))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 30 });
}, 120_000);
