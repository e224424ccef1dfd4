import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coalesce, mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { MergeOutcome, RowStore } from '../../lambdas/ports/row-store.ts';
import { newTable } from '../conformance/row-store-tables.ts';
import { answerLost, broken, type Fate, openFaultyRows, silent, throttled } from '../support/faulty-rows.ts';
import type { DynamoCall } from '../support/memory-dynamo.ts';
import { operationState } from '../support/row-history.ts';
import { operations, sampleColumns } from './row-arbitraries.ts';

/** The first statement of a batch fails undone, though the others do not. */
const firstFails: Fate = (call) => {
  if (call.operation !== 'BatchExecuteStatement' || call.input.Statements.length === 1) return throttled(call);
  call.input.Statements.shift();
  const failed = { Error: { Code: 'ThrottlingError', Message: 'planted' } };
  return { Responses: [failed, ...call.apply().Responses] };
};

const asUsual: Fate = ({ apply }) => apply();
const fates: readonly Fate[] = [throttled, broken, silent, answerLost, firstFails, asUsual, asUsual, asUsual];

const batches = fc.array(
  fc.array(fc.tuple(operations, fc.integer({ min: 1, max: 9 }), fc.nat(3)), { minLength: 1, maxLength: 6 }),
  { minLength: 1, maxLength: 6 },
);
/** What befalls each request in turn. */
const luck = fc.infiniteStream(fc.noBias(fc.constantFrom(...fates)));

function rowsOf(
  table: TableShape,
  batch: readonly (readonly [Parameters<typeof operationState>[0], number, RowKey])[],
) {
  return coalesce(batch.map(([operation, stamp, key]) => operationState(operation, `${stamp}`, table.columns, key)));
}

/** Merges until it works, as a queue delivers a batch again. */
async function mergeAtLast(store: RowStore, table: TableShape, rows: readonly RowState[]) {
  for (let delivery = 1; ; delivery++) {
    try {
      return { outcomes: await store.merge(table, rows), delivery };
    } catch (error) {
      if (delivery === 20) throw error;
    }
  }
}

async function expectModel(store: RowStore, table: TableShape, rows: Iterable<RowState>): Promise<void> {
  const model = new Map([...Map.groupBy(rows, ({ key }) => key)].map(([key, all]) => [key, all.reduce(mergeRows)]));
  const states = await Array.fromAsync(store.scan(table));
  expect(states.map(({ key }) => Number(key)).toSorted()).toEqual([...model.keys()].map(Number).toSorted());
  for (const state of states) expect(sameState(state, model.get(state.key)!)).toBe(true);
}

describe('merging into DynamoDB through random faults', () => {
  it('loses nothing, writes nothing twice and says what changed', async () => {
    const property = fc.asyncProperty(batches, luck, async (all, fate) => {
      const rows = openFaultyRows({ ...newTable([]), columns: sampleColumns });
      const store = rows.storeWith((call: DynamoCall) => fate.next().value!(call));
      const model = new Map<RowKey, RowState>();
      for (const batch of all) {
        const written = rowsOf(rows.table, batch);
        const before = new Map(
          written.map(({ key }) => [key, model.has(Number(key)) ? rows.revisionOf(Number(key)) : 0]),
        );
        const { outcomes, delivery } = await mergeAtLast(store, rows.table, written);
        const wanted = written.map((row) => mergeInto(model, row));
        if (delivery === 1) expect(outcomes).toEqual(wanted);
        const grown = written.map(({ key }) => rows.revisionOf(Number(key)) - before.get(key)!);
        expect(grown).toEqual(wanted.map((outcome) => (outcome === 'changed' ? 1 : 0)));
      }
      await expectModel(rows.storeWith(), rows.table, model.values());
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('comes to one state, whoever of several writers is first at each row', async () => {
    const property = fc.asyncProperty(
      fc.array(batches, { minLength: 2, maxLength: 3 }),
      luck,
      fc.scheduler(),
      async (writers, fate, scheduler) => {
        const rows = openFaultyRows({ ...newTable([]), columns: sampleColumns });
        const writing = writers.map(async (all) => {
          const store = rows.storeWith(async (call: DynamoCall) => {
            await scheduler.schedule(Promise.resolve());
            return fate.next().value!(call);
          });
          for (const batch of all) await mergeAtLast(store, rows.table, rowsOf(rows.table, batch));
        });
        await scheduler.waitFor(Promise.all(writing));
        const written = writers.flat().flatMap((batch) => rowsOf(rows.table, batch));
        await expectModel(rows.storeWith(), rows.table, written);
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });
});

/** Joins a state into the model. */
function mergeInto(model: Map<RowKey, RowState>, state: RowState): MergeOutcome {
  const before = model.get(state.key);
  const after = before ? mergeRows(before, state) : state;
  model.set(state.key, after);
  return before === undefined || !sameState(before, after) ? 'changed' : 'unchanged';
}
