import fc from 'fast-check';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import type { MappedValue } from '../../lambdas/domain/outcome.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import { codePoint } from '../support/code-point.ts';
import type { Operation } from '../support/row-history.ts';

/** One column of each kind of cell; values are few, so that writes meet often. */
export const sampleColumns: readonly Column[] = [
  { id: 'c1' as ColumnId, name: 'n', type: { type: 'int' } },
  { id: 'c2' as ColumnId, name: 'text', type: { type: 'string' } },
  { id: 'c3' as ColumnId, name: 'ids', type: { type: 'idset' } },
  { id: 'c4' as ColumnId, name: 'flag', type: { type: 'bool' } },
  { id: 'c5' as ColumnId, name: 'tags', type: { type: 'stringsetq', quantum: 'YMD' } },
  { id: 'c6' as ColumnId, name: 'price', type: { type: 'decimal', scale: 2 } },
];

const integers = fc.constantFrom(
  0,
  -1,
  7,
  9_007_199_254_740_991,
  9_007_199_254_740_992n,
  -9_007_199_254_740_992n,
  9_223_372_036_854_775_807n,
  -9_223_372_036_854_775_808n,
);
const texts = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'a\0b', 'a\0c', '\u{1f600}', '\uffee', '"\\|\'', '5'),
  fc.string({ unit: codePoint, maxLength: 5 }),
);
const idMembers = fc.constantFrom(1, 2, 10, 9_223_372_036_854_775_807n);
const tagMembers = fc.constantFrom('a', 'b', '\0', '|', '\u{1f600}');

const values = fc.record(
  {
    n: cell(integers),
    text: cell(texts),
    ids: cell(fc.uniqueArray(idMembers, { maxLength: 3 })),
    flag: cell(fc.boolean()),
    tags: cell(fc.uniqueArray(tagMembers, { maxLength: 3 })),
    price: cell(integers),
  },
  { requiredKeys: [] },
);

function cell<T extends MappedValue>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { freq: 4 });
}

/** Any write to a row of the sample columns. */
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ put: values }) },
  { weight: 2, arbitrary: fc.record({ update: values }) },
  {
    weight: 2,
    arbitrary: fc.record({ remove: fc.oneof(fc.record({ ids: idMembers }), fc.record({ tags: tagMembers })) }),
  },
  { weight: 1, arbitrary: fc.constant({ delete: true as const }) },
);

/** Times of day 0 to 2, or none: what a record's time quantum says. */
export const times = fc.option(
  fc.integer({ min: 0, max: 2 }).map((day) => Date.UTC(2022, 0, 1 + day)),
  { nil: undefined },
);
