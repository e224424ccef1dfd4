import { expect, it } from '@jest/globals';
import { stampsOf } from '../../lambdas/domain/merge/stamps-of.ts';
import { memberKey } from '../../lambdas/domain/merge.ts';
import type { RowState, SetCell } from '../../lambdas/domain/row.ts';

const nothing: RowState = { key: 1, exists: '', tombstone: '', cells: [] };
const member = (name: string, stamp: string) => [memberKey(name), { member: name, stamp, present: true }] as const;
const setOf = (cleared: string, touched: string, ...members: ReturnType<typeof member>[]): SetCell => ({
  cleared,
  touched,
  members: new Map(members),
});

it.each<[what: string, state: Partial<RowState>, stamps: readonly string[]]>([
  ['nothing', {}, []],
  ['a row', { exists: '1' }, ['1']],
  ['a deleted row', { tombstone: '2' }, ['2']],
  ['a row made again', { exists: '3', tombstone: '2' }, ['3', '2']],
  ['values, with a gap', { cells: [{ stamp: '1', value: 7 }, undefined, { stamp: '1', value: null }] }, ['1', '1']],
  ['a set that was touched only', { cells: [setOf('', '4')] }, ['4']],
  ['a set that was cleared only', { cells: [setOf('5', '')] }, ['5']],
  ['members', { cells: [setOf('5', '6', member('a', '7'), member('b', '8'))] }, ['5', '6', '7', '8']],
])('the stamps of %s', (_, state, stamps) => {
  expect([...stampsOf({ ...nothing, ...state })]).toEqual(stamps);
});
