import { describe, expect, it } from '@jest/globals';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { rowBytesMax } from '../../lambdas/domain/limits.ts';
import { growsTooLarge, rowBytes } from '../../lambdas/domain/merge/row-bytes.ts';
import { mergeRows } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import { type Operation, operationState } from '../support/row-history.ts';

const columns: readonly Column[] = [
  { id: 'c1' as ColumnId, name: 'n', type: { type: 'int' } },
  { id: 'c2' as ColumnId, name: 'text', type: { type: 'string' } },
  { id: 'c3' as ColumnId, name: 'at', type: { type: 'timestamp', unit: 's' } },
  { id: 'c4' as ColumnId, name: 'ok', type: { type: 'bool' } },
  { id: 'c5' as ColumnId, name: 'tags', type: { type: 'stringset' } },
  { id: 'c6' as ColumnId, name: 'ids', type: { type: 'idset' } },
  { id: 'c7' as ColumnId, name: 'seen', type: { type: 'stringsetq', quantum: 'YMD' } },
];
/** Of 17 characters, as those of acceptance are. */
const stampOf = (n: number) => `01hq8zk3aab0000${String(n).padStart(2, '0')}`;

function rowOf(operations: readonly Operation[], key: RowKey = 1): RowState {
  const states = operations.map((operation, i) =>
    operationState(operation, stampOf(i), columns, key, Date.UTC(2026, 0)),
  );
  return states.reduce(mergeRows);
}

/**
 * A row's size decides whether a record is taken, in every store and after every release: what a release reckons larger,
 * it may refuse. So these change only where that is meant.
 */
describe('the size of a row', () => {
  it.each<[what: string, bytes: number, operations: readonly Operation[], key?: RowKey]>([
    ['that has nothing', 140, [{ put: {} }]],
    ['of a larger number key', 140, [{ put: {} }], 9_223_372_036_854_775_807n],
    ['of a text key, in bytes', 143, [{ put: {} }], 'né'],
    ['that is deleted', 140, [{ delete: true }]],
    ['of null', 156, [{ put: { n: null } }]],
    ['of one digit', 161, [{ put: { n: 7 } }]],
    ['of two digits', 161, [{ put: { n: 77 } }]],
    ['of three digits', 162, [{ put: { n: 777 } }]],
    ['below zero', 163, [{ put: { n: -77 } }]],
    ['of 19 digits', 170, [{ put: { n: 9_223_372_036_854_775_807n } }]],
    ['of text, in bytes', 165, [{ put: { text: 'né' } }]],
    ['of a time', 190, [{ put: { at: 1 } }]],
    ['of true', 161, [{ put: { ok: true } }]],
    ['of two values of one write', 169, [{ put: { n: 7, ok: true } }]],
    ['of two values of two writes', 200, [{ put: { n: 7 } }, { update: { ok: true } }]],
    ['whose value is written again', 161, [{ put: { n: 7 } }, { put: { n: 7 } }]],
    ['of an empty set', 198, [{ put: { tags: [] } }]],
    ['of a cleared set', 218, [{ put: { tags: null } }]],
    ['of one member', 202, [{ put: { tags: ['né'] } }]],
    ['of two members', 204, [{ put: { tags: ['né', 'b'] } }]],
    ['of members of two writes', 230, [{ put: { tags: ['né'] } }, { update: { tags: ['b'] } }]],
    ['of a member that was removed', 239, [{ put: { tags: ['né', 'b'] } }, { remove: { tags: 'b' } }]],
    ['of a member removed and none there', 237, [{ remove: { tags: 'né' } }]],
    ['of a number removed', 233, [{ remove: { ids: 77 } }]],
    ['of a number of 19 digits removed', 254, [{ remove: { ids: 9_223_372_036_854_775_807n } }]],
    ['of ids', 212, [{ put: { ids: [7, 9_223_372_036_854_775_807n] } }]],
    ['of a member and its day', 231, [{ put: { seen: ['né'] } }]],
    ['of two members and their day', 237, [{ put: { seen: ['né', 'b'] } }]],
  ])('%s', (_, bytes, operations, ...key) => {
    expect(rowBytes(rowOf(operations, ...key), columns)).toBe(bytes);
  });
});

describe('a row grows too large', () => {
  const held = rowOf([{ put: { text: 'x'.repeat(100) } }]);
  const bytes = rowBytes(held, columns);
  const smaller = rowOf([{ put: { text: 'x' } }]);
  const larger = rowOf([{ put: { text: 'x'.repeat(101) } }]);

  it.each<[what: string, stored: RowState | undefined, merged: RowState, limit: number, tooLarge: boolean]>([
    ['not at the limit', undefined, held, bytes, false],
    ['above it', undefined, held, bytes - 1, true],
    ['above it, from below', smaller, held, bytes - 1, true],
    ['not where it was as large before', held, held, bytes - 1, false],
    ['not where it shrinks', larger, held, bytes - 1, false],
  ])('%s', (_, stored, merged, limit, tooLarge) => {
    expect(growsTooLarge(stored, merged, columns, limit)).toBe(tooLarge);
  });

  it('above 380 KB, where nothing else is said', () => {
    const full = rowOf([{ put: { text: 'x'.repeat(rowBytesMax - bytes + 100) } }]);
    const over = rowOf([{ put: { text: 'x'.repeat(rowBytesMax - bytes + 101) } }]);
    expect(growsTooLarge(undefined, full, columns)).toBe(false);
    expect(growsTooLarge(undefined, over, columns)).toBe(true);
  });
});
