import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ArchiveId, SinkId } from '../../lambdas/domain/ids.ts';
import type { Table } from '../../lambdas/domain/table.ts';
import { type Fields, openReplays, type Replays } from '../support/open-replays.ts';

let house: Replays;
beforeAll(() => {
  house = openReplays();
});
afterAll(() => house.close());

const columns = {
  a: { type: 'int' },
  b: { type: 'int' },
  s: { type: 'stringset' },
  t: { type: 'stringset' },
} as const;
const keys = [1, 2, 3];

/**
 * A record with all fields, and sets whose members no other field has and that no null clears: what is taken back then gives
 * nothing free that an earlier record had said, which no row keeps.
 */
const record = fc.record({
  op: fc.constantFrom('put' as const, 'put' as const, 'put' as const, 'delete' as const),
  value: fc.record({
    id: fc.constantFrom(...keys),
    m: fc.integer({ min: 0, max: 9 }),
    n: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(null)),
    x: fc.subarray(['p', 'q', 'r']),
    y: fc.subarray(['u', 'v', 'w']),
  }),
});
const requests = fc.array(fc.array(record, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
const from = (...fields: string[]) => fc.option(fc.constantFrom(...fields), { nil: undefined });
const mapping: fc.Arbitrary<Fields> = fc
  .record({ a: from('m', 'n'), b: from('m', 'n'), s: from('x', 'y'), t: from('x', 'y') })
  .map((fields) => ({ _id: 'id', ...(JSON.parse(JSON.stringify(fields)) as Fields) }));

/** Rows as a reader sees them; a set that is empty and one that was never written may not be told apart. */
async function rowsOf(table: Table) {
  const rows = await house.rows(table, ...keys);
  return rows.map((row) => row?.map((value) => (Array.isArray(value) && value.length === 0 ? null : value)));
}

let database: Table | undefined;
async function newSink(fields: Fields): Promise<{ table: Table; sinkId: SinkId }> {
  // All tables stand in one database, of which a tenant has a hundred.
  database ??= (await house.newSink({})).table;
  const table = await house.tableIn(database.databaseId, columns);
  return { table, sinkId: (await house.sinkOn(table, fields)).id };
}

async function loadAll(sinkId: SinkId, sent: readonly (readonly object[])[]): Promise<void> {
  for (const records of sent) await house.loadRecords(sinkId, ...records);
}

describe('a replay', () => {
  it('under a newer mapping gives what a fresh load under it gives, whatever was replayed before, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        requests,
        fc.array(mapping, { minLength: 2, maxLength: 3 }),
        fc.nat(),
        async (sent, mappings, seed) => {
          const { table, sinkId } = await newSink(mappings[0]!);
          await loadAll(sinkId, sent);
          for (const fields of mappings.slice(1)) {
            await house.remap(sinkId, fields);
            if (seed % 2 === 0) await house.replay({ sinkId, from: 'archive' });
          }
          const ids = (await house.archived(sinkId)).map(({ id }) => id);
          for (const id of shuffled(ids, seed))
            await house.replay({ sinkId, from: 'archive', selection: { ids: [id] } });
          const fresh = await newSink(mappings.at(-1)!);
          await loadAll(fresh.sinkId, sent);
          expect(await rowsOf(table)).toEqual(await rowsOf(fresh.table));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('into another table gives what a load of it gives, also of what its consumers got twice', async () => {
    await fc.assert(
      fc.asyncProperty(requests, mapping, mapping, async (sent, first, second) => {
        const source = await newSink(first);
        await loadAll(source.sinkId, sent);
        const [target, fresh] = [await newSink(second), await newSink(second)];
        for (let i = 0; i < 2; i++) await house.replay({ sinkId: source.sinkId, into: target.sinkId, from: 'archive' });
        await loadAll(fresh.sinkId, sent);
        expect(await house.rows(target.table, ...keys)).toEqual(await house.rows(fresh.table, ...keys));
      }),
      { numRuns: 25 },
    );
  });
});

/** The same for the same seed. */
function shuffled(ids: readonly ArchiveId[], seed: number): ArchiveId[] {
  return ids.toSorted((a, b) => ((a.charCodeAt(25) * seed) % 7) - ((b.charCodeAt(25) * seed) % 7));
}
