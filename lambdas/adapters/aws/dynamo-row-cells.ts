import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isSetCell } from '../../domain/merge.ts';
import type { Cell } from '../../domain/row.ts';
import type { Column } from '../../domain/table.ts';
import type { Stamp } from '../../domain/version.ts';
import { membersOf, scalarOf, setAttribute } from './dynamo-row-scalars.ts';
import { joinSet, splitSet } from './dynamo-row-sets.ts';
import type { RowVersions, SetVersions } from './dynamo-row-versions.ts';

export type RowItem = Record<string, AttributeValue>;

/** A column with what is asked of it for each cell. */
export interface NumberedColumn extends Column {
  readonly number: number;
  readonly isSet: boolean;
}

/** A natural attribute. */
export interface NamedAttribute {
  readonly name: string;
  readonly attribute: AttributeValue;
}

/**
 * The natural attributes, by the number of the column that owns each.
 * @throws when there are others than the versions know of
 */
export function ownedAttributes(item: RowItem, { owners }: RowVersions): ReadonlyMap<number, NamedAttribute> {
  const attributes = item['_deleted'] ? (item['_hidden']?.M ?? {}) : item;
  const names = Object.keys(attributes)
    .filter((name) => !name.startsWith('_'))
    .sort();
  if (names.length !== owners.length) throw new TypeError('an item has attributes that its row version does not know');
  return new Map(names.map((name, i) => [owners[i]!, { name, attribute: attributes[name]! }]));
}

/** The cell of a column; undefined when it was never written, or is forgotten. */
export function cellOf(
  { number, type, isSet }: NumberedColumn,
  versions: RowVersions,
  attribute: AttributeValue | undefined,
): Cell | undefined {
  if (isSet) {
    const set = versions.sets.get(number);
    if (attribute === undefined && set === undefined) return undefined;
    return joinSet(membersOf(attribute), set, versions.exists);
  }
  const stamp = versions.scalars.get(number) ?? (attribute ? versions.exists : undefined);
  return stamp === undefined ? undefined : { stamp, value: attribute ? scalarOf(attribute, type) : null };
}

/** A cell on its way into an item. */
export interface EncodedCell {
  readonly number: number;
  readonly name: string | undefined;
  readonly cell: Cell;
  /** Of a scalar that is not null. */
  readonly attribute: AttributeValue | undefined;
}

/** Cells as natural attributes, and as the parts of `_v` that go with them. */
export function encodeCells(cells: readonly EncodedCell[], exists: Stamp) {
  const named: (NamedAttribute & { readonly number: number })[] = [];
  const scalars = new Map<number, Stamp>();
  const sets = new Map<number, SetVersions>();
  for (const { number, name = '', cell, attribute } of cells) {
    if (isSetCell(cell)) {
      const { shown, versions } = splitSet(cell, exists);
      if (shown.length > 0) named.push({ number, name, attribute: setAttribute(shown) });
      if (versions) sets.set(number, versions);
    } else {
      if (attribute) named.push({ number, name, attribute });
      if (!attribute || cell.stamp !== exists) scalars.set(number, cell.stamp);
    }
  }
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  const attributes = Object.fromEntries(named.map(({ name, attribute }) => [name, attribute]));
  return { attributes, owners: named.map(({ number }) => number), scalars, sets };
}
