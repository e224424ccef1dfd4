import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeSetCell, encodeSetCell } from '../../lambdas/domain/merge/stored-cells.ts';
import { coalesce, isSetCell, mergeRows, sameCell, sameState } from '../../lambdas/domain/merge.ts';
import type { Cell, RowState, SetCell } from '../../lambdas/domain/row.ts';
import { operationState } from '../support/row-history.ts';
import { type MergeRows, mergeLaws } from './merge-laws.ts';
import { operations, sampleColumns, times } from './row-arbitraries.ts';

const laws = Object.entries(mergeLaws);

describe('merging rows', () => {
  it.each(laws)('%s', (_, law) => {
    law(mergeRows, 300);
  });

  it('coalesces a batch to what its rows give one by one', () => {
    const write = fc
      .tuple(operations, fc.nat(20), fc.nat(2))
      .map(([operation, stamp, key]) => operationState(operation, `stamp ${stamp}`, sampleColumns, key));
    const property = fc.property(fc.array(write), (rows) => {
      const wanted = [...Map.groupBy(rows, ({ key }) => key).values()].map((group) => group.reduce(mergeRows));
      const coalesced = coalesce(rows);
      expect(coalesced).toHaveLength(wanted.length);
      coalesced.forEach((row, i) => {
        expect(sameState(row, wanted[i]!)).toBe(true);
      });
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('a set cell as text', () => {
  it('comes back as it was', () => {
    const write = fc
      .tuple(operations, fc.constantFrom('1', '2', '3'), times)
      .map(([operation, stamp, timeMs]) => operationState(operation, stamp, sampleColumns, 1, timeMs));
    const property = fc.property(fc.array(write, { minLength: 1, maxLength: 5 }), (writes) => {
      for (const cell of writes.reduce(mergeRows).cells) {
        if (cell !== undefined && isSetCell(cell)) {
          expect(sameCell(decodeSetCell(encodeSetCell(cell)), cell)).toBe(true);
        }
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});

/** The right rule with one thing wrong in each: what the laws above are there to find. */
const plantedBugs: Readonly<Record<string, MergeRows>> = {
  'a tombstone is dropped': (a, b) => ({ ...mergeRows(a, b), tombstone: a.tombstone }),
  'tombstones are forgotten once applied': (a, b) => ({ ...mergeRows(a, b), tombstone: '' }),
  'the last to arrive wins': cellByCell((a, b) => b ?? a),
  'on equal stamps the first to arrive wins': cellByCell((a, b, merged) =>
    a && b && !isSetCell(a) && !isSetCell(b) && a.stamp === b.stamp ? a : merged,
  ),
  'a missing value clears': cellByCell((_, b, merged) => (b ? merged : undefined)),
  'null leaves the value': cellByCell((a, b, merged) => (b && !isSetCell(b) && b.value === null ? (a ?? b) : merged)),
  'a clear is lost': setBySet((a, _, merged) => ({ ...merged, cleared: a.cleared })),
  'an empty list is lost': setBySet((a, _, merged) => ({ ...merged, touched: a.touched })),
  'members are replaced': setBySet((a, b, merged) => ({
    ...merged,
    members: b.touched > a.touched ? b.members : a.members,
  })),
  'a remove is forgotten': setBySet((_, __, merged) => ({
    ...merged,
    members: new Map([...merged.members].filter(([, { present }]) => present)),
  })),
  'a clear forgets what is newer': setBySet((_, __, merged) =>
    merged.cleared === '' ? merged : { ...merged, members: new Map() },
  ),
};

describe('the laws find a planted bug:', () => {
  it.each(Object.entries(plantedBugs))('%s', (_, merge) => {
    const broken = laws.filter(([, law]) => {
      try {
        law(merge, 300);
        return false;
      } catch {
        return true;
      }
    });
    expect(broken).not.toEqual([]);
  });
});

function cellByCell(
  join: (a: Cell | undefined, b: Cell | undefined, merged: Cell | undefined) => Cell | undefined,
): MergeRows {
  return (a, b): RowState => {
    const merged = mergeRows(a, b);
    return { ...merged, cells: merged.cells.map((cell, i) => join(a.cells[i], b.cells[i], cell)) };
  };
}

function setBySet(join: (a: SetCell, b: SetCell, merged: SetCell) => SetCell): MergeRows {
  return cellByCell((a, b, merged) =>
    a && b && merged && isSetCell(a) && isSetCell(b) && isSetCell(merged) ? join(a, b, merged) : merged,
  );
}
