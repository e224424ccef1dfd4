import type { ColumnType } from '../column-type.ts';
import { quoteIdentifier } from '../naming/quote-identifier.ts';
import type { Column, TableShape } from '../table.ts';
import { badStatement, excerpt } from './bad-statement.ts';
import type { Name } from './sql-tree.ts';

/** A table that a statement may name. */
export interface QueryableTable {
  readonly name: string;
  readonly shape: TableShape;
}

/** A column as compiled SQL reaches it. */
export interface ColumnRef {
  readonly name: string;
  readonly type: ColumnType;
  /** SQL of its value in the row that is looked at. */
  readonly sql: string;
  /** Type of the set column that the value is a member of. */
  readonly memberOf?: ColumnType;
  /** A sum: an int or decimal of up to 38 digits. */
  readonly wide?: true;
}

/** Alias of the one table that a compiled SELECT reads: no user's name can be mistaken for it. */
export const rowAlias = 't';

/** SQL of a table as a FROM item: every column is then reached as `t."name"`. */
export function fromTable(table: QueryableTable): string {
  return `${quoteIdentifier(table.name)} AS ${rowAlias}`;
}

/** SQL of the hidden view with the time views of a table's quantum columns: ("_id", "column", member, bucket). */
export function timeViewsOf(table: QueryableTable): string {
  return quoteIdentifier(`${table.name}:views`);
}

/** Finds a table by its name; a name in other letter case will do when only one table fits. Throws Problem. */
export function getTable(
  tables: readonly QueryableTable[],
  name: string,
  statement: string,
  at: number,
): QueryableTable {
  const table = findByName(tables, name);
  if (!table) throw badStatement(`table or view '${excerpt(name)}' not found`, statement, at);
  return table;
}

/** Finds a column, `_id` included, as `getTable` finds tables. */
export function findColumn(table: QueryableTable, name: string): ColumnRef | undefined {
  if (name.toLowerCase() === '_id') return keyColumn(table);
  const column = findByName(table.shape.columns, name);
  return column && columnRef(column);
}

/** As `findColumn`; throws Problem when there is none. */
export function getColumn(table: QueryableTable, { text, at }: Name, statement: string): ColumnRef {
  const column = findColumn(table, text);
  if (!column) throw badStatement(`column '${excerpt(text)}' not found in table '${table.name}'`, statement, at);
  return column;
}

/** `_id` of a table: a number or text, as its rows are keyed. */
export function keyColumn(table: QueryableTable): ColumnRef {
  return columnRef({ name: '_id', type: { type: table.shape.keyType } });
}

/** All columns in the order of `select *`: `_id`, then in order of creation. */
export function allColumns(table: QueryableTable): readonly ColumnRef[] {
  return [keyColumn(table), ...table.shape.columns.map(columnRef)];
}

function columnRef({ name, type }: Pick<Column, 'name' | 'type'>): ColumnRef {
  return { name, type, sql: `${rowAlias}.${quoteIdentifier(name)}` };
}

function findByName<T extends { readonly name: string }>(things: readonly T[], name: string): T | undefined {
  const exact = things.find((thing) => thing.name === name);
  if (exact) return exact;
  const similar = things.filter((thing) => thing.name.toLowerCase() === name.toLowerCase());
  return similar.length === 1 ? similar[0] : undefined;
}
