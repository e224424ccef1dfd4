import fc from 'fast-check';
import { sameState, visibleRow } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import { applyInOrder, operationState } from '../support/row-history.ts';
import { operations, sampleColumns, times } from './row-arbitraries.ts';

export type MergeRows = (a: RowState, b: RowState) => RowState;

/** What a merge rule must obey, as properties of the function that is handed in. Each throws when it does not hold. */
export const mergeLaws: Readonly<Record<string, (merge: MergeRows, numRuns: number) => void>> = {
  'is commutative': (merge, numRuns) => {
    check(numRuns, merged(merge), merged(merge), (a, b) => sameState(merge(a, b), merge(b, a)));
  },
  'is associative': (merge, numRuns) => {
    const property = fc.property(merged(merge), merged(merge), merged(merge), (a, b, c) =>
      sameState(merge(merge(a, b), c), merge(a, merge(b, c))),
    );
    fc.assert(property, { numRuns, seed });
  },
  'is idempotent': (merge, numRuns) => {
    check(numRuns, merged(merge), merged(merge), (a, b) => {
      const both = merge(a, b);
      return sameState(merge(both, both), both) && sameState(merge(both, a), both) && sameState(merge(b, both), both);
    });
  },
  'shows what a naive row holds, in any order and with any repeats': (merge, numRuns) => {
    const history = fc.array(fc.tuple(operations, times), { minLength: 1, maxLength: 6 }).chain((writes) => {
      const places = writes.map((_, i) => i);
      const order = fc.shuffledSubarray(places, { minLength: places.length });
      return fc.record({ writes: fc.constant(writes), order, repeats: fc.shuffledSubarray(places) });
    });
    const property = fc.property(history, ({ writes, order, repeats }) => {
      const states = writes.map(([operation, timeMs], i) =>
        operationState(operation, `stamp ${i}`, sampleColumns, 1, timeMs),
      );
      const state = [...order, ...repeats].map((i) => states[i]!).reduce(merge);
      const wanted = applyInOrder(
        writes.map(([operation]) => operation),
        sampleColumns,
      );
      return JSON.stringify(readable(visibleRow(state, sampleColumns)?.values)) === JSON.stringify(readable(wanted));
    });
    fc.assert(property, { numRuns, seed });
  },
};

/** Fixed, so that a planted bug is found in every run or in none. */
const seed = 20_260_803;

function check(
  numRuns: number,
  a: fc.Arbitrary<RowState>,
  b: fc.Arbitrary<RowState>,
  holds: (a: RowState, b: RowState) => boolean,
): void {
  fc.assert(fc.property(a, b, holds), { numRuns, seed });
}

/** States that one to four writes made, with few stamps, so that equal ones meet. */
function merged(merge: MergeRows): fc.Arbitrary<RowState> {
  const write = fc
    .tuple(operations, fc.constantFrom('1', '2', '3', '4'), times)
    .map(([operation, stamp, timeMs]) => operationState(operation, stamp, sampleColumns, 1, timeMs));
  return fc.array(write, { minLength: 1, maxLength: 4 }).map((writes) => writes.reduce(merge));
}

function readable(values: unknown): unknown {
  return JSON.parse(JSON.stringify(values ?? null, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)));
}
