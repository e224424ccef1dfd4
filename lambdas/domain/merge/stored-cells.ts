import { type Member, normalInteger } from '../column-type.ts';
import { memberKey } from '../merge.ts';
import type { MemberOp, SetCell } from '../row.ts';
import type { Stamp } from '../version.ts';

/** A member as stored: a whole number that JSON would round is a list of its digits as text. */
type StoredMember = number | string | readonly [string];

/**
 * A set cell as text, for stores that keep a column in one field. Members of one write share its stamp, so neighbours
 * stand together; all in one flat list of JSON, which parses in half the time of nested ones:
 *
 *   ["<cleared>", "<touched>", "<stamp>", "<bucket>", <1 added, 0 removed>, <members>, member, ..., "<stamp>", ...]
 *
 * where an operation without a bucket has an empty text.
 */
export function encodeSetCell({ cleared, touched, members }: SetCell): string {
  const list: (StoredMember | Stamp)[] = [cleared, touched];
  let last: MemberOp | undefined;
  let start = 0;
  let count = 0;
  for (const op of members.values()) {
    if (last?.stamp !== op.stamp || last.bucket !== op.bucket || last.present !== op.present) {
      start = list.length;
      count = 0;
      list.push(op.stamp, op.bucket ?? '', op.present ? 1 : 0, count);
    }
    count += 1;
    list[start + 3] = count;
    list.push(typeof op.member === 'bigint' ? [String(op.member)] : op.member);
    last = op;
  }
  return JSON.stringify(list);
}

/** The inverse of `encodeSetCell`. */
export function decodeSetCell(text: string): SetCell {
  const list = JSON.parse(text) as StoredMember[];
  const members = new Map<string, MemberOp>();
  let at = 2;
  while (at < list.length) {
    const stamp = list[at] as Stamp;
    const bucket = list[at + 1] as string;
    const present = list[at + 2] === 1;
    const end = at + 4 + (list[at + 3] as number);
    for (at += 4; at < end; at++) {
      const member = memberOf(list[at]!);
      if (bucket === '') members.set(memberKey(member), { member, stamp, present });
      else members.set(memberKey(member, bucket), { member, bucket, stamp, present });
    }
  }
  return { cleared: list[0] as Stamp, touched: list[1] as Stamp, members };
}

function memberOf(stored: StoredMember): Member {
  return typeof stored === 'object' ? normalInteger(BigInt(stored[0])) : stored;
}
