import type { ColumnId } from '../../domain/ids.ts';
import { quoteText } from '../../domain/naming/quote-identifier.ts';
import type { Segment, StampPlace } from '../../domain/segment.ts';
import type { MergeShape, SourceFiles } from './merge-sql.ts';

interface Layout {
  readonly places: Record<ColumnId, StampPlace>;
  readonly paths: string[];
  /** Whether the files have different columns, or one column in different types. */
  isMixed: boolean;
}

/**
 * Segments as FROM items, those of one layout together: DuckDB then reads them as one table, and a statement stays short
 * whatever their number. A column that a file lacks reads as one without cells beside those that keep stamps.
 * @param paths of the segments' files, in the same order
 */
export function sourceFiles(
  { columns, wide }: Pick<MergeShape, 'columns' | 'wide'>,
  segments: readonly Segment[],
  paths: readonly string[],
): readonly SourceFiles[] {
  const layouts = new Map<string, Layout>();
  for (const [i, { columns: places }] of segments.entries()) {
    const known = columns.flatMap(({ id }) => (places[id] ? [[id, places[id]] as const] : []));
    const atRow = known.filter(([, place]) => place === 'row').map(([id]) => id);
    const layout = layouts.get(atRow.join());
    if (layout === undefined) {
      const isMixed = columns.some(({ id }) => wide.has(id));
      layouts.set(atRow.join(), { places: Object.fromEntries(known), paths: [paths[i]!], isMixed });
      continue;
    }
    const inBoth = known.filter(([id]) => layout.places[id] !== undefined).length;
    if (inBoth < known.length || inBoth < Object.keys(layout.places).length) layout.isMixed = true;
    Object.assign(layout.places, Object.fromEntries(known));
    layout.paths.push(paths[i]!);
  }
  return [...layouts.values()].map((layout) => ({
    from: parquetFiles(layout.paths, layout.isMixed),
    places: layout.places,
  }));
}

/**
 * SQL of a FROM item with the rows of all the files. Columns are those of the first file, unless they are to be brought
 * together by name, for which every file has to be opened first.
 */
export function parquetFiles(paths: readonly string[], byName = false): string {
  return `read_parquet([${paths.map(quoteText).join(', ')}]${byName ? ', union_by_name = true' : ''})`;
}
