import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeDuckDbSegmentFiles } from '../../lambdas/adapters/duckdb/segment-files.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { makeTurnIntake } from '../../lambdas/adapters/embedded/turn-intake.ts';
import { systemClock } from '../../lambdas/adapters/system/system-clock.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { Caller } from '../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { TenantId, UserId } from '../../lambdas/domain/ids.ts';
import { visibleRow } from '../../lambdas/domain/merge.ts';
import type { RowKey } from '../../lambdas/domain/row.ts';
import { shapeOf, type Table } from '../../lambdas/domain/table.ts';
import { pause } from '../../lambdas/http/pause.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { IdSource } from '../../lambdas/ports/id-source.ts';
import { makeAcceptBatch } from '../../lambdas/use-cases/accept-batch.ts';
import { createDatabase } from '../../lambdas/use-cases/create-database.ts';
import { createSink } from '../../lambdas/use-cases/create-sink.ts';
import { createTable } from '../../lambdas/use-cases/create-table.ts';
import { makeWriteBatches, type QueuedMessage, type WritePorts } from '../../lambdas/use-cases/write-batch.ts';

/** Accept and write over the embedded adapters in a folder of their own, below `parent`; a test drives the queue by hand. */
export function openPipeline({
  clock = systemClock,
  ids = ulidSource,
  parent = tmpdir(),
}: {
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly parent?: string;
} = {}) {
  const directory = mkdtempSync(join(parent, 'headgate-pipeline-'));
  const stores = openEmbeddedStores(directory, { clock, ids });
  const rowStore = makeSqliteRowStore(join(directory, 'rows'));
  const segmentFiles = makeDuckDbSegmentFiles({
    readObject: (key) => stores.objects.get(key),
    temporaryDirectory: directory,
    threads: 1,
  });
  const catalog = makeCatalog(stores.items);
  const ports = {
    catalog,
    rowStore,
    segmentFiles,
    objects: stores.objects,
    queue: stores.queues.queue,
    intake: makeTurnIntake(stores.queues.queue, catalog),
    versions: stores.versions,
    clock,
    ids,
    pause,
  };
  const caller: Caller = {
    tenantId: ulidSource.next<TenantId>(),
    userId: ulidSource.next<UserId>(),
    email: 'ann@example.com',
    role: 'User',
  };
  const accept = makeAcceptBatch(ports);
  return {
    ports,
    caller,
    accept,
    /**
     * A table keyed by id, and a sink that maps `_id` from `id` and every column from its own name.
     * @param versionField given: the table's records bring whole numbers as their versions, in this field
     */
    async newSink(columns: Readonly<Record<string, ColumnType>>, allowMissingFields = true, versionField?: string) {
      const name = ulidSource.next<string>().toLowerCase();
      const { id: databaseId } = await createDatabase(ports, caller, { name: `d${name}`, shape: '8GB' });
      const table = await createTable(ports, caller, {
        databaseId,
        name: 't',
        description: '',
        keyType: 'id',
        trackExistence: true,
        ...(versionField !== undefined && { version: 'number' as const }),
        columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
      });
      const items = ['_id', ...Object.keys(columns)].map((item) => ({
        name: item,
        path: [item === '_id' ? 'id' : item],
      }));
      if (versionField !== undefined) items.push({ name: '_version', path: [versionField] });
      const sink = await createSink(ports, caller, {
        databaseId,
        tableName: 't',
        name: 's',
        schema: {},
        key: { kind: 'mapped' },
        items,
        allowMissingFields,
        createColumns: false,
      });
      return { table, sink };
    },
    /** Leases all that waits, in SQS's words. */
    async take() {
      return stores.queues.queue.receive({ messagesMax: 1_000, bytesMax: 1e9, leaseMs: 60_000 });
    },
    write: (messages: readonly QueuedMessage[], overrides: Partial<WritePorts> = {}, deadlineMs?: number) =>
      makeWriteBatches({ ...ports, ...overrides })(messages, deadlineMs === undefined ? {} : { deadlineMs }),
    async row(table: Table, key: RowKey) {
      const [state] = await rowStore.get(shapeOf(table), [key]);
      return state && visibleRow(state, table.columns);
    },
    async close(): Promise<void> {
      rowStore.close();
      await stores.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const bodyOf = (...values: readonly unknown[]) =>
  JSON.stringify({ records: values.map((value) => ({ value })) });
