import type { Batch } from '../domain/batch.ts';
import { rowBytesMax } from '../domain/limits.ts';
import { rowBytes } from '../domain/merge/row-bytes.ts';
import type { Rejection } from '../domain/outcome.ts';
import type { RowState } from '../domain/row.ts';
import type { Column } from '../domain/table.ts';
import type { MappedBatch } from './map-batch.ts';

/** A batch that does not hold its records, but can read them again. */
export interface RereadableBatch extends MappedBatch {
  read(): Batch;
  /** In the order of the body. */
  records(): Promise<readonly unknown[]>;
}

/**
 * A batch whose records that the row store had no room for are refused, and no rows any more. Reads its body again, only
 * where there are some.
 */
export async function refuseRows(
  { records: readRecords, read: _, ...batch }: RereadableBatch,
  tooLarge: ReadonlySet<RowState>,
  columns: readonly Column[],
): Promise<MappedBatch> {
  const isKept = (row: RowState) => !tooLarge.has(row);
  if (batch.rows.every(isKept)) return batch;
  const records = await readRecords();
  const places = batch.header.replayed?.positions;
  const refused = batch.rows.flatMap((row, place) => {
    if (isKept(row)) return [];
    const position = batch.positions[place]!;
    return [
      {
        position,
        rejection: rowTooLarge(rowBytes(row, columns)),
        record: records[places?.indexOf(position) ?? position],
      },
    ];
  });
  return {
    ...batch,
    rows: batch.rows.filter(isKept),
    positions: batch.positions.filter((_, place) => isKept(batch.rows[place]!)),
    changed: batch.changed.filter(isKept),
    refused: [...batch.refused, ...refused],
  };
}

/**
 * The message is one for all records that alone would have fitted, so that lists of errors can count them together.
 * @param bytes of the record by itself
 */
function rowTooLarge(bytes: number): Rejection {
  return {
    kind: 'rejected',
    reason: 'row_too_large',
    pointer: '',
    got: `a record of ${bytes} bytes`,
    want: `a row of at most ${rowBytesMax} bytes`,
    message:
      bytes > rowBytesMax
        ? `the record alone makes a row of ${bytes} bytes; at most ${rowBytesMax} are allowed`
        : `with this record its row would have more than ${rowBytesMax} bytes`,
  };
}
