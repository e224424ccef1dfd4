import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { Caller } from '../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { Database } from '../../lambdas/domain/database.ts';
import type { BatchId, ReceiptId, TenantId, UserId } from '../../lambdas/domain/ids.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import type { Sink } from '../../lambdas/domain/sink.ts';
import type { Table } from '../../lambdas/domain/table.ts';
import { pause } from '../../lambdas/http/pause.ts';
import { createDatabase } from '../../lambdas/use-cases/create-database.ts';
import { createSink, type SinkRequest } from '../../lambdas/use-cases/create-sink.ts';
import { createTable } from '../../lambdas/use-cases/create-table.ts';
import { newSigningKeys } from './new-signing-key.ts';
import { makeScriptedRowStore } from './scripted-row-store.ts';

/** Where the clocks of these tests start. */
export const startMs = Date.parse('2026-01-02T03:04:05Z');

/** Use cases of the control plane over the embedded stores in a folder of their own, with a row store that obeys. */
export async function openControlPlane() {
  const directory = await mkdtemp(join(tmpdir(), 'headgate-control-'));
  const clock = { ms: startMs, now: () => clock.ms };
  const stores = openEmbeddedStores(directory, { clock, ids: ulidSource });
  const rowStore = makeScriptedRowStore();
  const ports = {
    catalog: makeCatalog(stores.items),
    rowStore,
    objects: stores.objects,
    keys: newSigningKeys(),
    clock,
    ids: ulidSource,
    pause,
  };
  let made = 0;
  return {
    ports,
    clock,
    rowStore,
    async close(): Promise<void> {
      await stores.close();
      await rm(directory, { recursive: true, force: true });
    },
    /** Somebody of a tenant that owns nothing yet. */
    newCaller(): Caller {
      const tenantId = ulidSource.next<TenantId>();
      return { tenantId, userId: ulidSource.next<UserId>(), email: 'ann@example.com', role: 'User' };
    },
    newDatabase: (caller: Caller): Promise<Database> => {
      made += 1;
      return createDatabase(ports, caller, { name: `db${made}` });
    },
    /** A table with these columns, named by numbers; `undecided`: as /v1 makes it. */
    newTable: (
      caller: Caller,
      { id: databaseId }: Database,
      columns: Readonly<Record<string, ColumnType>> = {},
      keyType: 'id' | 'string' | 'undecided' = 'id',
    ): Promise<Table> => {
      made += 1;
      return createTable(ports, caller, {
        databaseId,
        name: `table${made}`,
        description: '',
        ...(keyType === 'undecided' ? {} : { keyType }),
        trackExistence: true,
        columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
      });
    },
    /** A sink that maps `_id`, and what else is asked for. */
    newSink: (caller: Caller, table: Table, request: Partial<SinkRequest> = {}): Promise<Sink> => {
      made += 1;
      return createSink(ports, caller, {
        databaseId: table.databaseId,
        tableName: table.name,
        name: `sink${made}`,
        schema: {},
        key: { kind: 'mapped' },
        items: [{ name: '_id', path: ['id'] }],
        allowMissingFields: true,
        createColumns: false,
        ...request,
      });
    },
    /** What a batch under way leaves in the catalog. */
    queuedReceipt: (sink: Sink): Receipt => ({
      id: ulidSource.next<ReceiptId>(),
      tenantId: sink.tenantId,
      databaseId: sink.databaseId,
      tableId: sink.tableId,
      sinkId: sink.id,
      batchId: ulidSource.next<BatchId>(),
      version: '0'.repeat(14),
      mappingRevision: sink.mappingRevision,
      state: 'queued',
      received: 1,
      accepted: 1,
      rejected: 0,
      dropped: 0,
      exceptions: [],
      queuedAt: new Date(clock.ms).toISOString(),
    }),
  };
}

export type ControlPlane = Awaited<ReturnType<typeof openControlPlane>>;
