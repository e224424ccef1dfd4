import { DatabaseSync } from 'node:sqlite';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeSqliteItemStore } from '../../lambdas/adapters/embedded/sqlite-item-store.ts';
import { makeTurnCommit } from '../../lambdas/adapters/embedded/turn-commit.ts';
import { type Batch, decodeBatch, encodeBatch } from '../../lambdas/domain/batch.ts';
import type { Caller } from '../../lambdas/domain/caller.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { mergeRows, visibleRow } from '../../lambdas/domain/merge.ts';
import { receiptOfBatch } from '../../lambdas/domain/receipt.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Mapping } from '../../lambdas/domain/sink.ts';
import { nextVersion, type VersionClock } from '../../lambdas/domain/version.ts';
import type { AcceptPorts } from '../../lambdas/use-cases/accept-batch.ts';
import { makeCompiledMappings } from '../../lambdas/use-cases/compiled-mappings.ts';
import { exceptionsOfBatch, mapBatch } from '../../lambdas/use-cases/map-batch.ts';
import { aDatabase, aMapping, aResult, aSink, aTable, ours } from '../conformance/catalog-entities.ts';
import { makeTestClock } from '../conformance/open-test-stores.ts';

export const ourCaller = { tenantId: ours, userId: 'user1', email: 'a@example.com', role: 'User' } as Caller;

/** Maps `_id` from `id` and the column `n` from `n`. */
export const numbersMapping = aMapping({
  items: [{ columnId: 'c1' as ColumnId, name: 'n', path: ['n'], type: { type: 'int' } }],
});

/**
 * Accept and write without threads and files: the real catalog over SQLite in memory, a list in the place of the queue,
 * and rows in a map. The sink `s1` maps whole numbers. Who pauses moves the clock.
 */
export async function openAcceptPlace(mapping: Mapping = numbersMapping) {
  const clock = makeTestClock();
  const database = new DatabaseSync(':memory:');
  const catalog = makeCatalog(makeSqliteItemStore(database, makeTurnCommit(database), clock));
  const queue: string[] = [];
  const rows = new Map<RowKey, RowState>();
  const table = aTable();
  const loadMapping = makeCompiledMappings(catalog);
  await catalog.createDatabase(aDatabase());
  await catalog.createTable(table);
  await catalog.createSink(aSink(), mapping);

  const enqueue = (batch: Batch) => queue.push(encodeBatch(batch));
  let ids = 0;
  const positions = new Map<number, VersionClock>();

  /** What one instance accepts with; its queue comes before its receipt, as with SQS. */
  function ports(instance = 0): AcceptPorts {
    return {
      catalog,
      clock,
      pause: async (ms) => clock.advance(ms),
      ids: { next: <T extends string>() => `id${ids++}` as T },
      versions: {
        issue: (records) => {
          const position = positions.get(instance) ?? { ms: 0, counter: 0 };
          const next = nextVersion(position, clock.now(), instance, records);
          positions.set(instance, next.clock);
          return next.version;
        },
      },
      intake: {
        take: async (receipt, batch) => {
          enqueue(batch);
          await catalog.openReceipt(receipt);
        },
      },
    };
  }

  return {
    clock,
    catalog,
    queue,
    enqueue,
    ports,
    /** The batches that were sent, as they are in the queue. */
    headers: () => queue.map((message) => decodeBatch(message).header),
    /** Writes one batch and makes its receipt visible. */
    async write(message: string): Promise<void> {
      const batch = decodeBatch(message);
      const { header } = batch;
      const loaded = (await loadMapping(header.sinkId, header.mappingRevision))!;
      const mapped = await mapBatch(batch, loaded, table, { get: async () => undefined });
      for (const row of mapped.rows) {
        const standing = rows.get(row.key);
        rows.set(row.key, standing ? mergeRows(standing, row) : row);
      }
      const receipt = receiptOfBatch(header, exceptionsOfBatch(mapped));
      const result = aResult({ receiptId: receipt.id, written: mapped.rows.length, superseded: 0 });
      await catalog.closeReceipts([{ receipt, result }]);
    },
    /** What readers see, by key. */
    visibleRows: () => [...rows.values()].map((row) => visibleRow(row, table.columns)).sort(byKey),
    /** All receipts there are. */
    receipts: () =>
      database
        .prepare("SELECT value FROM items WHERE sort = 'receipt'")
        .all()
        .map(({ value }) => JSON.parse(String(value))),
    close: () => database.close(),
  };
}

function byKey(a: ReturnType<typeof visibleRow>, b: ReturnType<typeof visibleRow>): number {
  return String(a?.key) < String(b?.key) ? -1 : 1;
}
export type AcceptPlace = Awaited<ReturnType<typeof openAcceptPlace>>;
