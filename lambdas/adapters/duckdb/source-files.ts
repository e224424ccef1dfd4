import { quoteText } from '../../domain/quote-identifier.ts';
import type { Segment } from '../../domain/segment.ts';
import type { TableShape } from '../../domain/table.ts';
import type { SourceFiles } from './merge-sql.ts';

/**
 * Segments as FROM items, those of one layout together: DuckDB then reads them as one table, and a statement stays short
 * whatever their number.
 * @param paths of the segments' files, in the same order
 */
export function sourceFiles(
  { columns }: Pick<TableShape, 'columns'>,
  segments: readonly Segment[],
  paths: readonly string[],
): readonly SourceFiles[] {
  const layouts = new Map<string, { readonly places: Segment['columns']; readonly paths: string[] }>();
  for (const [i, { columns: places }] of segments.entries()) {
    const layout = columns.map(({ id }) => places[id] ?? '').join();
    const same = layouts.get(layout);
    if (same) same.paths.push(paths[i]!);
    else layouts.set(layout, { places, paths: [paths[i]!] });
  }
  return [...layouts.values()].map(({ places, paths: files }) => ({ from: parquetFiles(files), places }));
}

/** SQL of a FROM item with the rows of all the files. */
export function parquetFiles(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoteText).join(', ')}])`;
}
