import { retentionDays } from '../../domain/limits.ts';
import type { Mapping, Sink } from '../../domain/sink.ts';
import type { Table } from '../../domain/table.ts';
import { RevisionConflict, type Sinks } from '../../ports/catalog/resources.ts';
import type { ItemStore, ItemWrite } from '../../ports/item-store.ts';
import {
  mappingKey,
  mappingsPartition,
  newestSinkKey,
  sinkKey,
  sinkNameKey,
  sinkPrefix,
  tableKey,
  tenantPartition,
} from './catalog-keys.ts';
import { createChild } from './children.ts';
import { expiresAfter } from './expiry.ts';
import { entityItem, findValue, findValues, listValues, saveEntity } from './saved-entity.ts';
import { type NamedSink, sinkNamesOf } from './sink-names.ts';

/** Sinks, one item each by id, with their mappings; the items of their names lead from a table to its sinks. */
export function makeSinks(items: ItemStore): Sinks {
  return {
    createSink(sink, mapping) {
      const { id, tenantId, databaseId, tableId, name } = sink;
      const named: NamedSink = { id, tableId };
      return createChild(
        items,
        { parent: tableKey(tenantId, tableId), newestChild: newestSinkKey(tableId) },
        {
          id,
          nameItem: { ...sinkNameKey(databaseId, name), revision: 0, value: named },
          childItem: entityItem(sinkKey(tenantId, id), sink),
          more: [addition(mapping)],
        },
      );
    },
    findSink: (tenantId, id) => findValue<Sink>(items, sinkKey(tenantId, id)),
    listSinks: (tenantId) => listValues<Sink>(items, tenantPartition(tenantId), sinkPrefix),
    async listSinksOfTable(tenantId, tableId) {
      const table = await findValue<Table>(items, tableKey(tenantId, tableId));
      if (!table) return [];
      const ids = (await sinkNamesOf(items, table.databaseId, tableId)).map(({ id }) => id).sort();
      return findValues<Sink>(
        items,
        ids.map((id) => sinkKey(tenantId, id)),
      );
    },
    saveSink: (sink) => saveEntity(items, sinkKey(sink.tenantId, sink.id), sink),
    async deleteSink(tenantId, id, at) {
      const sink = await findValue<Sink>(items, sinkKey(tenantId, id));
      if (sink) {
        const { databaseId, name } = sink;
        await items.transact([
          { delete: sinkKey(tenantId, id), if: 'present' },
          { delete: sinkNameKey(databaseId, name) },
        ]);
      }
      // After the sink, so that no sink ever loses its mapping; again if an earlier delete crashed before it.
      const expiresAtSeconds = expiresAfter(at, retentionDays);
      const mappings = await items.query(mappingsPartition(id));
      await items.write(mappings.map((item) => ({ put: { ...item, expiresAtSeconds } })));
    },
    findMapping: (sinkId, revision) => findValue<Mapping>(items, mappingKey(sinkId, revision)),
    async changeMapping(sink, mapping) {
      const next = { ...sink, revision: sink.revision + 1 };
      const put = entityItem(sinkKey(sink.tenantId, sink.id), next);
      if ((await items.transact([{ put, if: sink.revision }, addition(mapping)])) === undefined) return next;
      throw new RevisionConflict(`sink ${sink.id} is no longer at revision ${sink.revision}`);
    },
  };
}

function addition(mapping: Mapping): ItemWrite {
  const key = mappingKey(mapping.sinkId, mapping.revision);
  return { put: { ...key, revision: mapping.revision, value: mapping }, if: 'absent' };
}
