import type { ColumnId, SegmentId, TableId } from '../../lambdas/domain/ids.ts';
import type { OldestBuckets } from '../../lambdas/domain/merge/time-quantum.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { Column, KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { QueryEngine, QueryResult, QueryTable, Statement } from '../../lambdas/ports/query-engine.ts';
import type { SegmentFile, SegmentFiles } from '../../lambdas/ports/segment-files.ts';

/** A writer and a reader of segments over the same objects. */
export interface SegmentHarness {
  readonly segmentFiles: SegmentFiles;
  readonly engine: QueryEngine;
  put(key: string, body: Uint8Array): Promise<void>;
  /** Where the engine reads an object that it has read before. */
  pathOf(key: string): string;
  close(): Promise<void>;
}

export const limits = { timeoutMs: 20_000, rowsMax: 100_000, memoryMegabytesMax: 512, bytesMax: 1e9 };

/** Columns `c1`, `c2` ... of the given names and types. */
export function tableShape(types: Readonly<Record<string, Column['type']>>, keyType: KeyType = 'id'): TableShape {
  const columns = Object.entries(types).map(([name, type], i) => ({ id: `c${i + 1}` as ColumnId, name, type }));
  return { id: 'table1' as TableId, keyType, columns };
}

let segments = 0;

/** Stores rows (unique by key) as a segment. */
export async function writeSegment(
  harness: SegmentHarness,
  shape: TableShape,
  rows: readonly RowState[],
): Promise<Segment> {
  return storeSegment(harness, shape, await harness.segmentFiles.write(shape, rows));
}

/** Stores what segments say together as one, without time views older than those given. */
export async function mergeSegments(
  harness: SegmentHarness,
  shape: TableShape,
  merged: readonly Segment[],
  oldest?: OldestBuckets,
): Promise<Segment> {
  return storeSegment(harness, shape, await harness.segmentFiles.merge(shape, merged, oldest));
}

async function storeSegment(
  harness: SegmentHarness,
  shape: TableShape,
  { body, ...stats }: SegmentFile,
): Promise<Segment> {
  segments += 1;
  const id = `segment${segments}` as SegmentId;
  const rowsKey = `tenant1/segments/${shape.id}/${id}/rows.parquet`;
  await harness.put(rowsKey, body);
  return { id, tableId: shape.id, rowsKey, createdAt: '2024-01-01T00:00:00Z', ...stats };
}

/** Runs a user's SELECT over tables; `setEquals: list` unless told. */
export function select(
  harness: SegmentHarness,
  sql: string,
  tables: readonly QueryTable[],
  setEquals: 'contains' | 'list' = 'list',
): Promise<QueryResult> {
  return harness.engine.run({ kind: 'select', sql, setEquals }, tables, limits);
}

/** Runs a statement as our own grammars make them. */
export function compiled(
  harness: SegmentHarness,
  sql: string,
  tables: readonly QueryTable[],
  parameters: Extract<Statement, { kind: 'compiled' }>['parameters'] = [],
): Promise<QueryResult> {
  return harness.engine.run({ kind: 'compiled', sql, parameters }, tables, limits);
}
