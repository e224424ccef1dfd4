import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QuarantineId, SinkId } from '../../lambdas/domain/ids.ts';
import { noReplayCounts, type Replay, type ReplayCounts } from '../../lambdas/domain/replay.ts';
import type { Table } from '../../lambdas/domain/table.ts';
import { editQuarantined } from '../../lambdas/use-cases/edit-quarantined.ts';
import { Planned, startProcess } from '../property/histories/crashing-ports.ts';
import { openReplays, type Replays } from '../support/open-replays.ts';

let house: Replays;
beforeEach(() => {
  house = openReplays();
});
afterEach(() => house.close());

const columns = { n: { type: 'int' }, s: { type: 'string' }, tags: { type: 'stringset' } } as const;

interface Scene {
  readonly table: Table;
  readonly begun: Replay;
}

const scenes: Readonly<Record<string, { readonly set: () => Promise<Scene>; readonly counts: Partial<ReplayCounts> }>> =
  {
    'of archived requests under a newer mapping': {
      set: async () => {
        const { table, sink } = await house.newSink(columns);
        await house.load(sink.id, { id: 1, n: 1, m: 10, tags: ['a'] }, { id: 2, n: 'x', m: 20 });
        await house.load(sink.id, { id: 3, n: 3 }, { id: 'none' });
        await house.load(sink.id, { id: 'nor this' });
        await house.remap(sink.id, { _id: 'id', n: 'm' });
        return { table, begun: await begin(sink.id, 'archive') };
      },
      counts: { batches: 3, received: 5, accepted: 3, rejected: 2, written: 3 },
    },
    'of quarantined records, one of them mended': {
      set: async () => {
        const { table, sink } = await house.newSink(columns);
        const first = await house.load(sink.id, { id: 1, n: 'a' }, { id: 2, n: 2 }, { id: 'none', n: 'b' });
        await house.load(sink.id, { id: 3, n: 'c' }, { id: 'four' });
        const id = `${first.id}-000002` as QuarantineId;
        const mended = '{"value":{"id":2,"s":"mended","n":"b"}}';
        await house.remap(sink.id, { _id: 'id', s: 'n' });
        await editQuarantined(house.ports, house.caller, { sinkId: sink.id, id }, mended);
        return { table, begun: await begin(sink.id, 'quarantine') };
      },
      counts: { batches: 3, received: 4, accepted: 3, rejected: 1, written: 3 },
    },
  };

async function begin(sinkId: SinkId, from: Replay['from']): Promise<Replay> {
  return house.start({ sinkId, from, selection: {} });
}

/** All that a user may see of it. */
async function seen({ table, begun }: Scene) {
  await house.consume();
  const replay = await house.ports.catalog.findReplay(begun.tenantId, begun.sinkId, begun.id);
  const entries = await house.quarantined(begun.sinkId);
  return {
    state: replay!.state,
    counts: replay!.counts,
    rows: await house.rows(table, 1, 2, 3),
    quarantine: entries.map(({ position, reason, mappingRevision }) => ({ position, reason, mappingRevision })),
    applied: (await house.archived(begun.sinkId)).map(({ applied }) => applied),
  };
}

/** Goes on until the replay has ended; the key of a mended record may be held by the call that crashed. */
async function finish({ begun }: Scene): Promise<void> {
  let replay = begun;
  for (let turns = 0; replay.state === 'running'; turns++) {
    if (turns > 5) throw new Error('the replay does not end');
    const stands = await house.ports.catalog.findReplay(begun.tenantId, begun.sinkId, begun.id);
    replay = await house.advance(stands!);
    house.clock.advance(31_000);
  }
}

describe.each(Object.entries(scenes))('a replay %s', (_what, { set, counts }) => {
  it('counts what happened', async () => {
    const scene = await set();
    await finish(scene);
    expect(await seen(scene)).toMatchObject({ state: 'completed', counts: { ...noReplayCounts, ...counts } });
  });

  it.each([
    ['before it is done', false],
    ['after it is done', true],
  ])('that breaks off at any call, %s, and goes on ends as if nothing had happened', async (_when, done) => {
    const undisturbed = await set();
    await finish(undisturbed);
    const expected = await seen(undisturbed);
    let call = 0;
    for (let met = true; met; ) {
      call += 1;
      const scene = await set();
      const process = startProcess({ call, done, ends: true });
      const { catalog, intake, objects, pause } = house.ports;
      // What consumers do in a pause is no call of the process.
      const over = {
        catalog: process.port(catalog),
        intake: process.port(intake),
        objects: process.port(objects),
        pause,
      };
      await house.advance(scene.begun, 600_000, over).catch((error: unknown) => {
        if (!(error instanceof Planned)) throw error;
      });
      met = process.hasMet();
      await finish(scene);
      expect([call, await seen(scene)]).toEqual([call, expected]);
    }
    expect(call).toBeGreaterThan(12);
  });

  it('that several advance at once is counted once', async () => {
    const undisturbed = await set();
    await finish(undisturbed);
    const scene = await set();
    const replays = await Promise.all([1, 2, 3].map(() => house.advance(scene.begun)));
    // The time of one may be up while another writes.
    expect(replays.map(({ state }) => state)).toContain('completed');
    await finish(scene);
    expect(await seen(scene)).toEqual(await seen(undisturbed));
  });

  it('that is cut by its time over and over ends with the same counts', async () => {
    const undisturbed = await set();
    await finish(undisturbed);
    const scene = await set();
    let [replay, turns] = [scene.begun, 0];
    for (; replay.state === 'running'; turns++) {
      // Nobody writes while it waits.
      const pause = async (ms: number) => house.clock.advance(Math.ceil(ms));
      replay = await house.advance(replay, 50, { pause });
      if (turns % 2 === 1) await house.consume();
    }
    expect(turns).toBeGreaterThan(1);
    expect(await seen(scene)).toEqual(await seen(undisturbed));
  });
});
