import { joinRows } from '../../lambdas/domain/merge.ts';
import type { Cell, RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { SegmentFile, SegmentFiles } from '../../lambdas/ports/segment-files.ts';

export interface MemorySegments extends SegmentFiles {
  /** What some segments say together, by key, in the columns of `table`. */
  read(table: TableShape, segments: readonly Pick<Segment, 'rowsKey'>[]): Promise<ReadonlyMap<RowKey, RowState>>;
  /** Drops all rows that it holds. */
  forget(): void;
}

interface Kept {
  readonly shape: TableShape;
  readonly rows: readonly RowState[];
}

/** Segments whose rows stay in memory, as they were written; their bodies only name them. For what is no test of Parquet. */
export function makeMemorySegments(readObject: (key: string) => Promise<Uint8Array | undefined>): MemorySegments {
  let kept: Kept[] = [];

  function keep(shape: TableShape, rows: readonly RowState[]): SegmentFile {
    const body = new TextEncoder().encode(`rows ${kept.push({ shape, rows }) - 1}`);
    return { rows: rows.length, bytes: body.byteLength, columns: {}, body };
  }

  async function find(key: string): Promise<Kept> {
    const body = await readObject(key);
    const found = body && kept[Number(new TextDecoder().decode(body).split(' ')[1])];
    if (!found) throw new Error(`no segment ${key}`);
    return found;
  }

  async function read(table: TableShape, segments: readonly Pick<Segment, 'rowsKey'>[]) {
    const rows: RowState[] = [];
    for (const { rowsKey } of segments) {
      const found = await find(rowsKey);
      rows.push(...found.rows.map((row) => ({ ...row, cells: inColumnsOf(table, found.shape, row.cells) })));
    }
    const byKey = Map.groupBy(rows, ({ key }) => key);
    return new Map(Array.from(byKey, ([key, states]) => [key, joinRows(states)]));
  }

  return {
    write: async (shape, rows) => keep(shape, rows),
    merge: async (shape, segments) => keep(shape, [...(await read(shape, segments)).values()]),
    read,
    forget() {
      kept = [];
    },
  };
}

function inColumnsOf(to: TableShape, from: TableShape, cells: RowState['cells']): (Cell | undefined)[] {
  const places = new Map(from.columns.map(({ id }, place) => [id, place]));
  return to.columns.map(({ id }) => cells[places.get(id) ?? -1]);
}
