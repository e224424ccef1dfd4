import type { BatchHeader } from '../domain/batch.ts';
import { columnPlaces, rowState } from '../domain/merge/row-state.ts';
import { takenBack } from '../domain/merge/taken-back.ts';
import { joinRows } from '../domain/merge.ts';
import type { MappedRow } from '../domain/outcome.ts';
import type { RowState } from '../domain/row.ts';
import type { Mapping } from '../domain/sink.ts';
import type { Table } from '../domain/table.ts';
import { stamper } from '../domain/version.ts';
import type { LoadedMapping } from './compiled-mappings.ts';

/** Makes rows of a batch's mapped records, for the columns that their table has now. */
export interface RowReader {
  row(mapped: MappedRow, position: number): RowState;
  /** Whether the record has a value for a column that is gone. */
  hasLost(mapped: MappedRow): boolean;
}

/** @param table undefined when it is gone: then there is nothing to make rows for */
export function rowReader({ version }: Pick<BatchHeader, 'version'>, mapping: Mapping, table?: Table): RowReader {
  const columns = table?.columns ?? [];
  const stampOf = stamper(version, mapping.revision);
  const places = columnPlaces(mapping.items, columns);
  const gone = places.flatMap((place, item) => (place < 0 ? [item] : []));
  return {
    row: (mapped, position) => rowState(mapped, stampOf(position, mapped.version), mapping.items, columns, places),
    hasLost: ({ values }) => gone.some((item) => values[item] !== undefined),
  };
}

/** A mapping under which a batch that is replayed has made rows before. */
export interface EarlierMapping extends LoadedMapping {
  /** Positions of the records of which it made none. */
  readonly except: ReadonlySet<number>;
}

/** A row with all that earlier revisions made of its record taken back. */
export interface RowInstead {
  readonly row: RowState;
  /** What is to go from rows of other keys, which the record had under earlier revisions. */
  readonly others: readonly RowState[];
}

/** Compares what a record says now with what it said under `earlier` mappings. */
export function backTaker(header: BatchHeader, earlier: readonly EarlierMapping[], table?: Table) {
  const readers = earlier.map((one) => ({ ...one, reader: rowReader(header, one.mapping, table) }));
  return (row: RowState, record: unknown, position: number): RowInstead => {
    const back = readers.flatMap(({ map, except, reader }) => {
      const outcome = except.has(position) ? undefined : map(record);
      if (outcome?.kind !== 'row') return [];
      return takenBack(reader.row(outcome, position), row, row.exists || row.tombstone) ?? [];
    });
    if (back.length === 0) return { row, others: back };
    const [same = [], others = []] = [true, false].map((is) => back.filter(({ key }) => (key === row.key) === is));
    return { row: joinRows([row, ...same]), others };
  };
}
