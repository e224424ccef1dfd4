import type { SegmentId, TableId } from '../../domain/ids.ts';
import type { Segment } from '../../domain/segment.ts';
import type { Segments } from '../../ports/catalog/segments.ts';
import type { ItemStore, ItemWrite } from '../../ports/item-store.ts';
import { compactedKey, compactedSort, segmentItemKey, segmentsPartition } from './catalog-keys.ts';

/**
 * A flush puts one item for its segment and touches nothing else. A compaction moves the one `compacted` item of the
 * table, on condition of its revision: it holds the segments that compactions made, and which segments are covered.
 * So one write registers the new segment and covers the old ones, and no reader can see both or neither.
 *
 * Readers take the whole partition in one query, in which `compacted` sorts, and so is read, before the segments. Where
 * a query is no snapshot, a compaction between the two then shows its old state with the old items, which stay for the
 * grace. The other way round, a segment that was read, and forgotten before `compacted` was read, would count as current
 * though its file is gone.
 */
interface Compacted {
  /** Segments that compactions made, covered ones included until they are forgotten. */
  readonly merged: readonly Segment[];
  /** When each covered segment was covered. */
  readonly covered: Readonly<Record<string, string>>;
}

interface TableSegments {
  readonly all: readonly Segment[];
  readonly compacted: Compacted;
  /** Of the `compacted` item; undefined while there is none. */
  readonly revision: number | undefined;
}

/** Segments forgotten by one transaction, beside the `compacted` item. */
const forgottenPerTransaction = 99;

/** Segments of each table. */
export function makeSegments(items: ItemStore): Segments {
  return {
    async addSegment(segment) {
      const key = segmentItemKey(segment.tableId, segment.id);
      await items.write([{ put: { ...key, revision: 0, value: segment } }]);
    },
    async currentSegments(tableId) {
      const { all, compacted } = await read(items, tableId);
      return all.filter(({ id }) => coveredAt(compacted, id) === undefined).sort(byId);
    },
    replaceSegments: (tableId, covered, by, at) => replace(items, tableId, covered, by, at),
    async coveredSegments(tableId) {
      const { all, compacted } = await read(items, tableId);
      const marked = all.flatMap((segment) => {
        const at = coveredAt(compacted, segment.id);
        return at === undefined ? [] : [{ ...segment, coveredAt: at }];
      });
      return marked.sort((a, b) => Date.parse(a.coveredAt) - Date.parse(b.coveredAt) || byId(a, b));
    },
    async forgetSegments(tableId, ids) {
      for (let start = 0; start < ids.length; start += forgottenPerTransaction) {
        await forget(items, tableId, ids.slice(start, start + forgottenPerTransaction));
      }
    },
  };
}

async function read(items: ItemStore, tableId: TableId): Promise<TableSegments> {
  const found = await items.query(segmentsPartition(tableId));
  const index = found.find(({ sort }) => sort === compactedSort);
  const compacted = (index?.value as Compacted | undefined) ?? { merged: [], covered: {} };
  const flushed = found.filter((item) => item !== index).map(({ value }) => value as Segment);
  return { all: [...flushed, ...compacted.merged], compacted, revision: index?.revision };
}

async function replace(
  items: ItemStore,
  tableId: TableId,
  ids: readonly SegmentId[],
  by: Segment,
  at: string,
): Promise<boolean> {
  for (;;) {
    const { all, compacted, revision } = await read(items, tableId);
    const known = new Set(all.map(({ id }) => id));
    if (ids.some((id) => !known.has(id) || coveredAt(compacted, id) !== undefined)) return false;
    const next: Compacted = {
      merged: [...compacted.merged, by],
      covered: { ...compacted.covered, ...Object.fromEntries(ids.map((id) => [id, at])) },
    };
    if ((await items.transact([move(tableId, next, revision)])) === undefined) return true;
  }
}

async function forget(items: ItemStore, tableId: TableId, ids: readonly SegmentId[]): Promise<void> {
  const gone = new Set<string>(ids);
  const deletes = ids.map((id): ItemWrite => ({ delete: segmentItemKey(tableId, id) }));
  for (;;) {
    const { compacted, revision } = await read(items, tableId);
    const next: Compacted = {
      merged: compacted.merged.filter(({ id }) => !gone.has(id)),
      covered: Object.fromEntries(Object.entries(compacted.covered).filter(([id]) => !gone.has(id))),
    };
    const index = revision === undefined ? unmoved(tableId) : move(tableId, next, revision);
    if ((await items.transact([index, ...deletes])) === undefined) return;
  }
}

function move(tableId: TableId, value: Compacted, revision: number | undefined): ItemWrite {
  return {
    put: { ...compactedKey(tableId), revision: (revision ?? 0) + 1, value },
    if: revision ?? 'absent',
  };
}

function unmoved(tableId: TableId): ItemWrite {
  return { check: compactedKey(tableId), if: 'absent' };
}

function coveredAt({ covered }: Compacted, id: SegmentId): string | undefined {
  return Object.hasOwn(covered, id) ? covered[id] : undefined;
}

function byId(a: Segment, b: Segment): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
