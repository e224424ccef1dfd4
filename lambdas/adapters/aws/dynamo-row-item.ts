import { isSetType } from '../../domain/column-type.ts';
import { isSetCell } from '../../domain/merge.ts';
import type { RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import { cellOf, encodeCells, type NumberedColumn, ownedAttributes, type RowItem } from './dynamo-row-cells.ts';
import { type ForeignColumn, foreignColumns, survivingForeign } from './dynamo-row-foreign.ts';
import { keyAttribute, keyOf, scalarAttribute } from './dynamo-row-scalars.ts';
import { decodeVersions, encodeVersions } from './dynamo-row-versions.ts';

/**
 * How a row lies in DynamoDB. Whoever reads the table with a plain SDK sees what a reader of Headgate sees, if they skip
 * the items that have `_deleted`:
 *
 *   _id       key of the row: N in tables keyed by id, S in tables keyed by text
 *   <column>  a value under the column's name (`dynamo-row-scalars.ts`), or the members of a set as SS or NS. Null and the
 *             empty set have no attribute: DynamoDB stores no empty set, and an attribute that says null costs its name.
 *             A set without a standard view has all members ever added: no attribute goes by itself once its time is over
 *   _v        versions, and all else that readers do not see (`dynamo-row-versions.ts`)
 *   _deleted  true where there is no row for readers: it was deleted, or never put; absent otherwise
 *   _hidden   with `_deleted` only: a map of the attributes that the row would have if it existed, for cells that were
 *             written later than it was deleted. A deleted row's own values are gone
 *
 * Cells belong to column ids, attributes to names. A name that is used again belongs to the newer column (the greater
 * number): when an item is next written, the cell of the older one is forgotten, which no reader could ever see again.
 * Cells of columns that a shape lacks, dropped ones or such as a stale shape does not know yet, stay.
 *
 * Nobody else may write these tables: an attribute that `_v` does not know of makes the item unreadable, with an error.
 */
export interface RowCodec {
  /** @throws when the item was not written by this codec; the error holds no value */
  decode(item: RowItem): StoredRow;
  /** @param stored the item that the state was merged with, if there is one: the new one is its next revision */
  encode(state: RowState, stored: StoredRow | undefined): RowItem;
}

/** An item as it was read. */
export interface StoredRow {
  readonly state: RowState;
  /** The text of `_v`, on which the next write is conditional. */
  readonly versions: string;
  readonly revision: number;
  readonly attributeNames: readonly string[];
  readonly foreign: readonly ForeignColumn[];
  /** Places of the shape's columns whose name belongs to a newer column by now: what is written to them is void. */
  readonly outranked: readonly number[];
}

/** States are single writes or results of `mergeRows`, with cells in the order of the table's columns. */
export function makeRowCodec(table: TableShape): RowCodec {
  const columns = table.columns.map(
    (column): NumberedColumn => ({
      ...column,
      number: columnNumber(column.id),
      isSet: isSetType(column.type.type),
    }),
  );
  const numbers = new Set(columns.map(({ number }) => number));
  const numberOfName = new Map(columns.map(({ name, number }) => [name, number]));

  return {
    decode(item) {
      const text = item['_v']?.S;
      if (text === undefined) throw new TypeError('an item has no row version');
      const versions = decodeVersions(text);
      const owned = ownedAttributes(item, versions);
      const ownerOf = new Map([...owned].map(([number, { name }]) => [name, number]));
      const cells = columns.map((column) => cellOf(column, versions, owned.get(column.number)?.attribute));
      return {
        state: { key: keyOf(item['_id']!), exists: versions.exists, tombstone: versions.tombstone, cells },
        versions: text,
        revision: versions.revision,
        attributeNames: Object.keys(item),
        foreign: foreignColumns(versions, owned, numbers),
        outranked: columns.flatMap(({ name, number }, place) => ((ownerOf.get(name) ?? 0) > number ? [place] : [])),
      };
    },
    encode(state, stored) {
      const { exists, tombstone } = state;
      const cells = stored ? survivingForeign(stored.foreign, tombstone, numberOfName) : [];
      columns.forEach(({ number, name, type }, place) => {
        const cell = state.cells[place];
        if (cell === undefined || stored?.outranked.includes(place)) return;
        const isValue = !isSetCell(cell) && cell.value !== null;
        cells.push({ number, name, cell, attribute: isValue ? scalarAttribute(cell.value, type) : undefined });
      });
      const { attributes, ...parts } = encodeCells(cells, exists);
      const versions = encodeVersions({ revision: (stored?.revision ?? 0) + 1, exists, tombstone, ...parts });
      const item = { _id: keyAttribute(state.key, table.keyType), _v: { S: versions } };
      if (exists > tombstone) return { ...item, ...attributes };
      const hidden = parts.owners.length === 0 ? {} : { _hidden: { M: attributes } };
      return { ...item, _deleted: { BOOL: true }, ...hidden };
    },
  };
}

function columnNumber(id: string): number {
  const number = /^c(\d+)$/.exec(id)?.[1];
  if (number === undefined) throw new RangeError('a column id is c and a number');
  return Number(number);
}
