import { expect, it } from '@jest/globals';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { alreadySays } from '../../lambdas/domain/merge/already-says.ts';
import { mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import { type Operation, operationState } from '../support/row-history.ts';

const columns: readonly Column[] = [
  { id: 'c1' as ColumnId, name: 'n', type: { type: 'int' } },
  { id: 'c2' as ColumnId, name: 'tags', type: { type: 'stringset' } },
];
type Write = readonly [stamp: string, operation: Operation];
const stateOf = (writes: readonly Write[]) =>
  writes.map(([stamp, operation]) => operationState(operation, stamp, columns)).reduce(mergeRows);

it.each<[what: string, written: readonly Write[], write: Write, says: boolean]>([
  ['the same write again', [['1', { put: { n: 1, tags: ['a'] } }]], ['1', { put: { n: 1, tags: ['a'] } }], true],
  ['an older value', [['2', { put: { n: 1 } }]], ['1', { put: { n: 2 } }], true],
  ['a newer value', [['1', { put: { n: 1 } }]], ['2', { update: { n: 1 } }], false],
  ['a column that it has no cell for', [['2', { put: { n: 1 } }]], ['1', { update: { tags: ['a'] } }], false],
  ['that the row is there, later', [['1', { put: { n: 1 } }]], ['2', { put: {} }], false],
  ['that the row is there, earlier', [['2', { put: { n: 1 } }]], ['1', { put: {} }], true],
  ['a row made before its delete', [['2', { delete: true }]], ['1', { put: { n: 1, tags: ['a'] } }], true],
  ['a row made after its delete', [['1', { delete: true }]], ['2', { put: {} }], false],
  ['a newer delete', [['2', { put: { n: 1 } }]], ['3', { delete: true }], false],
  ['an older delete', [['2', { delete: true }]], ['1', { delete: true }], true],
  ['a delete of what is newer', [['2', { put: { n: 1 } }]], ['1', { delete: true }], false],
  ['an older add of a member', [['2', { put: { tags: ['a'] } }]], ['1', { update: { tags: ['a'] } }], true],
  ['a newer add of a member', [['1', { put: { tags: ['a'] } }]], ['2', { update: { tags: ['a'] } }], false],
  ['another member', [['2', { put: { tags: ['a'] } }]], ['1', { update: { tags: ['b'] } }], false],
  ['a newer remove', [['1', { put: { tags: ['a'] } }]], ['2', { remove: { tags: 'a' } }], false],
  ['a clear that is newer', [['1', { put: { tags: ['a'] } }]], ['2', { update: { tags: null } }], false],
  ['members from before a clear', [['2', { put: { tags: null } }]], ['1', { update: { tags: ['a'] } }], true],
  ['an empty set, later', [['1', { put: { tags: ['a'] } }]], ['2', { update: { tags: [] } }], false],
  ['an empty set, earlier', [['2', { put: { tags: ['a'] } }]], ['1', { update: { tags: [] } }], true],
  ['an empty set from before a clear', [['2', { put: { tags: null } }]], ['1', { update: { tags: [] } }], true],
])('a state says %s: %#', (_, written, write, says) => {
  const state = stateOf(written);
  const joined = mergeRows(state, stateOf([write]));
  expect(alreadySays(state, stateOf([write]))).toBe(says);
  expect(sameState(state, joined)).toBe(says);
});
