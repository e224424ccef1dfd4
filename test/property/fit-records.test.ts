import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitRecords } from '../../lambdas/domain/merge/fit-records.ts';
import { growsTooLarge, rowBytes } from '../../lambdas/domain/merge/row-bytes.ts';
import { mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import { newTable } from '../conformance/row-store-tables.ts';
import { operationState } from '../support/row-history.ts';
import { bytesMax, stateOf, types, write } from './limited-rows.ts';

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
