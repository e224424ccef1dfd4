import { describe, expect, it } from '@jest/globals';
import { encodeTime } from 'ulid';
import type { ArchiveEntry } from '../../../lambdas/domain/archive.ts';
import { recordsPerRequestMax } from '../../../lambdas/domain/limits.ts';
import type { QuarantineEntry } from '../../../lambdas/domain/quarantine.ts';
import type { ReplaySelection, ReplaySource } from '../../../lambdas/domain/replay.ts';
import { nextVersion } from '../../../lambdas/domain/version.ts';
import { quarantineId } from '../../../lambdas/ports/catalog/segments.ts';
import { replaySources, type StoredPage } from '../../../lambdas/use-cases/replay-sources.ts';
import { anArchiveEntry, aQuarantineEntry, ours, theirs } from '../../conformance/catalog-entities.ts';

const noon = Date.parse('2026-11-24T12:00:00.000Z');
const minuteMs = 60_000;
const sinkId = 's1' as ArchiveEntry['sinkId'];
const at = (minutes: number) => new Date(noon + minutes * minuteMs).toISOString();
/** An id of a time, so many minutes from noon. */
const idAt = (minutes: number, n = 0) => `${encodeTime(noon + minutes * minuteMs, 10)}${String(n).padStart(16, '0')}`;
const versionAt = (minutes: number) => nextVersion({ ms: 0, counter: 0 }, noon + minutes * minuteMs, 1, 1).version;

/** A catalog with these entries, in the order of its port, and what was asked of it. */
function source(archived: readonly ArchiveEntry[], quarantined: readonly QuarantineEntry[] = []) {
  const asked: string[] = [];
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const catalog: Parameters<typeof replaySources>[0]['catalog'] = {
    findArchived: async (tenantId, sink, id) =>
      archived.find((one) => one.tenantId === tenantId && one.sinkId === sink && one.id === id),
    async listArchived(sink, { limit, after = '' }) {
      asked.push(after);
      return archived
        .filter((one) => one.sinkId === sink && one.id > after)
        .sort(byId)
        .slice(0, limit);
    },
    findQuarantined: async (tenantId, sink, id) =>
      quarantined.find((one) => one.tenantId === tenantId && one.sinkId === sink && one.id === id),
    async listQuarantined(sink, { limit, after = '~' }) {
      asked.push(after);
      return quarantined
        .filter((one) => one.sinkId === sink && one.id < after)
        .sort(byId)
        .reverse()
        .slice(0, limit);
    },
  };
  const objects = {
    get: async (key: string) => (key === 'gone' ? undefined : new TextEncoder().encode(`body of ${key}`)),
  };
  const read = replaySources({ catalog, objects });
  return {
    asked,
    async pages(from: ReplaySource, selection: ReplaySelection = {}): Promise<StoredPage[]> {
      const pages: StoredPage[] = [];
      let cursor: string | undefined;
      do {
        if (pages.length > 50) throw new Error('it has no end');
        pages.push(await read[from]({ tenantId: ours, sinkId, selection }, cursor));
        cursor = pages.at(-1)!.cursor;
      } while (cursor !== undefined);
      return pages;
    },
  };
}

const sizes = (pages: readonly StoredPage[]) => pages.map(({ batches }) => batches.length);
const receipts = (pages: readonly StoredPage[]) =>
  pages.flatMap(({ batches }) => batches.map(({ receiptId }) => receiptId));

describe('the archive as a source', () => {
  const entry = (minutes: number, more: Parameters<typeof anArchiveEntry>[0] = {}) =>
    anArchiveEntry({
      id: idAt(minutes),
      receiptId: `r${minutes}`,
      objectKey: `o${minutes}`,
      acceptedAt: at(minutes),
      version: versionAt(minutes),
      ...more,
    });
  const many = (count: number, more: Parameters<typeof anArchiveEntry>[0] = {}) =>
    Array.from({ length: count }, (_, i) => entry(0, { id: idAt(0, i), receiptId: `r${i}`, ...more }));

  it('gives whole requests in order of acceptance, with what they were given then', async () => {
    const [page] = await source([entry(2), entry(1)]).pages('archive');
    expect(page).toEqual({
      batches: [1, 2].map((minutes) => ({
        ...{
          receiptId: `r${minutes}`,
          batchId: idAt(minutes),
          version: versionAt(minutes),
          body: `body of o${minutes}`,
        },
      })),
      edited: [],
      cursor: undefined,
    });
  });

  it.each([
    [0, [0]],
    [1, [1]],
    [99, [99]],
    [100, [100, 0]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('gives %i requests in pages of %j', async (count, expected) => {
    const pages = await source(many(count)).pages('archive');
    expect(sizes(pages)).toEqual(expected);
    expect(receipts(pages)).toEqual(Array.from({ length: count }, (_, i) => `r${i}`));
  });

  it('ends a page once its bodies have more bytes than fit, and begins the next where it ended', async () => {
    const pages = await source(many(7, { bytes: 3_000_000 })).pages('archive');
    expect(sizes(pages)).toEqual([3, 3, 1]);
    expect(receipts(pages)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
    const ids = many(7)
      .map(({ id }) => id)
      .reverse();
    const chosen = await source(many(7, { bytes: 3_000_000 })).pages('archive', { ids });
    expect([sizes(chosen), receipts(chosen)]).toEqual([[3, 3, 1], receipts(pages)]);
  });

  it.each<[string, ReplaySelection, readonly string[]]>([
    ['all', {}, ['r-90', 'r-10', 'r0', 'r10', 'r90']],
    ['from', { acceptedFrom: at(0) }, ['r0', 'r10', 'r90']],
    ['to', { acceptedTo: at(10) }, ['r-90', 'r-10', 'r0']],
    ['a window', { acceptedFrom: at(-10), acceptedTo: at(10) }, ['r-10', 'r0']],
    ['a receipt', { receiptId: 'r10' as never }, ['r10']],
    ['a receipt outside of the window', { receiptId: 'r90' as never, acceptedTo: at(0) }, []],
    ['ids', { ids: [idAt(90), 'none', idAt(-10)] }, ['r-10', 'r90']],
    ['ids in a window', { ids: [idAt(90), idAt(-10)], acceptedTo: at(0) }, ['r-10']],
  ])('chooses by %s', async (_how, selection, expected) => {
    const entries = [-90, -10, 0, 10, 90].map((minutes) => entry(minutes));
    expect(receipts(await source(entries).pages('archive', selection))).toEqual(expected);
  });

  it('begins near the window and ends after it', async () => {
    const entries = [
      ...many(100),
      entry(-300),
      entry(300),
      ...many(100).map((one, i) => ({ ...one, id: idAt(200, i) as typeof one.id })),
    ];
    const { asked, pages } = source(entries);
    expect(receipts(await pages('archive', { acceptedFrom: at(-1), acceptedTo: at(1) }))).toHaveLength(200);
    expect(asked[0]! > idAt(-300)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('finds what was accepted by a clock that was off from that of its ids', async () => {
    const entries = [entry(0, { id: idAt(50), receiptId: 'late' }), entry(0, { id: idAt(-50), receiptId: 'early' })];
    const selection = { acceptedFrom: at(0), acceptedTo: at(1) };
    expect(receipts(await source(entries).pages('archive', selection))).toEqual(['early', 'late']);
  });

  it('leaves out dead letters of replays, whose requests stand beside them, and entries of others', async () => {
    const entries = [
      entry(0, { ofReplay: true }),
      entry(1, { tenantId: theirs }),
      entry(2),
      entry(3, { sinkId: 's2' }),
    ];
    expect(receipts(await source(entries).pages('archive'))).toEqual(['r2']);
    const ids = entries.map(({ id }) => id);
    expect(receipts(await source(entries).pages('archive', { ids }))).toEqual(['r2']);
  });

  it('says which body is gone', async () => {
    const pages = source([entry(0, { objectKey: 'gone' })]).pages('archive');
    await expect(pages).rejects.toMatchObject({ kind: 'incorrect_state', message: expect.stringContaining(idAt(0)) });
  });
});

describe('the quarantine as a source', () => {
  const receiptAt = (minutes: number, n = 0) => idAt(minutes, n) as QuarantineEntry['receiptId'];
  /** Refused records of one request, at these positions. */
  function request(
    receiptId: QuarantineEntry['receiptId'],
    positions: readonly number[],
    more: Parameters<typeof aQuarantineEntry>[0] = {},
  ) {
    return positions.map((position) =>
      aQuarantineEntry({
        id: quarantineId(receiptId, position),
        receiptId,
        position,
        record: `{"value":{"id":${position}}}`,
        version: versionAt(0),
        ...more,
      }),
    );
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

  it('gives the records of a request together, in their order and with their places', async () => {
    const [early, late] = [receiptAt(0), receiptAt(1)];
    const entries = [...request(early, [10, 2]), ...request(late, [7], { version: versionAt(1), batchId: 'b2' })];
    expect(await source([], entries).pages('quarantine')).toEqual([
      {
        batches: [
          {
            receiptId: late,
            batchId: 'b2',
            version: versionAt(1),
            body: '{"records":[{"value":{"id":7}}]}',
            positions: [7],
          },
          {
            receiptId: early,
            batchId: 'b1',
            version: versionAt(0),
            body: '{"records":[{"value":{"id":2}},{"value":{"id":10}}]}',
            positions: [2, 10],
          },
        ],
        edited: [],
        cursor: undefined,
      },
    ]);
  });

  it.each([
    [[1_000], [1]],
    [
      [999, 1, 1],
      [2, 1],
    ],
    [
      [600, 600, 600],
      [1, 1, 1],
    ],
    [
      [1_000, 1_000, 1],
      [1, 1, 1],
    ],
    [
      [1, 1_000],
      [1, 1],
    ],
    [Array(1_500).fill(1), [1_000, 500]],
  ])('never gives a request in part: requests of %j records', async (counts, expected) => {
    const entries = (counts as number[]).flatMap((count, i) => request(receiptAt(0, 5_000 - i), upTo(count)));
    const pages = await source([], entries).pages('quarantine');
    expect(sizes(pages)).toEqual(expected);
    const given = pages.flatMap(({ batches }) => batches.map(({ positions }) => positions!.length));
    expect(given).toEqual(counts);
    expect(recordsPerRequestMax).toBe(1_000);
  });

  it.each<[string, ReplaySelection, number]>([
    ['all', {}, 5],
    ['reason', { reason: 'wrong_type' }, 2],
    ['receipt', { receiptId: receiptAt(0) }, 2],
    ['receipt and reason', { receiptId: receiptAt(0), reason: 'wrong_type' }, 1],
    ['time', { acceptedFrom: at(-1), acceptedTo: at(1) }, 2],
    ['time of the newest', { acceptedFrom: at(1) }, 1],
    ['time of the oldest', { acceptedTo: at(0) }, 2],
    ['ids', { ids: [quarantineId(receiptAt(90), 0), quarantineId(receiptAt(0), 1), 'none'] }, 2],
  ])('chooses by %s', async (_how, selection, expected) => {
    const entries = [
      ...request(receiptAt(-90), [0], { version: versionAt(-90), reason: 'wrong_type' }),
      ...request(receiptAt(-90), [1], { version: versionAt(-90), reason: 'out_of_range' }),
      ...request(receiptAt(0), [0], { reason: 'wrong_type' }),
      ...request(receiptAt(0), [1], { reason: 'invalid_key' }),
      ...request(receiptAt(90), [0], { version: versionAt(90), reason: 'out_of_range' }),
    ];
    const pages = await source([], entries).pages('quarantine', selection);
    expect(pages.flatMap(({ batches }) => batches.flatMap(({ positions }) => positions!))).toHaveLength(expected);
  });

  it('finds by its time what a replay from another sink brought later, under a receipt of its own', async () => {
    const replayed = `${receiptAt(600)}.b7` as QuarantineEntry['receiptId'];
    const entries = request(replayed, [3], { version: versionAt(0) });
    const pages = await source([], entries).pages('quarantine', { acceptedFrom: at(-1), acceptedTo: at(1) });
    expect(receipts(pages)).toEqual([replayed]);
  });

  it('gives what somebody mended apart, and nothing of others', async () => {
    const [mended] = request(receiptAt(0), [4], { edited: '{"value":{}}' });
    const entries = [mended!, ...request(receiptAt(0), [5]), ...request(receiptAt(1), [0], { tenantId: theirs })];
    const [page] = await source([], entries).pages('quarantine');
    expect(page!.edited).toEqual([mended]);
    expect(page!.batches.map(({ positions }) => positions)).toEqual([[5]]);
  });
});
