import type { Member } from '../../domain/column-type.ts';
import { compareScalars } from '../../domain/merge/scalar-order.ts';
import { memberKey } from '../../domain/merge.ts';
import type { MemberOp, SetCell } from '../../domain/row.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';
import type { SetVersions } from './dynamo-row-versions.ts';

/**
 * Parts a set cell into the members that a natural attribute holds and what `_v` says of the rest.
 * @param exists stamp of the row
 * @returns `shown`: the members that readers see, sorted; `versions`: undefined where those and `exists` say it all
 */
export function splitSet(
  cell: SetCell,
  exists: Stamp,
): { readonly shown: readonly Member[]; readonly versions: SetVersions | undefined } {
  const { cleared, touched } = cell;
  const operations: MemberOp[] = [];
  const shown: MemberOp[] = [];
  for (const op of cell.members.values()) {
    const isShown = op.present && op.bucket === undefined && op.stamp > cleared && touched > cleared;
    (isShown ? shown : operations).push(op);
  }
  shown.sort((a, b) => compareScalars(a.member, b.member));
  const members = shown.map(({ member }) => member);
  const stamps = stampsOf(shown);
  const usual = cleared === noStamp && touched === exists && stamps === exists && operations.length === 0;
  return { shown: members, versions: usual ? undefined : { cleared, touched, shown: stamps, operations } };
}

/** One stamp when it is that of all. */
function stampsOf(shown: readonly MemberOp[]): SetVersions['shown'] {
  const stamps = shown.map(({ stamp }) => stamp);
  const [first] = stamps;
  return first !== undefined && stamps.every((stamp) => stamp === first) ? first : stamps;
}

/**
 * The inverse of `splitSet`.
 * @param shown sorted
 * @param versions undefined for the usual cell: all of it was written by the stamp `exists`
 */
export function joinSet(shown: readonly Member[], versions: SetVersions | undefined, exists: Stamp): SetCell {
  const { cleared, touched, shown: stamps, operations } = versions ?? usualSet(exists);
  const members = new Map<string, MemberOp>();
  shown.forEach((member, i) => {
    const stamp = typeof stamps === 'string' ? stamps : stamps[i];
    if (stamp === undefined) throw new RangeError('a set has more members than stamps');
    members.set(memberKey(member), { member, stamp, present: true });
  });
  for (const op of operations) members.set(memberKey(op.member, op.bucket), op);
  return { cleared, touched, members };
}

function usualSet(exists: Stamp): SetVersions {
  return { cleared: noStamp, touched: exists, shown: exists, operations: [] };
}
