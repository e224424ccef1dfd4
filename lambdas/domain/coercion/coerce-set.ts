import type { Member } from '../column-type.ts';
import { integerMax, rowBytesMax } from '../limits.ts';
import type { Removal } from '../outcome.ts';
import { idCoercer, intCoercer } from './coerce-integer.ts';
import { Misfit, nullOrWrongType, tooLongText, wrongType } from './misfit.ts';

type MembersCoercer = (value: unknown) => readonly Member[] | Misfit | null | undefined;
type ReadMember = (item: unknown) => Member | Misfit;

/** Members up to which comparing each with each beats building a Set. */
const comparedMembersMax = 8;

/**
 * idset(q) (FeatureBase ingester, IDArrayField): a list of ids, each as the id type takes it, or text of whole numbers
 * with commas (trimmed), in brackets or not.
 */
export function idsetCoercer(column: string): MembersCoercer {
  const want = 'a list of whole numbers from 0';
  const id = idCoercer(column);
  // An empty text or a null is no member; only the whole value may be missing or null.
  return setCoercer(column, want, (item) => id(item) ?? wrongType(column, item, 'a whole number from 0'));
}

/**
 * stringset(q) (FeatureBase ingester, StringArrayField): a list of strings, or text split at commas (not trimmed), in
 * brackets or not.
 */
export function stringsetCoercer(column: string): MembersCoercer {
  return setCoercer(column, 'a list of strings', (item) => {
    if (typeof item !== 'string' || !item.isWellFormed()) return wrongType(column, item, 'a well-formed string');
    return item.length > rowBytesMax ? tooLongText(column, item) : item;
  });
}

/** A /v1 `id` or `string` without Mutex: the column is a set, but what comes in is one member, never split. */
export function oneMemberCoercer(scalar: (value: unknown) => Member | Misfit | null | undefined): MembersCoercer {
  return (value) => {
    const member = scalar(value);
    return member === null || member === undefined || member instanceof Misfit ? member : [member];
  };
}

/**
 * A /v1 `signedIntBoolKey` (FeatureBase ingester, SignedIntBoolKeyField): n adds member n, -n takes it out, and so does 0
 * with member 0, which nothing adds. Numbers and text as the int type takes them; `""` is missing. The original also
 * keeps every n in a second column; here a member that was taken out is known by its absence.
 */
export function signedMemberCoercer(column: string): (value: unknown) => SignedMember | Misfit | null | undefined {
  // The lowest whole number has no counterpart above zero within 64 bits.
  const signed = intCoercer(column, String(-integerMax));
  return (value) => {
    const whole = signed(value);
    if (whole === null || whole === undefined || whole instanceof Misfit) return whole;
    return whole > 0 ? [whole] : { removed: [typeof whole === 'number' ? 0 - whole : -whole] };
  };
}

type SignedMember = readonly Member[] | Removal;

/**
 * Members come out once each. `""` is missing; an empty list adds no members, and makes an empty set where there was
 * null. One bad member rejects the value.
 */
function setCoercer(column: string, want: string, readMember: ReadMember): MembersCoercer {
  return (value) => {
    if (value === '') return undefined;
    const list: unknown = typeof value === 'string' ? splitText(value) : value;
    if (!Array.isArray(list)) return nullOrWrongType(column, value, want);
    const members: Member[] = [];
    for (let i = 0; i < list.length; i++) {
      const member = readMember(list[i]);
      if (member instanceof Misfit) {
        return new Misfit(member.reason, member.got, want, `${member.message} (member ${i})`);
      }
      members.push(member);
    }
    return unique(members);
  };
}

function splitText(text: string): string[] {
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return inner === '' ? [] : inner.split(',');
}

function unique(members: Member[]): readonly Member[] {
  if (members.length > comparedMembersMax) return [...new Set(members)];
  for (let i = 1; i < members.length; i++) {
    if (members.indexOf(members[i]!) < i) return [...new Set(members)];
  }
  return members;
}
