import type { RowKey } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import { shapeOf, type Table } from '../../lambdas/domain/table.ts';
import type { QueryEngine, ResultValue } from '../../lambdas/ports/query-engine.ts';

const limits = { timeoutMs: 30_000, rowsMax: 10_000, memoryMegabytesMax: 512, bytesMax: 1e9 };

/** All rows of a table by key, as a query over its segments shows them. */
export async function sqlRows(
  engine: QueryEngine,
  table: Table,
  segments: readonly Segment[],
): Promise<ReadonlyMap<RowKey, readonly ResultValue[]>> {
  const { rows } = await engine.run(
    { kind: 'select', sql: `SELECT * FROM ${table.name}`, setEquals: 'list' },
    [{ name: table.name, shape: shapeOf(table), segments }],
    limits,
  );
  return new Map(rows.map(([key, ...values]) => [key as RowKey, values]));
}
