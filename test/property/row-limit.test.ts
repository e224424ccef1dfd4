import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { growsTooLarge } from '../../lambdas/domain/merge/row-bytes.ts';
import { coalesce, mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { MergeOutcome, RowStore } from '../../lambdas/ports/row-store.ts';
import { active, newTable } from '../conformance/row-store-tables.ts';
import { openFaultyRows } from '../support/faulty-rows.ts';
import { bytesMax, stateOf, types, write } from './limited-rows.ts';

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
