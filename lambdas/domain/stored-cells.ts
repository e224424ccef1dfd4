import { type Integer, type Member, normalInteger } from './column-type.ts';
import { memberKey } from './merge.ts';
import type { MemberOp, SetCell } from './row.ts';
import type { Stamp } from './version.ts';

/** Members as stored: a whole number that JSON would round is a list of its digits as text. */
type StoredMember = number | string | readonly [string];
/** Operations of one stamp and one bucket (empty text: none). */
type StoredGroup = readonly [Stamp, bucket: string, added: readonly StoredMember[], removed: readonly StoredMember[]];

/**
 * A set cell as text, for stores that keep a column in one field. Operations are grouped by stamp, because the members
 * of one write share it:
 *
 *   ["<cleared>","<touched>",["<stamp>","<bucket>",[added...],[removed...]],...]
 */
export function encodeSetCell(cell: SetCell): string {
  const groups = new Map<string, [Stamp, string, StoredMember[], StoredMember[]]>();
  for (const { member, bucket = '', stamp, present } of cell.members.values()) {
    const name = `${stamp}|${bucket}`;
    let group = groups.get(name);
    if (group === undefined) {
      group = [stamp, bucket, [], []];
      groups.set(name, group);
    }
    group[present ? 2 : 3].push(typeof member === 'bigint' ? [String(member)] : member);
  }
  return JSON.stringify([cell.cleared, cell.touched, ...groups.values()]);
}

/** The inverse of `encodeSetCell`; throws on a text that it did not make. */
export function decodeSetCell(text: string): SetCell {
  const [cleared, touched, ...groups] = JSON.parse(text) as [Stamp, Stamp, ...StoredGroup[]];
  const members = new Map<string, MemberOp>();
  for (const [stamp, bucket, added, removed] of groups) {
    for (const stored of added) put(members, stored, bucket, stamp, true);
    for (const stored of removed) put(members, stored, bucket, stamp, false);
  }
  return { cleared, touched, members };
}

function put(members: Map<string, MemberOp>, stored: StoredMember, bucket: string, stamp: Stamp, present: boolean) {
  const member: Member = typeof stored === 'object' ? integerOf(stored[0]) : stored;
  if (bucket === '') members.set(memberKey(member), { member, stamp, present });
  else members.set(memberKey(member, bucket), { member, bucket, stamp, present });
}

function integerOf(digits: string): Integer {
  return normalInteger(BigInt(digits));
}
