import { expect, it } from '@jest/globals';
import { decodeSetCell, encodeSetCell } from '../../lambdas/domain/merge/stored-cells.ts';
import { memberKey } from '../../lambdas/domain/merge.ts';
import type { MemberOp, SetCell } from '../../lambdas/domain/row.ts';

const added = (member: MemberOp['member'], stamp = '1'): MemberOp => ({ member, stamp, present: true });

function cell(ops: readonly MemberOp[], cleared = '', touched = '1'): SetCell {
  return { cleared, touched, members: new Map(ops.map((op) => [memberKey(op.member, op.bucket), op])) };
}

// Files on disk hold these texts: a change of the format needs a way to read the old one.
it.each<[name: string, SetCell, text: string]>([
  ['null', cell([], '1', ''), '["1",""]'],
  ['an empty set', cell([]), '["","1"]'],
  ['members of one write', cell([added('a'), added('b')]), '["","1","1","",1,2,"a","b"]'],
  ['members of two writes', cell([added(1), added(2, '2')], '0'), '["0","1","1","",1,1,1,"2","",1,1,2]'],
  ['a removed member', cell([{ member: 'a', stamp: '2', present: false }]), '["","1","2","",0,1,"a"]'],
  [
    'a member and its bucket',
    cell([added(7), { ...added(7), bucket: '2022-08' }]),
    '["","1","1","",1,1,7,"1","2022-08",1,1,7]',
  ],
  ['a member that JSON would round', cell([added(2n ** 63n - 1n)]), '["","1","1","",1,1,["9223372036854775807"]]'],
  ['digits as text', cell([added('7'), added('\0')]), '["","1","1","",1,2,"7","\\u0000"]'],
])('stores %s', (_, state, text) => {
  expect(encodeSetCell(state)).toBe(text);
  expect(decodeSetCell(text)).toEqual(state);
});
