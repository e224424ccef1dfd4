import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../../lambdas/adapters/catalog/catalog.ts';
import { ulidSource } from '../../../lambdas/adapters/system/ulid-source.ts';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import type { ColumnId, SegmentId, TableId, TenantId } from '../../../lambdas/domain/ids.ts';
import {
  compactionBytesMax,
  compactionMsMin,
  compactionSegmentsMin,
  leftoverAgeMs,
  sweepAgeMs,
} from '../../../lambdas/domain/limits.ts';
import { segmentKey } from '../../../lambdas/domain/segment.ts';
import { makeCompactHandler } from '../../../lambdas/handlers/compact/handler.ts';
import { lambdaContext } from '../../../lambdas/host/lambda-context.ts';
import type { Catalog } from '../../../lambdas/ports/catalog/catalog.ts';
import { allTables } from '../../../lambdas/use-cases/all-tables.ts';
import { type CompactAllPorts, compactAll } from '../../../lambdas/use-cases/compact-tables.ts';
import { sweepDeletedTables, sweepSegments } from '../../../lambdas/use-cases/sweep-segments.ts';
import { aDatabase, aTable, aTenant } from '../../conformance/catalog-entities.ts';
import { openTestStores, type TestStores } from '../../conformance/open-test-stores.ts';
import { makeMemoryObjects } from '../../support/memory-objects.ts';

const [one, two] = ['tenant1', 'tenant2'] as [TenantId, TenantId];
const table = (id: string) => id as TableId;
const late = { deadlineMs: Number.POSITIVE_INFINITY };

let places: TestStores;
let objects: ReturnType<typeof makeMemoryObjects>;
let catalog: Catalog;
let ports: CompactAllPorts;
/** Tables in the order that they were merged. */
let merged: string[];

beforeEach(async () => {
  places = openTestStores();
  objects = makeMemoryObjects(places.clock);
  merged = [];
  catalog = makeCatalog(places.stores.items);
  ports = {
    catalog,
    objects,
    rowStore: { drop: async () => undefined },
    clock: places.clock,
    ids: ulidSource,
    segmentFiles: {
      write: async () => ({ rows: 0, bytes: 0, columns: {}, body: new Uint8Array() }),
      async merge({ id }) {
        merged.push(id);
        if (id === 'broken') throw new Error('a file is broken');
        return { rows: 1, bytes: 1, columns: {}, body: new Uint8Array(1) };
      },
    },
  };
  await catalog.createTenant(aTenant({ id: one }));
  await catalog.createTenant(aTenant({ id: two }));
  for (const [tenantId, id] of [
    [one, 'd1'],
    [one, 'd2'],
    [two, 'd3'],
  ] as const)
    await catalog.createDatabase(aDatabase({ tenantId, id, name: id }));
  for (const [tenantId, databaseId, id] of [
    [one, 'd1', 'a'],
    [one, 'd1', 'broken'],
    [one, 'd2', 'c'],
    [two, 'd3', 'd'],
  ] as const)
    await catalog.createTable(aTable({ tenantId, databaseId, id, name: id }));
});
afterEach(() => places.close());

/** Stores the file of a segment, and registers it unless told otherwise. */
async function addSegment(tenantId: TenantId, tableId: TableId, id: string, { isNamed = true, bytes = 10 } = {}) {
  const rowsKey = segmentKey(tenantId, tableId, id as SegmentId);
  await objects.putIfAbsent(rowsKey, new Uint8Array(1));
  const stats = { rows: 1, bytes, columns: {}, createdAt: '' };
  if (isNamed) await catalog.addSegment({ id: id as SegmentId, tableId, rowsKey, ...stats });
  return rowsKey;
}

async function fill(tenantId: TenantId, tableId: TableId): Promise<void> {
  for (let i = 0; i < compactionSegmentsMin; i++) await addSegment(tenantId, tableId, `${tableId}-s${i}`);
}

describe('all tables', () => {
  it('are walked tenant by tenant', async () => {
    const found = await Array.fromAsync(allTables(catalog));
    expect(found).toEqual([
      { tenantId: one, tableId: 'a' },
      { tenantId: one, tableId: 'broken' },
      { tenantId: one, tableId: 'c' },
      { tenantId: two, tableId: 'd' },
    ]);
  });

  it('are compacted when they are due; one that fails does not stop the others', async () => {
    for (const id of ['a', 'broken']) await fill(one, table(id));
    await fill(two, table('d'));
    const report = await compactAll(ports, late);
    expect(report).toEqual({
      merged: [
        { tenantId: one, tableId: 'a', segments: compactionSegmentsMin },
        { tenantId: two, tableId: 'd', segments: compactionSegmentsMin },
      ],
      failed: [{ tenantId: one, tableId: 'broken', cause: new Error('a file is broken') }],
      unfinished: [],
      isComplete: true,
    });
    expect(merged).toEqual(['a', 'broken', 'd']);
    expect(await catalog.currentSegments(table('d'))).toHaveLength(1);
    expect(await catalog.currentSegments(table('broken'))).toHaveLength(compactionSegmentsMin);
  });

  it('are not begun when time is short, and are found by the next run', async () => {
    for (const id of ['a', 'c']) await fill(one, table(id));
    const slow: CompactAllPorts = {
      ...ports,
      segmentFiles: {
        ...ports.segmentFiles,
        merge: (shape, segments) => {
          places.clock.advance(1_000);
          return ports.segmentFiles.merge(shape, segments);
        },
      },
    };
    const deadlineMs = places.clock.now() + compactionMsMin;
    expect(await compactAll(slow, { deadlineMs })).toMatchObject({ merged: [{ tableId: 'a' }], isComplete: false });
    expect(await compactAll(slow, late)).toMatchObject({ merged: [{ tableId: 'c' }], isComplete: true });
  });

  it('are merged without the time views that are over by then', async () => {
    const type: ColumnType = { type: 'idsetq', quantum: 'YMDH', ttl: '24h' };
    const columns = [{ id: 'c1' as ColumnId, name: 'ids', type }];
    await catalog.createTable(aTable({ tenantId: one, databaseId: 'd1', id: 'timed', name: 'timed', columns }));
    await fill(one, table('timed'));
    const given: unknown[] = [];
    const merge: CompactAllPorts['segmentFiles']['merge'] = (shape, segments, oldest) => {
      given.push(oldest);
      return ports.segmentFiles.merge(shape, segments);
    };
    await compactAll({ ...ports, segmentFiles: { ...ports.segmentFiles, merge } }, late);
    const dayBefore = new Date(places.clock.now() - 24 * 3_600_000).toISOString();
    expect(given).toEqual([{ c1: dayBefore.slice(0, 13) }]);
  });

  it('merge no more bytes than the place can hold', async () => {
    const bytes = Math.floor(compactionBytesMax / 10);
    const fillLarge = async (id: string) => {
      for (let i = 0; i < compactionSegmentsMin; i++) await addSegment(one, table(id), `${id}-s${i}`, { bytes });
    };
    await fillLarge('a');
    expect(await compactAll(ports, late)).toMatchObject({ merged: [{ tableId: 'a', segments: 10 }] });
    await fillLarge('c');
    const inPlace = { ...ports, compactionBytesMax: Number.POSITIVE_INFINITY };
    const report = await compactAll(inPlace, late);
    expect(report).toMatchObject({ merged: [{ tableId: 'c', segments: compactionSegmentsMin }] });
  });
});

describe('segment files that nothing names', () => {
  it('go after a day, and no others', async () => {
    const named = await addSegment(one, table('a'), 's1');
    const covered = await addSegment(one, table('a'), 's2');
    const orphan = await addSegment(one, table('a'), 's3', { isNamed: false });
    const other = await addSegment(one, table('c'), 's4', { isNamed: false });
    const by = await addSegment(one, table('a'), 's5', { isNamed: false });
    const segment = (await catalog.currentSegments(table('a'))).find(({ id }) => id === 's2')!;
    const merged5 = { ...segment, id: 's5' as SegmentId, rowsKey: by };
    await catalog.replaceSegments(table('a'), [segment.id], merged5, '2026-11-21T12:00:00Z');
    const place = { tenantId: one, tableId: table('a') };

    expect(await sweepSegments(ports, place)).toBe(0);
    places.clock.advance(sweepAgeMs + 1);
    const young = await addSegment(one, table('a'), 's6', { isNamed: false });
    expect(await sweepSegments(ports, place)).toBe(1);
    expect(objects.keys()).toEqual([named, covered, by, young, other].sort());
    expect(objects.keys()).not.toContain(orphan);
  });

  it('stay when a flush registers its file just now, however old that is', async () => {
    const late = await addSegment(one, table('a'), 's1', { isNamed: false });
    places.clock.advance(sweepAgeMs + 1);
    const listing = {
      ...ports,
      objects: {
        ...objects,
        async *list(prefix: string) {
          yield* objects.list(prefix);
          const stats = { rows: 1, bytes: 1, columns: {}, createdAt: '' };
          await catalog.addSegment({ id: 's1' as SegmentId, tableId: table('a'), rowsKey: late, ...stats });
        },
      },
    };
    expect(await sweepSegments(listing, { tenantId: one, tableId: table('a') })).toBe(0);
    expect(objects.keys()).toEqual([late]);
  });

  it('are looked for when their table was compacted', async () => {
    await addSegment(one, table('a'), 'orphan-1', { isNamed: false });
    await addSegment(one, table('c'), 'orphan-2', { isNamed: false });
    places.clock.advance(sweepAgeMs + 1);
    await fill(one, table('a'));
    await compactAll(ports, late);
    expect(objects.keys().filter((key) => key.includes('orphan'))).toEqual([expect.stringContaining('orphan-2')]);
  });

  it('go with the tables that they were of, when that is asked for', async () => {
    const gone = await addSegment(one, table('gone'), 's1');
    const half = await addSegment(one, table('gone'), 's2', { isNamed: false });
    const kept = await addSegment(one, table('a'), 's3', { isNamed: false });
    const theirs = await addSegment(two, table('gone'), 's4');
    places.clock.advance(sweepAgeMs + 1);
    const young = await addSegment(one, table('gone'), 's5', { isNamed: false });
    await compactAll(ports, late);
    expect(objects.keys()).toEqual([gone, half, kept, theirs, young].sort());
    expect(await sweepDeletedTables(ports, one)).toBe(2);
    expect(objects.keys()).toEqual([kept, theirs, young].sort());
    expect(await catalog.currentSegments(table('gone'))).toEqual([expect.objectContaining({ id: 's4' })]);
    await compactAll(ports, { ...late, deletedTables: true });
    expect(objects.keys()).toEqual([kept, young].sort());
  });
});

describe('the compact function', () => {
  const logged: [string, unknown][] = [];
  const run = (event: object, remainingMs = 900_000) => {
    logged.length = 0;
    const handler = makeCompactHandler(ports, (code, fields) => void logged.push([code, fields]));
    return handler(event, { ...lambdaContext('compact'), getRemainingTimeInMillis: () => remainingMs });
  };
  /** As EventBridge sends it. */
  const scheduled = {
    version: '0',
    id: 'e1',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: '2026-11-21T12:00:00Z',
    resources: [],
    detail: {},
  };

  it('compacts the tables that an event names', async () => {
    await fill(one, table('a'));
    const tables = [
      { tenantId: one, tableId: table('a') },
      { tenantId: one, tableId: table('c') },
    ];
    expect(await run({ tables })).toEqual({ merged: [compactionSegmentsMin, 0] });
    expect(merged).toEqual(['a']);
    await fill(one, table('broken'));
    await expect(run({ tables: [{ tenantId: one, tableId: table('broken') }] })).rejects.toThrow('a file is broken');
  });

  it('compacts all that are due on a schedule', async () => {
    await fill(one, table('a'));
    await fill(two, table('d'));
    expect(await run(scheduled)).toEqual({ merged: [compactionSegmentsMin, compactionSegmentsMin] });
    expect(await run(scheduled)).toEqual({ merged: [] });
  });

  it('fails once the others are done, and says why', async () => {
    await fill(one, table('broken'));
    await fill(two, table('d'));
    await expect(run(scheduled)).rejects.toThrow('1 tables could not be compacted');
    expect(merged).toEqual(['broken', 'd']);
    const failure = { tenantId: one, tableId: 'broken', cause: 'Error: a file is broken' };
    expect(logged).toEqual([['compaction_failed', expect.objectContaining(failure)]]);
  });

  it('removes what deletes of tables left, and says which it could not remove once the rest is done', async () => {
    const dropped: string[] = [];
    const drop = async (id: TableId) => {
      if (id === 'd') throw new Error('the store is in use');
      dropped.push(id);
    };
    ports = { ...ports, rowStore: { drop } };
    for (const [tenantId, id] of [
      [two, 'd'],
      [one, 'c'],
    ] as const)
      await catalog.deleteTable(tenantId, table(id), new Date(places.clock.now()).toISOString());
    places.clock.advance(leftoverAgeMs + 1);
    await fill(one, table('a'));
    await expect(run(scheduled)).rejects.toThrow('1 deleted tables could not be removed');
    expect([dropped, merged]).toEqual([['c'], ['a']]);
    const failure = { tenantId: two, tableId: 'd', cause: 'Error: the store is in use' };
    expect(logged).toEqual([['table_delete_failed', expect.objectContaining(failure)]]);
    expect(await catalog.listLeftovers()).toMatchObject([{ tableId: 'd' }]);
  });

  it('says when its time was too short', async () => {
    await fill(one, table('a'));
    expect(await run(scheduled, compactionMsMin - 1)).toEqual({ merged: [] });
    expect(logged).toEqual([['compaction_out_of_time', { merged: 0 }]]);
  });
});
