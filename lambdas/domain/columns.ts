import { columnTypeProblem } from './coercion/column-type-rules.ts';
import type { ColumnType } from './column-type.ts';
import type { ColumnId } from './ids.ts';
import { columnsPerTableMax } from './limits.ts';
import { columnNameProblem } from './naming/names.ts';
import { Problem } from './problem.ts';
import type { Column, Table } from './table.ts';

export type Columns = Pick<Table, 'columns' | 'nextColumn'>;

/** Columns of a table that has none; ids count from `c1`. */
export const noColumns: Columns = { columns: [], nextColumn: 1 };

/** The column of this name, if the table has it. */
export function columnNamed({ columns }: Pick<Table, 'columns'>, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

/**
 * The columns with one more, under an id that no column of the table ever had: a column dropped and added again must
 * not show the values it had before.
 * @throws Problem when its name or type is wrong or the table is full. That the name is free is for the caller to check.
 */
export function withColumn(table: Columns, name: unknown, type: ColumnType): Columns {
  const wrongName = columnNameProblem(name);
  if (wrongName !== undefined) throw new Problem('invalid_parameter', wrongName, { parameter: 'name' });
  const wrongType = columnTypeProblem(type);
  if (wrongType !== undefined)
    throw new Problem('invalid_parameter', `Column '${name}': ${wrongType}.`, { parameter: 'type' });
  if (table.columns.length >= columnsPerTableMax)
    throw new Problem(
      'limit_exceeded',
      `A table has at most ${columnsPerTableMax} columns; drop one to add '${name}'.`,
    );
  const id = `c${table.nextColumn}` as ColumnId;
  return { columns: [...table.columns, { id, name: name as string, type }], nextColumn: table.nextColumn + 1 };
}
