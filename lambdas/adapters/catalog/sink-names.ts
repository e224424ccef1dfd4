import type { DatabaseId, SinkId, TableId } from '../../domain/ids.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import { databasePartition, sinkNamePrefix } from './catalog-keys.ts';

/** What the item of a sink's name holds. */
export interface NamedSink {
  readonly id: SinkId;
  readonly tableId: TableId;
}

/** Names and ids of the sinks of one table, by name. */
export async function sinkNamesOf(
  items: ItemStore,
  databaseId: DatabaseId,
  tableId: TableId,
): Promise<{ readonly name: string; readonly id: SinkId }[]> {
  const named = await items.query(databasePartition(databaseId), { prefix: sinkNamePrefix });
  return named.flatMap(({ sort, value }) => {
    const sink = value as NamedSink;
    return sink.tableId === tableId ? [{ name: sort.slice(sinkNamePrefix.length), id: sink.id }] : [];
  });
}
