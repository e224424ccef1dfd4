import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isSetCell, survivingCell } from '../../domain/merge.ts';
import type { Cell } from '../../domain/row.ts';
import type { Stamp } from '../../domain/version.ts';
import type { EncodedCell, NamedAttribute } from './dynamo-row-cells.ts';
import { membersOf } from './dynamo-row-scalars.ts';
import { joinSet } from './dynamo-row-sets.ts';
import type { RowVersions } from './dynamo-row-versions.ts';

/** A column that an item has a cell of and the shape lacks. */
export interface ForeignColumn {
  readonly number: number;
  /** Of a cell that has an attribute; of others it is not known. */
  readonly name: string | undefined;
  /** A scalar's value stands in the attribute alone, for its type is not known. */
  readonly cell: Cell;
  readonly attribute: AttributeValue | undefined;
}

/** @param numbers of the shape's columns */
export function foreignColumns(
  versions: RowVersions,
  owned: ReadonlyMap<number, NamedAttribute>,
  numbers: ReadonlySet<number>,
): ForeignColumn[] {
  const all = new Set([...versions.owners, ...versions.scalars.keys(), ...versions.sets.keys()]);
  const lacking = [...all].filter((number) => !numbers.has(number));
  return lacking.map((number) => {
    const { name, attribute } = owned.get(number) ?? {};
    const set = versions.sets.get(number);
    const cell =
      set !== undefined || attribute?.SS !== undefined || attribute?.NS !== undefined
        ? joinSet(membersOf(attribute), set, versions.exists)
        : { stamp: versions.scalars.get(number) ?? versions.exists, value: null };
    return { number, name, cell, attribute };
  });
}

/**
 * What is left of foreign cells in a row that was merged: less what its tombstone beats, and less those whose name a
 * newer column of the shape has.
 */
export function survivingForeign(
  foreign: readonly ForeignColumn[],
  tombstone: Stamp,
  numberOfName: ReadonlyMap<string, number>,
): EncodedCell[] {
  return foreign.flatMap((column): EncodedCell[] => {
    const { name, number } = column;
    const cell = survivingCell(column.cell, tombstone);
    if (cell === undefined || (name !== undefined && (numberOfName.get(name) ?? 0) > number)) return [];
    return [{ ...column, cell, attribute: isSetCell(cell) ? undefined : column.attribute }];
  });
}
