import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReplayId, SinkId, TenantId } from '../../lambdas/domain/ids.ts';
import { Problem, type ProblemKind } from '../../lambdas/domain/problem.ts';
import type { Replay } from '../../lambdas/domain/replay.ts';
import { RevisionConflict } from '../../lambdas/ports/catalog/resources.ts';
import { advanceReplays } from '../../lambdas/use-cases/advance-replays.ts';
import { cancelReplay, getReplay, listReplays } from '../../lambdas/use-cases/read-replays.ts';
import { tryReplay } from '../../lambdas/use-cases/try-replay.ts';
import { bodyOf } from '../support/open-pipeline.ts';
import { openReplays, type Replays } from '../support/open-replays.ts';

let house: Replays;
beforeEach(() => {
  house = openReplays();
});
afterEach(() => house.close());

const columns = { n: { type: 'int' } } as const;

/** A sink with so many archived requests of one record, whose ids are 1 and up. */
async function archivedSink(requests: number) {
  const { table, sink } = await house.newSink(columns);
  for (let id = 1; id <= requests; id++)
    await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id, n: id, m: -id }) });
  await house.consume();
  house.clock.advance(1_000);
  await house.remap(sink.id, { _id: 'id', n: 'm' });
  return { table, sink };
}

const begin = (sinkId: SinkId, into = sinkId) => house.start({ sinkId, into, from: 'archive', selection: {} });
const standing = ({ sinkId, id: replayId }: Replay) => getReplay(house.ports, house.caller, { sinkId, replayId });

describe('a replay', () => {
  it('goes over many pages, each counted once', async () => {
    const { table, sink } = await archivedSink(205);
    const begun = await begin(sink.id);
    const cursors = new Set<string | undefined>();
    const saveReplay: typeof house.ports.catalog.saveReplay = async (replay) => {
      cursors.add(replay.cursor);
      expect(replay.pending?.length ?? 0).toBeLessThanOrEqual(100);
      return house.ports.catalog.saveReplay(replay);
    };
    const ended = await house.advance(begun, 600_000, { catalog: { ...house.ports.catalog, saveReplay } });
    expect(ended).toMatchObject({ state: 'completed', counts: { batches: 205, received: 205, written: 205 } });
    expect(ended).not.toHaveProperty('pending');
    expect(cursors.size).toBeGreaterThanOrEqual(3);
    const keys = Array.from({ length: 205 }, (_, i) => i + 1);
    expect(await house.rows(table, ...keys)).toEqual(keys.map((id) => [-id]));
  });

  it('of nothing is completed at once', async () => {
    const { sink } = await house.newSink(columns);
    for (const from of ['archive', 'quarantine'] as const) {
      const replay = await house.replay({ sinkId: sink.id, from });
      expect(replay).toMatchObject({
        state: 'completed',
        counts: { batches: 0, received: 0 },
        startedBy: 'ann@example.com',
      });
    }
    expect(await house.ports.catalog.runningReplays()).toEqual([]);
  });

  it('is not begun into a sink that takes nothing, or is not there, or is of others', async () => {
    const { sink } = await house.newSink(columns);
    await house.ports.catalog.saveSink({ ...sink, status: 'DELETING' });
    await expect(begin(sink.id)).rejects.toMatchObject({ kind: 'incorrect_state', details: { status: 'DELETING' } });
    await expect(begin(sink.id, 'none' as SinkId)).rejects.toMatchObject({ kind: 'related_not_found' });
    expect(await house.ports.catalog.listReplays(sink.id, { limit: 9 })).toEqual([]);
  });

  it('is not begun, nor tried, into another sink of the same table: the records have one place in it', async () => {
    const { table, sink } = await house.newSink(columns);
    const other = await house.sinkOn(table, { _id: 'id', n: 'm' });
    const refusal = { kind: 'incorrect_state', details: { parameter: 'into' } };
    await expect(begin(sink.id, other.id)).rejects.toMatchObject(refusal);
    const request = { sinkId: sink.id, into: other.id, from: 'archive' as const, selection: {} };
    await expect(tryReplay(house.ports, house.caller, request, house.clock.now())).rejects.toMatchObject(refusal);
    expect(await house.ports.catalog.runningReplays()).toEqual([]);
  });

  it('fails, naming why, when its target is deleted under it, and counts what it did before', async () => {
    const { sink } = await archivedSink(101);
    const target = await house.newSink(columns);
    const begun = await begin(sink.id, target.sink.id);
    let pages = 0;
    const listArchived: typeof house.ports.catalog.listArchived = async (...of) => {
      pages += 1;
      return house.ports.catalog.listArchived(...of);
    };
    const findSink: typeof house.ports.catalog.findSink = async (...of) => {
      const found = await house.ports.catalog.findSink(...of);
      return pages === 0 || !found ? found : { ...found, status: 'DELETING' };
    };
    const over = { catalog: { ...house.ports.catalog, listArchived, findSink } };
    const ended = await house.advance(begun, 600_000, over);
    expect(ended).toMatchObject({
      state: 'failed',
      counts: { batches: 100 },
      cause: expect.stringContaining('DELETING'),
    });
    expect(ended.endedAt).toBeDefined();
    expect(await house.advance(ended)).toEqual(ended);
  });

  it('fails, naming the entry, when a body is gone', async () => {
    const { sink } = await archivedSink(1);
    const [entry] = await house.archived(sink.id);
    const objects = { ...house.ports.objects, get: async () => undefined };
    const ended = await house.advance(await begin(sink.id), 600_000, { objects });
    expect(ended).toMatchObject({ state: 'failed', cause: expect.stringContaining(entry!.id) });
  });

  it.each<ProblemKind>(['over_rate', 'unavailable', 'key_in_use'])(
    'goes on later where %s stands in its way',
    async (kind) => {
      const { table, sink } = await archivedSink(1);
      const begun = await begin(sink.id);
      const take = () => Promise.reject(new Problem(kind, 'not now'));
      expect(await house.advance(begun, 600_000, { intake: { take } })).toMatchObject({ state: 'running' });
      expect(await house.rows(table, 1)).toEqual([[1]]);
      expect(await house.advance(await standing(begun))).toMatchObject({ state: 'completed', counts: { written: 1 } });
      expect(await house.rows(table, 1)).toEqual([[-1]]);
    },
  );

  it('is given up by nothing but a problem: an error leaves it as it is, and is known', async () => {
    const { sink } = await archivedSink(1);
    const begun = await begin(sink.id);
    const take = () => Promise.reject(new Error('the queue is away'));
    await expect(house.advance(begun, 600_000, { intake: { take } })).rejects.toThrow('away');
    expect(await standing(begun)).toMatchObject({ state: 'running' });
  });
});

describe('a cancelled replay', () => {
  it('sends nothing more, and what it sent is written', async () => {
    const { table, sink } = await archivedSink(101);
    const begun = await begin(sink.id);
    const { sinkId, id: replayId } = begun;
    const pause = async (ms: number) => {
      await cancelReplay(house.ports, house.caller, { sinkId, replayId });
      house.clock.advance(Math.ceil(ms));
      await house.consume();
    };
    const ended = await house.advance(begun, 600_000, { pause });
    expect(ended).toMatchObject({ state: 'cancelled', counts: { batches: 0 } });
    expect(await house.rows(table, 1, 100, 101)).toEqual([[-1], [-100], [101]]);
    expect(await cancelReplay(house.ports, house.caller, { sinkId, replayId })).toEqual(ended);
    expect(await house.ports.catalog.runningReplays()).toEqual([]);
  });

  it('stays so when it was to fail at the same moment', async () => {
    const { sink } = await archivedSink(1);
    const begun = await begin(sink.id);
    const { sinkId, id: replayId } = begun;
    let cancels = 0;
    const saveReplay: typeof house.ports.catalog.saveReplay = async (replay) => {
      if (replay.state === 'failed' && cancels++ === 0)
        await cancelReplay(house.ports, house.caller, { sinkId, replayId });
      return house.ports.catalog.saveReplay(replay);
    };
    const objects = { ...house.ports.objects, get: async () => undefined };
    const over = { objects, catalog: { ...house.ports.catalog, saveReplay } };
    expect(await house.advance(begun, 600_000, over)).toMatchObject({ state: 'cancelled' });
  });

  it('is cancelled also while another saves it, and is none of others', async () => {
    const { sink } = await archivedSink(1);
    const { id: replayId } = await begin(sink.id);
    const place = { sinkId: sink.id, replayId };
    let losses = 0;
    const saveReplay: typeof house.ports.catalog.saveReplay = async (replay) => {
      if (losses++ < 2) throw new RevisionConflict('somebody was faster');
      return house.ports.catalog.saveReplay(replay);
    };
    const catalog = { ...house.ports.catalog, saveReplay };
    const stranger = { tenantId: 'theirs' as TenantId };
    await expect(cancelReplay({ ...house.ports, catalog }, stranger, place)).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await cancelReplay({ ...house.ports, catalog }, house.caller, place)).toMatchObject({ state: 'cancelled' });
    expect(losses).toBe(3);
    expect(await listReplays(house.ports, stranger, { sinkId: sink.id, limit: 9 })).toEqual({ replays: [] });
    expect((await listReplays(house.ports, house.caller, { sinkId: sink.id, limit: 9 })).replays).toHaveLength(1);
    const none = getReplay(house.ports, house.caller, { ...place, replayId: 'none' as ReplayId });
    await expect(none).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('replays that run', () => {
  it('all have their turns, and one that breaks holds up no other', async () => {
    const [good, bad] = [await archivedSink(1), await archivedSink(1)];
    const broken = await begin(bad.sink.id);
    const replay = await begin(good.sink.id);
    const listArchived: typeof house.ports.catalog.listArchived = async (sinkId, options) => {
      if (sinkId === bad.sink.id) throw new Error('no answer');
      return house.ports.catalog.listArchived(sinkId, options);
    };
    const ports = { ...house.ports, catalog: { ...house.ports.catalog, listArchived } };
    const result = await advanceReplays(ports, house.clock.now() + 600_000);
    expect(result.ended).toMatchObject([{ id: replay.id, state: 'completed' }]);
    expect(result.broken).toMatchObject([{ replay: { id: broken.id }, cause: { message: 'no answer' } }]);
    expect((await house.ports.catalog.runningReplays()).map(({ id }) => id)).toEqual([broken.id]);
    expect(await advanceReplays(house.ports, house.clock.now() + 600_000)).toMatchObject({
      ended: [{ id: broken.id }],
      broken: [],
    });
  });

  it('and cannot go on for now are asked again at distances, until the time is up', async () => {
    const { sink } = await archivedSink(1);
    await begin(sink.id);
    let tries = 0;
    const take = async () => {
      tries += 1;
      throw new Problem('over_rate', 'not now');
    };
    const result = await advanceReplays({ ...house.ports, intake: { take } }, house.clock.now() + 60_000);
    expect(result).toEqual({ ended: [], broken: [] });
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThanOrEqual(61);
    expect(await advanceReplays(house.ports, house.clock.now() + 60_000)).toMatchObject({
      ended: [{ state: 'completed' }],
    });
  });

  it('are looked for no more once the time is up', async () => {
    const { sink } = await archivedSink(1);
    await begin(sink.id);
    expect(await advanceReplays(house.ports, house.clock.now())).toEqual({ ended: [], broken: [] });
    await advanceReplays(house.ports, house.clock.now() + 60_000);
  });
});
