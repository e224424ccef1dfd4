import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeReplayHandler } from '../../lambdas/handlers/replay/handler.ts';
import { lambdaContext } from '../../lambdas/host/lambda-context.ts';
import { startReplayer } from '../../lambdas/host/replayer.ts';
import { getReplay } from '../../lambdas/use-cases/read-replays.ts';
import { openReplays, type Replays } from '../support/open-replays.ts';
import { waitUntil } from '../support/wait-until.ts';

let house: Replays;
beforeEach(() => {
  house = openReplays();
});
afterEach(() => house.close());

/** A replay of one request, that waits to be gone on with. */
async function begun() {
  const { table, sink } = await house.newSink({ n: { type: 'int' } });
  await house.load(sink.id, { id: 1, n: 1, m: 2 });
  await house.remap(sink.id, { _id: 'id', n: 'm' });
  const replay = await house.start({ sinkId: sink.id, from: 'archive', selection: {} });
  return { table, sink, replay };
}

describe('the replay function', () => {
  it('goes on with what runs, and says how many have ended', async () => {
    const { table } = await begun();
    await begun();
    const handle = makeReplayHandler(house.ports, () => {});
    expect(await handle({}, lambdaContext('replay', 60_000))).toEqual({ ended: 2 });
    expect(await house.rows(table, 1)).toEqual([[2]]);
    expect(await handle({}, lambdaContext('replay', 60_000))).toEqual({ ended: 0 });
  });

  it('keeps time to end in, and begins nothing in it', async () => {
    const { table } = await begun();
    const handle = makeReplayHandler(house.ports, () => {});
    expect(await handle({}, lambdaContext('replay', 4_000))).toEqual({ ended: 0 });
    expect(await house.rows(table, 1)).toEqual([[1]]);
  });

  it('fails, and has logged which and why without a record, where one broke', async () => {
    const { sink, replay } = await begun();
    const { table } = await begun();
    const listArchived: typeof house.ports.catalog.listArchived = async (sinkId, options) => {
      if (sinkId === sink.id) throw new TypeError('no answer');
      return house.ports.catalog.listArchived(sinkId, options);
    };
    const logged: [string, unknown][] = [];
    const ports = { ...house.ports, catalog: { ...house.ports.catalog, listArchived } };
    const handle = makeReplayHandler(ports, (code, fields) => void logged.push([code, fields]));
    await expect(handle({}, lambdaContext('replay', 60_000))).rejects.toThrow('1 replays broke off');
    expect(logged).toMatchObject([['replay_failed', { replayId: replay.id, sinkId: sink.id }]]);
    expect(JSON.stringify(logged)).not.toContain('"value"');
    expect(await house.rows(table, 1)).toEqual([[2]]);
  });
});

describe('the replayer of the embedded host', () => {
  it('finishes what a crash left, and stops between two pages', async () => {
    const { table, replay } = await begun();
    // Its function's time is that of the machine.
    const ports = { ...house.ports, clock: { now: () => Date.now() } };
    const replayer = startReplayer(ports);
    const { sinkId, id: replayId } = replay;
    await waitUntil('the replay has ended', async () => {
      const { state } = await getReplay(house.ports, house.caller, { sinkId, replayId });
      return state === 'completed' || undefined;
    });
    await replayer.stop();
    expect(await house.rows(table, 1)).toEqual([[2]]);
  });
});
