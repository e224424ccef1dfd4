import { boundOf } from '../sql/exact-number.ts';
import { keyColumn } from '../sql/queryable-table.ts';
import type { Literal } from '../sql/sql-tree.ts';
import { numberFor, rangeOf } from '../sql/value-range.ts';
import { callsOf, expectOnly, misused, optionsOf } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall } from './pql-tree.ts';

/** Ids by one text for every way to write them. */
type NamedIds = ReadonlyMap<string, Literal>;

const none: NamedIds = new Map();

/**
 * The ids that belong to a row call because ConstRow names them, whether or not such a record exists. All other calls
 * hold only records that exist, so that All, Row and Not have none.
 */
export function namedIds(call: PqlCall, scope: PqlScope): NamedIds {
  if (call.name === 'ConstRow') return new Map(constRowIds(call).flatMap((id) => entryOf(id, scope)));
  const sets = callsOf(call).map((inner) => namedIds(inner, scope));
  const [first = none, ...others] = sets;
  const union = new Map(sets.flatMap((set) => [...set]));
  switch (call.name) {
    case 'Limit':
      return first;
    case 'Union':
      return union;
    case 'Intersect':
      return only(first, (id) => others.every((set) => set.has(id)));
    case 'Difference':
      return only(first, (id) => !others.some((set) => set.has(id)));
    case 'Xor':
      return only(union, (id) => sets.filter((set) => set.has(id)).length % 2 === 1);
    default:
      return none;
  }
}

/** The ids that a ConstRow lists. */
export function constRowIds(call: PqlCall): readonly Literal[] {
  expectOnly(call, ['named']);
  const ids = optionsOf(call, ['columns']).literals('columns');
  if (!ids) throw misused(call, 'takes a list of ids as columns=[...]');
  return ids;
}

function only(ids: NamedIds, keep: (id: string) => boolean): NamedIds {
  return new Map([...ids].filter(([id]) => keep(id)));
}

/** No entry for what no row can be named. */
function entryOf(id: Literal, scope: PqlScope): readonly (readonly [string, Literal])[] {
  const key = keyColumn(scope.table);
  const range = rangeOf(key);
  if (!range) return id.kind === 'text' ? [[id.text, id]] : [];
  const number = numberFor(key.type, id);
  const bound = number ? boundOf('=', number, range) : 'never';
  return typeof bound === 'string' ? [] : [[bound.parts.toString(), id]];
}
