import { BOOLEAN, LIST, VARCHAR } from '@duckdb/node-api';
import type { Member } from '../../domain/column-type.ts';
import { compareScalars } from '../../domain/merge/scalar-order.ts';
import type { MemberOp, SetCell } from '../../domain/row.ts';
import type { Column } from '../../domain/table.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';
import { clearedOf, opsOf, opsSqlType, sqlTypeOf, touchedOf, valuesOf } from './segment-format.ts';
import { type ColumnStage, listOf, memberLists, type Staged, type StagedColumn, stamps } from './staged-values.ts';

/**
 * Gathers a set column's cells: the visible members, and the operations where those do not follow from the members and
 * the row's stamp.
 */
export function stageSets(column: Column): ColumnStage {
  const visible: (readonly Member[] | null)[] = [];
  const spelled: (SetCell | undefined)[] = [];
  let cells = 0;
  return {
    add(cell, rowStamp) {
      const set = cell as SetCell | undefined;
      if (set !== undefined) cells += 1;
      visible.push(visibleMembers(set));
      spelled.push(set === undefined || isPlainAdd(set, rowStamp) ? undefined : set);
    },
    staged() {
      return cells === 0 ? undefined : { ...stageMembers(column, visible, spelled), place: 'cell' };
    },
  };
}

function stageMembers(
  { id, type }: Column,
  visible: readonly (readonly Member[] | null)[],
  spelled: readonly (SetCell | undefined)[],
): Staged {
  const isText = type.type === 'stringset' || type.type === 'stringsetq';
  const members: StagedColumn = { name: id, ...memberLists(visible, isText) };
  const value = `CAST(${valuesOf(id)} AS ${sqlTypeOf(type)}) AS ${valuesOf(id)}`;
  if (spelled.every((cell) => cell === undefined)) {
    const absent = [touchedOf(id), clearedOf(id)].map((name) => `NULL::VARCHAR AS ${name}`);
    return { columns: [members], select: [value, ...absent, `NULL::${opsSqlType(type)} AS ${opsOf(id)}`] };
  }
  const operations = stageOperations({ id, type }, spelled, isText);
  return {
    columns: [members, ...operations.columns],
    select: [value, touchedOf(id), clearedOf(id), ...operations.select],
  };
}

/** Operations are appended as four lists side by side: a list of structs costs three times as much. */
function stageOperations(
  { id, type }: Pick<Column, 'id' | 'type'>,
  cells: readonly (SetCell | undefined)[],
  isText: boolean,
): Staged {
  const ops = cells.map((cell) => (cell ? [...cell.members.values()] : null));
  const part = <T>(of: (op: MemberOp) => T) => ops.map((list) => list?.map(of) ?? null);
  const columns: StagedColumn[] = [
    {
      name: `m_${id}`,
      ...memberLists(
        part(({ member }) => member),
        isText,
      ),
    },
    { name: `b_${id}`, type: LIST(VARCHAR), values: part(({ bucket }) => bucket ?? null).map(listOf) },
    { name: `s_${id}`, type: LIST(VARCHAR), values: part(({ stamp }) => stamp).map(listOf) },
    { name: `r_${id}`, type: LIST(BOOLEAN), values: part(({ present }) => !present).map(listOf) },
  ];
  const lists = columns.map(({ name }) => `"${name}"`);
  const zipped = `CAST(list_zip(${lists.join(', ')}) AS ${opsSqlType(type)})`;
  return {
    columns: [
      { name: `t_${id}`, ...stamps(cells.map((cell) => cell?.touched ?? noStamp)) },
      { name: `x_${id}`, ...stamps(cells.map((cell) => cell?.cleared ?? noStamp)) },
      ...columns,
    ],
    select: [`CASE WHEN ${lists[0]} IS NOT NULL THEN ${zipped} END AS ${opsOf(id)}`],
  };
}

/** Members that a reader sees, sorted; null for no cell and for a cell that is null. What is beaten is not in the cell. */
function visibleMembers(cell: SetCell | undefined): readonly Member[] | null {
  if (cell === undefined || cell.touched === noStamp) return null;
  const members: Member[] = [];
  for (const { member, bucket, present } of cell.members.values()) {
    if (present && bucket === undefined) members.push(member);
  }
  return members.length > 1 ? members.sort(compareScalars) : members;
}

/** Whether the cell says no more than that the row's newest put added all its members. */
function isPlainAdd({ cleared, touched, members }: SetCell, rowStamp: Stamp): boolean {
  if (cleared !== noStamp || touched !== rowStamp || rowStamp === noStamp) return false;
  for (const { bucket, stamp, present } of members.values()) {
    if (!present || bucket !== undefined || stamp !== rowStamp) return false;
  }
  return true;
}
