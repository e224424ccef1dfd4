import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { fitRecords } from '../../lambdas/domain/merge/fit-records.ts';
import { growsTooLarge, rowBytes } from '../../lambdas/domain/merge/row-bytes.ts';
import { coalesce, mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { MergeOutcome, RowStore } from '../../lambdas/ports/row-store.ts';
import { active, newTable } from '../conformance/row-store-tables.ts';
import { openFaultyRows } from '../support/faulty-rows.ts';
import { type Operation, operationState } from '../support/row-history.ts';

/** So low that usual writes meet it; so high that rows hold several. */
const bytesMax = 1_500;

const types: TableShape['columns'][number]['type'][] = [
  { type: 'string' },
  { type: 'int' },
  { type: 'stringset' },
  { type: 'string' },
  { type: 'idset' },
  { type: 'stringsetq', quantum: 'YMD' },
];

const texts = fc.integer({ min: 0, max: 900 }).map((length) => 'é'.repeat(length / 3) + 'x'.repeat(length / 3));
const numbers = fc.integer({ min: 0, max: 1e9 });
const members = <T>(member: fc.Arbitrary<T>) => fc.uniqueArray(member, { maxLength: 30 });
const values = fc.record(
  {
    n1: fc.option(texts),
    n2: fc.option(numbers),
    n3: fc.option(members(fc.string({ maxLength: 20 }))),
    n4: fc.option(texts),
    n5: fc.option(members(numbers)),
    n6: fc.option(members(fc.string({ maxLength: 9 }))),
  },
  { requiredKeys: [] },
);
const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: values }) },
  { weight: 2, arbitrary: fc.record({ update: values }) },
  { weight: 1, arbitrary: fc.constant({ delete: true as const }) },
);
const write = fc.tuple(operations, fc.nat(99), fc.nat(2), fc.option(fc.constant(Date.UTC(2022, 0, 1))));

function stateOf(
  { columns }: TableShape,
  [operation, n, key, timeMs]: typeof write extends fc.Arbitrary<infer T> ? T : never,
) {
  return operationState(operation, `01hq8zk3aab0000${String(n).padStart(2, '0')}`, columns, key, timeMs ?? undefined);
}

/** The limit by the pure rule. */
function mergeInto(model: Map<RowKey, RowState>, { columns }: TableShape, row: RowState): MergeOutcome {
  const stored = model.get(row.key);
  const merged = stored ? mergeRows(stored, row) : row;
  if (stored && sameState(stored, merged)) return 'unchanged';
  if (growsTooLarge(stored, merged, columns, bytesMax)) return 'too_large';
  model.set(row.key, merged);
  return 'changed';
}

describe('row stores hold rows to one limit', () => {
  let directory: string;
  let sqlite: ReturnType<typeof makeSqliteRowStore>;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'headgate-limit-'));
    sqlite = makeSqliteRowStore(directory, bytesMax);
  });
  afterAll(() => {
    sqlite.close();
    rmSync(directory, { recursive: true });
  });

  it.each<[string, (table: TableShape) => RowStore]>([
    ['SQLite', () => sqlite],
    ['DynamoDB', (table) => openFaultyRows(table).storeWith(undefined, { rowBytesMax: bytesMax })],
  ])('%s answers each merge as the pure rule does, and has the same rows', async (_, storeOf) => {
    const seen = new Map<MergeOutcome, number>();
    const batches = fc.array(fc.array(write, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(batches, fc.subarray([...newTable(types).columns]), async (all, columns) => {
      const table: TableShape = { ...newTable([]), columns };
      const store = storeOf(table);
      if (store === sqlite) await active(store, table);
      const model = new Map<RowKey, RowState>();
      for (const batch of all) {
        const rows = coalesce(batch.map((one) => stateOf(table, one)));
        const outcomes = await store.merge(table, rows);
        expect(outcomes).toEqual(rows.map((row) => mergeInto(model, table, row)));
        for (const outcome of outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }
      const states = await store.get(table, [0, 1, 2]);
      for (const key of [0, 1, 2]) {
        const [state, wanted] = [states[key], model.get(key)];
        expect(state && wanted ? sameState(state, wanted) : state === wanted).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: 200 });
    expect(seen.get('too_large')).toBeGreaterThan(5);
    expect(seen.get('changed')).toBeGreaterThan(50);
  });
});

describe('records that do not fit into their row together', () => {
  const table = newTable(types);
  const records = fc.array(write, { minLength: 1, maxLength: 14 }).map((writes) =>
    writes
      .map(([operation, n, , timeMs]) => stateOf(table, [operation, n, 0, timeMs]))
      .filter(({ exists, tombstone }) => exists !== tombstone)
      .toSorted((a, b) => ((a.exists || a.tombstone) < (b.exists || b.tombstone) ? -1 : 1)),
  );
  /** A row that a store may have. */
  const states = fc.option(
    records.map((all) => fitRecords(undefined, all, table.columns, bytesMax).kept),
    { nil: undefined },
  );
  const join = (state: RowState | undefined, row: RowState | undefined) =>
    state && row ? mergeRows(state, row) : (state ?? row);

  it('are kept whole or refused, and the row is within its limit', () => {
    const property = fc.property(states, records, (stored, all) => {
      const { kept, refused } = fitRecords(stored, all, table.columns, bytesMax);
      const wanted = all.filter((record) => !refused.has(record)).reduce<RowState | undefined>(join, undefined);
      expect(kept && wanted ? sameState(kept, wanted) : kept === wanted).toBe(true);
      const state = join(stored, kept);
      expect(state ? rowBytes(state, table.columns) : 0).toBeLessThanOrEqual(bytesMax);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('are refused only where the row that the others made has no room for them', () => {
    const property = fc.property(states, records, (stored, all) => {
      const { kept, refused } = fitRecords(stored, all, table.columns, bytesMax);
      const state = join(stored, kept);
      for (const record of refused) {
        expect(growsTooLarge(state, join(state, record)!, table.columns, bytesMax)).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('fare the same when they are delivered again', () => {
    const property = fc.property(states, records, (stored, all) => {
      const first = fitRecords(stored, all, table.columns, bytesMax);
      const state = join(stored, first.kept);
      const again = fitRecords(state, all, table.columns, bytesMax);
      expect([...again.refused]).toEqual([...first.refused]);
      const after = join(state, again.kept);
      expect(after && state ? sameState(after, state) : after === state).toBe(true);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('are found among thousands in a bounded number of joins: one bad record costs the others nothing', () => {
    const all = Array.from({ length: 5_000 }, (_, i) => {
      const put = i === 3_210 ? { n1: 'x'.repeat(2_000) } : { n2: i };
      return operationState({ put }, `01hq8zk3aa${String(i).padStart(7, '0')}`, table.columns, 0);
    });
    const { kept, refused } = fitRecords(undefined, all, table.columns, bytesMax);
    expect([...refused]).toEqual([all[3_210]]);
    expect(kept?.exists).toBe(all.at(-1)!.exists);
  });

  it('are refused in a bounded number of joins where none fits', () => {
    const full = operationState({ put: { n1: 'x'.repeat(1_320) } }, '01hq8zk3aa0000000', table.columns, 0);
    const all = Array.from({ length: 5_000 }, (_, i) =>
      operationState({ put: { n3: [`tag ${i}`] } }, `01hq8zk3ab${String(i).padStart(7, '0')}`, table.columns, 0),
    );
    const { kept, refused } = fitRecords(full, all, table.columns, bytesMax);
    expect(kept).toBeUndefined();
    expect(refused.size).toBe(all.length);
  });
});
