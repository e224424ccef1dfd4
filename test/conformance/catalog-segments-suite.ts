import { describe, expect, it } from '@jest/globals';
import type { ArchiveId, QuarantineId, SegmentId, SinkId, TableId } from '../../lambdas/domain/ids.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { anArchiveEntry, aQuarantineEntry, aSegment, ours, theirs } from './catalog-entities.ts';

const table = 't1' as TableId;
const ids = (...all: string[]) => all as SegmentId[];
const idsOf = (segments: readonly { readonly id: string }[]) => segments.map(({ id }) => id);
const [at, later] = ['2026-11-21T12:00:00.000Z', '2026-11-21T12:05:00.000Z'] as const;

/** Segments, quarantine and archive. */
export function segmentsSuite(catalog: () => Catalog, advanceDays: (days: number) => void | Promise<void>): void {
  describe('segments', () => describeSegments(catalog));
  describe('quarantined records', () => describeQuarantine(catalog, advanceDays));
  describe('archived bodies', () => describeArchive(catalog, advanceDays));
}

function describeSegments(catalog: () => Catalog): void {
  async function withSegments(...all: string[]): Promise<void> {
    await Promise.all(all.map((id) => catalog().addSegment(aSegment({ id }))));
  }

  it('of each table, in order of id', async () => {
    await withSegments('g2', 'g1');
    await catalog().addSegment(aSegment({ id: 'g3', tableId: 't2' }));
    expect(await catalog().currentSegments(table)).toEqual([aSegment({ id: 'g1' }), aSegment({ id: 'g2' })]);
    expect(await catalog().coveredSegments(table)).toEqual([]);
    expect(await catalog().currentSegments('none' as TableId)).toEqual([]);
  });

  it('replaced by one, at once, and covered from then on', async () => {
    await withSegments('g1', 'g2', 'g3');
    const by = aSegment({ id: 'm1', rows: 20 });
    expect(await catalog().replaceSegments(table, ids('g1', 'g3'), by, at)).toBe(true);
    expect(await catalog().currentSegments(table)).toEqual([aSegment({ id: 'g2' }), by]);
    const covered = ['g1', 'g3'].map((id) => aSegment({ id, coveredAt: at }));
    expect(await catalog().coveredSegments(table)).toEqual(covered);
  });

  it.each([
    ['covered meanwhile', ids('g1', 'g3')],
    ['forgotten meanwhile', ids('g2', 'g3')],
    ['never there', ids('g3', 'none')],
  ])('not replaced when one was %s', async (_, chosen) => {
    await withSegments('g1', 'g2', 'g3');
    await catalog().replaceSegments(table, ids('g1', 'g2'), aSegment({ id: 'm1' }), at);
    await catalog().forgetSegments(table, ids('g2'));
    expect(await catalog().replaceSegments(table, chosen, aSegment({ id: 'm2' }), later)).toBe(false);
    expect(idsOf(await catalog().currentSegments(table))).toEqual(['g3', 'm1']);
    expect(idsOf(await catalog().coveredSegments(table))).toEqual(['g1']);
  });

  it('merged again and again, oldest covered first, until they are forgotten', async () => {
    await withSegments('g1', 'g2');
    await catalog().replaceSegments(table, ids('g2'), aSegment({ id: 'm1' }), at);
    await withSegments('g3');
    await catalog().replaceSegments(table, ids('m1', 'g1'), aSegment({ id: 'm2' }), later);
    expect(idsOf(await catalog().currentSegments(table))).toEqual(['g3', 'm2']);
    const covered = await catalog().coveredSegments(table);
    expect(covered.map(({ id, coveredAt }) => [id, coveredAt])).toEqual([
      ['g2', at],
      ['g1', later],
      ['m1', later],
    ]);
    await catalog().forgetSegments(table, ids('g2', 'm1', 'none'));
    expect(idsOf(await catalog().coveredSegments(table))).toEqual(['g1']);
    expect(idsOf(await catalog().currentSegments(table))).toEqual(['g3', 'm2']);
    await catalog().forgetSegments(table, []);
  });

  it('covered and forgotten by hundreds', async () => {
    const many = Array.from({ length: 250 }, (_, i) => `g${String(i).padStart(3, '0')}`);
    await withSegments(...many);
    expect(await catalog().replaceSegments(table, ids(...many), aSegment({ id: 'm1' }), at)).toBe(true);
    expect(idsOf(await catalog().currentSegments(table))).toEqual(['m1']);
    expect(idsOf(await catalog().coveredSegments(table))).toEqual(many);
    await catalog().forgetSegments(table, ids(...many));
    expect(await catalog().coveredSegments(table)).toEqual([]);
    expect(idsOf(await catalog().currentSegments(table))).toEqual(['m1']);
  });

  it('forgotten also where no compaction ever was', async () => {
    await withSegments('g1', 'g2');
    await catalog().forgetSegments(table, ids('g1'));
    expect(idsOf(await catalog().currentSegments(table))).toEqual(['g2']);
  });

  it('covered by one of many compactions that chose one of them at once', async () => {
    const places = Array.from({ length: 50 }, (_, i) => i);
    await withSegments('all', ...places.map((i) => `g${i}`));
    const ends = await Promise.all(
      places.map((i) => catalog().replaceSegments(table, ids('all', `g${i}`), aSegment({ id: `m${i}` }), at)),
    );
    expect(ends.filter((done) => done)).toHaveLength(1);
    const winner = ends.indexOf(true);
    const left = places.filter((i) => i !== winner).map((i) => `g${i}`);
    expect(idsOf(await catalog().currentSegments(table))).toEqual([...left, `m${winner}`].sort());
  });

  it('lost by none of many compactions that chose others at once', async () => {
    const places = Array.from({ length: 50 }, (_, i) => i);
    await withSegments(...places.map((i) => `g${i}`));
    const ends = await Promise.all(
      places.map((i) => catalog().replaceSegments(table, ids(`g${i}`), aSegment({ id: `m${i}` }), at)),
    );
    expect(ends).toEqual(Array(50).fill(true));
    expect(idsOf(await catalog().currentSegments(table))).toEqual(places.map((i) => `m${i}`).sort());
  });
}

type AdvanceDays = (days: number) => void | Promise<void>;

function describeQuarantine(catalog: () => Catalog, advanceDays: AdvanceDays): void {
  const sink = 's1' as SinkId;

  it('newest first, page by page, each once however often it is added, for 35 days', async () => {
    const entries = Array.from({ length: 130 }, (_, i) =>
      aQuarantineEntry({ id: `q${String(i).padStart(3, '0')}`, position: i }),
    );
    await catalog().addQuarantined([]);
    await catalog().addQuarantined(entries);
    await catalog().addQuarantined(entries.slice(3, 5));
    await catalog().addQuarantined([aQuarantineEntry({ sinkId: 's2' })]);
    const newestFirst = entries.toReversed();
    const page = await catalog().listQuarantined(sink, { limit: 100 });
    expect(page).toEqual(newestFirst.slice(0, 100));
    expect(await catalog().listQuarantined(sink, { limit: 100, after: page.at(-1)!.id })).toEqual(
      newestFirst.slice(100),
    );
    await advanceDays(34);
    expect(await catalog().listQuarantined(sink, { limit: 1 })).toHaveLength(1);
    await advanceDays(2);
    expect(await catalog().listQuarantined(sink, { limit: 1 })).toEqual([]);
  });

  it('by id within their tenant and sink', async () => {
    const entry = aQuarantineEntry();
    await catalog().addQuarantined([entry]);
    expect(await catalog().findQuarantined(ours, sink, entry.id)).toEqual(entry);
    expect(await catalog().findQuarantined(theirs, sink, entry.id)).toBeUndefined();
    expect(await catalog().findQuarantined(ours, 's2' as SinkId, entry.id)).toBeUndefined();
    expect(await catalog().findQuarantined(ours, sink, 'none' as QuarantineId)).toBeUndefined();
  });

  it('with what somebody made of them, also when they are added once more', async () => {
    const [mended, other] = [aQuarantineEntry({ edited: '{"a":1}' }), aQuarantineEntry({ id: 'q2' })];
    await catalog().addQuarantined([mended, other]);
    const again = [aQuarantineEntry({ reason: 'wrong_type' }), { ...other, message: 'again' }];
    await catalog().addQuarantined([...again, again[0]!]);
    const found = await catalog().listQuarantined(sink, { limit: 9 });
    expect(found).toEqual([again[1], { ...again[0], edited: '{"a":1}' }]);
  });

  it('changed where they are there, and only there', async () => {
    const entry = aQuarantineEntry();
    await catalog().addQuarantined([entry]);
    expect(await catalog().changeQuarantined({ ...entry, edited: '{"value":{}}' })).toBe(true);
    expect(await catalog().findQuarantined(ours, sink, entry.id)).toEqual({ ...entry, edited: '{"value":{}}' });
    expect(await catalog().changeQuarantined(aQuarantineEntry({ id: 'none' }))).toBe(false);
    expect(await catalog().findQuarantined(ours, sink, 'none' as QuarantineId)).toBeUndefined();
  });

  it('until they are taken out', async () => {
    const entries = ['q1', 'q2'].map((id) => aQuarantineEntry({ id }));
    await catalog().addQuarantined(entries);
    await catalog().removeQuarantined(sink, ['q1', 'none'] as QuarantineId[]);
    await catalog().removeQuarantined(sink, []);
    expect(await catalog().listQuarantined(sink, { limit: 9 })).toEqual(entries.slice(1));
  });
}

function describeArchive(catalog: () => Catalog, advanceDays: AdvanceDays): void {
  const sink = 's1' as SinkId;

  it('oldest first, page by page, for 35 days', async () => {
    const entries = Array.from({ length: 30 }, (_, i) => anArchiveEntry({ id: `a${10 + i}` }));
    await catalog().addArchived([]);
    await catalog().addArchived(entries.toReversed());
    await catalog().addArchived([anArchiveEntry({ sinkId: 's2' })]);
    expect(await catalog().listArchived(sink, { limit: 2 })).toEqual(entries.slice(0, 2));
    const after = 'a11' as ArchiveId;
    expect(await catalog().listArchived(sink, { limit: 100, after })).toEqual(entries.slice(2));
    expect(await catalog().listArchived(sink, { limit: 1, after: 'a115' as ArchiveId })).toEqual([entries[2]]);
    expect(await catalog().findArchived(ours, sink, 'a12' as ArchiveId)).toEqual(entries[2]);
    expect(await catalog().findArchived(theirs, sink, 'a12' as ArchiveId)).toBeUndefined();
    expect(await catalog().findArchived(ours, sink, 'none' as ArchiveId)).toBeUndefined();
    const places = [entries[3]!, anArchiveEntry({ id: 'none' }), entries[0]!];
    expect(await catalog().findArchivedOf(places)).toEqual([entries[3], undefined, entries[0]]);
    expect(await catalog().findArchivedOf([])).toEqual([]);
    await advanceDays(36);
    expect(await catalog().listArchived(sink, { limit: 2 })).toEqual([]);
  });

  it('as it was first added, until it is saved over its revision', async () => {
    const entry = anArchiveEntry();
    await catalog().addArchived([entry]);
    const applied = [...entry.applied, { revision: 2, except: [] }];
    const saved = await catalog().saveArchived({ ...entry, applied });
    expect(saved).toEqual({ ...entry, applied, revision: 1 });
    await catalog().addArchived([entry, anArchiveEntry({ id: 'a2' })]);
    expect(await catalog().findArchived(ours, sink, entry.id)).toEqual(saved);
    expect(await catalog().findArchived(ours, sink, 'a2' as ArchiveId)).toBeDefined();
    const conflict = { name: 'RevisionConflict' };
    await expect(catalog().saveArchived(entry)).rejects.toMatchObject(conflict);
    await expect(catalog().saveArchived(anArchiveEntry({ id: 'none' }))).rejects.toMatchObject(conflict);
  });
}
