import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeSqliteItemStore } from '../../lambdas/adapters/embedded/sqlite-item-store.ts';
import { makeTurnCommit } from '../../lambdas/adapters/embedded/turn-commit.ts';
import type { DatabaseId, SegmentId, SinkId, TableId } from '../../lambdas/domain/ids.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import type { ItemStore } from '../../lambdas/ports/item-store.ts';
import {
  aDatabase,
  aMapping,
  aReceipt,
  aResult,
  aSegment,
  aSink,
  aTable,
  ours,
} from '../conformance/catalog-entities.ts';
import { makeTestClock } from '../conformance/open-test-stores.ts';

const at = '2026-11-21T12:00:00.000Z';

/** A store whose calls come to be in the order that the scheduler chooses; a query is no snapshot, as on DynamoDB. */
function scheduled(items: ItemStore, s: fc.Scheduler): ItemStore {
  const query = s.scheduleFunction(items.query);
  return {
    get: s.scheduleFunction(items.get),
    transact: s.scheduleFunction(items.transact),
    write: s.scheduleFunction(items.write),
    async query(partition, options = {}) {
      if (options.limit !== undefined || options.newestFirst) return query(partition, options);
      const first = await query(partition, { ...options, limit: 2 });
      if (first.length < 2) return first;
      return [...first, ...(await query(partition, { ...options, after: first[1]!.sort }))];
    },
  };
}

/** Runs operations side by side in one order of their store calls, then looks at what is left. */
async function race(
  s: fc.Scheduler,
  prepare: (catalog: Catalog) => Promise<unknown>,
  operations: (catalog: Catalog) => readonly Promise<unknown>[],
  check: (catalog: Catalog) => Promise<void>,
): Promise<void> {
  const database = new DatabaseSync(':memory:');
  const items = makeSqliteItemStore(database, makeTurnCommit(database), makeTestClock());
  const plain = makeCatalog(items);
  await prepare(plain);
  await s.waitFor(Promise.all(operations(makeCatalog(scheduled(items, s)))));
  await check(plain);
  database.close();
}

const [d1, t1] = ['d1' as DatabaseId, 't1' as TableId];
const tables = ['t1', 't2', 't3'] as TableId[];
const sinks = ['s1', 's2'] as SinkId[];

describe('the catalog under races', () => {
  /** What may be there before. */
  const first = {
    table: (catalog: Catalog) => catalog.createTable(aTable()),
    sink: (catalog: Catalog) => catalog.createSink(aSink(), aMapping()),
  };
  /** What comes together: the same names under other ids, other names, saves and deletes. */
  const operations: Record<string, (catalog: Catalog) => Promise<unknown>> = {
    'table of that name': (catalog) => catalog.createTable(aTable({ id: 't2' })),
    'table of another name': (catalog) => catalog.createTable(aTable({ id: 't3', name: 'other' })),
    sink: (catalog) => catalog.createSink(aSink({ id: 's2' }), aMapping({ sinkId: 's2' })),
    save: (catalog) => catalog.saveDatabase(aDatabase({ shape: 'other' })).catch(() => undefined),
    'drop sink': (catalog) => catalog.deleteSink(ours, sinks[0]!, '2026-01-01T00:00:00Z'),
    'drop table': (catalog) => catalog.deleteTable(ours, t1, at),
    'drop database': (catalog) => catalog.deleteDatabase(ours, d1),
  };

  async function expectNoOrphans(catalog: Catalog): Promise<void> {
    const database = await catalog.findDatabase(ours, d1);
    const leftTables = (await Promise.all(tables.map((id) => catalog.findTable(ours, id)))).filter((table) => table);
    const leftSinks = (await Promise.all(sinks.map((id) => catalog.findSink(ours, id)))).filter((sink) => sink);
    if (leftTables.length > 0) expect(database).toBeDefined();
    if (leftSinks.length > 0) expect(leftTables).toContainEqual(expect.objectContaining({ id: t1 }));
    for (const { tableId } of await catalog.listLeftovers()) {
      expect(leftTables).not.toContainEqual(expect.objectContaining({ id: tableId }));
    }
    expect(await catalog.listTables(ours, d1)).toEqual(leftTables);
    expect(await catalog.listSinksOfTable(ours, t1)).toEqual(leftSinks);
    expect(new Set(leftTables.map((table) => table!.name)).size).toBe(leftTables.length);
    expect(leftSinks.length).toBeLessThanOrEqual(1);
  }

  it('leaves no table without its database and no sink without its table, whatever comes between', async () => {
    const chosen = fc.uniqueArray(fc.constantFrom(...Object.values(operations)), { minLength: 2 });
    const before = fc.constantFrom([], [first.table], [first.table, first.sink]);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), chosen, before, async (s, together, there) => {
        const prepare = async (catalog: Catalog) => {
          await catalog.createDatabase(aDatabase());
          for (const create of there) await create(catalog);
        };
        await race(s, prepare, (catalog) => together.map((operation) => operation(catalog)), expectNoOrphans);
      }),
      { numRuns: 200 },
    );
  });

  it('shows readers each segment’s rows once while compactions replace and forget', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.subarray(['g5', 'g6', 'g7']), async (s, added) => {
        /** What went into each segment. */
        const contents = new Map<string, readonly string[]>();
        const put = (catalog: Catalog, id: string) => {
          contents.set(id, [id]);
          return catalog.addSegment(aSegment({ id }));
        };
        const first = ['g1', 'g2', 'g3', 'g4'];
        const read = async (catalog: Catalog, known: readonly string[]) => {
          const segments = await catalog.currentSegments(t1);
          const rows = segments.flatMap(({ id }) => contents.get(id)!);
          expect(new Set(rows).size).toBe(rows.length);
          expect(rows).toEqual(expect.arrayContaining([...known]));
        };
        const compact = async (catalog: Catalog, by: string, grace: () => Promise<unknown>) => {
          const chosen = await catalog.currentSegments(t1);
          contents.set(
            by,
            chosen.flatMap(({ id }) => contents.get(id)!),
          );
          const ids = chosen.map(({ id }) => id);
          if (!(await catalog.replaceSegments(t1, ids, aSegment({ id: by }), at))) return;
          // The grace: queries that may still read the old segments end before they are forgotten.
          await grace();
          await catalog.forgetSegments(t1, ids as SegmentId[]);
        };
        await race(
          s,
          (catalog) => Promise.all(first.map((id) => put(catalog, id))),
          (catalog) => {
            const reads = [0, 1, 2].map(() => read(catalog, first));
            const grace = () => Promise.all(reads);
            const compactions = ['m1', 'm2'].map((by) => compact(catalog, by, grace));
            const later = compactions.map(async (done) => {
              await done;
              await read(catalog, first);
            });
            return [...reads, ...later, ...added.map((id) => put(catalog, id))];
          },
          (catalog) => read(catalog, [...first, ...added]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('comes to the one end of a receipt, visible whatever failed beside it, and shows each state to all readers alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const seen: (Receipt | undefined)[] = [];
        const look = async (catalog: Catalog) => {
          const receipt = await catalog.findReceipt(ours, aReceipt().id);
          if (receipt?.state !== 'queued') seen.push(receipt);
        };
        const close = async (catalog: Catalog, state: 'visible' | 'failed') => {
          await catalog.closeReceipts([{ receipt: aReceipt(), result: aResult({ state }) }]);
          await look(catalog);
        };
        await race(
          s,
          () => Promise.resolve(),
          (catalog) => [catalog.openReceipt(aReceipt()), close(catalog, 'visible'), close(catalog, 'failed')],
          async (catalog) => {
            await look(catalog);
            const states = seen.map((receipt) => receipt?.state);
            expect(states.at(-1)).toBe('visible');
            expect(states.filter((state) => state !== 'failed' && state !== 'visible')).toEqual([]);
            expect(new Set(seen.map((receipt) => JSON.stringify(receipt))).size).toBe(new Set(states).size);
            expect(await catalog.hasPending(aReceipt().sinkId)).toBe(false);
          },
        );
      }),
      { numRuns: 200 },
    );
  });
});
