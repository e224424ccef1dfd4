import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { archiveIdOf } from '../../../lambdas/domain/archive.ts';
import { encodeBatch } from '../../../lambdas/domain/batch.ts';
import type { SinkId, TenantId } from '../../../lambdas/domain/ids.ts';
import { metricsLateMs } from '../../../lambdas/domain/limits.ts';
import { canClose, isLateFor, minuteMs } from '../../../lambdas/domain/metrics.ts';
import { batchHeaderOf } from '../../../lambdas/domain/receipt.ts';
import type { Sink } from '../../../lambdas/domain/sink.ts';
import { buryBatch } from '../../../lambdas/use-cases/bury-batch.ts';
import { type ReadMetricsPorts, readMetrics } from '../../../lambdas/use-cases/read-metrics.ts';
import { bodyOf } from '../../support/open-pipeline.ts';
import { openReplays, type Replays } from '../../support/open-replays.ts';

const hourMs = 60 * minuteMs;
const columns = { n: { type: 'int' } } as const;

describe('the traffic of a sink', () => {
  let house: Replays;
  let sink: Sink;
  /** The minute in which the case begins; the sink is older. */
  let startMs: number;
  beforeAll(() => {
    house = openReplays();
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    ({ sink } = await house.newSink(columns));
    house.clock.advance(hourMs);
    startMs = Math.ceil(house.clock.now() / minuteMs) * minuteMs;
    house.clock.advance(startMs - house.clock.now());
  });

  const accept = async (...values: readonly unknown[]) =>
    (await house.accept(house.caller, { sinkId: sink.id, body: bodyOf(...values) })).receipt;
  const to = (ms: number) => house.clock.advance(startMs + ms - house.clock.now());
  const read = (over: Partial<ReadMetricsPorts['catalog']> = {}, fromMs = startMs, toMs = house.clock.now() + 1) =>
    readMetrics({ catalog: { ...house.ports.catalog, ...over }, clock: house.clock }, house.caller, {
      ...{ sinkId: sink.id, fromMs, toMs },
    });
  /** Requests, accepted and rejected records by minute from the start of the case on. */
  const rates = async (over: Partial<ReadMetricsPorts['catalog']> = {}) =>
    (await read(over)).points.map((point) => [
      (point.startMs - startMs) / minuteMs,
      ...[point.requests, point.accepted, point.rejected],
    ]);
  const refuseToRead = { listArchived: () => Promise.reject(new Error('the archive was read')) };
  const closed = 2 * minuteMs + metricsLateMs + 10_000;

  it('is what was accepted and refused in each minute, once it is written, and bytes of its bodies', async () => {
    await accept({ id: 1, n: 1 }, { id: 2, n: 'x' });
    await accept({ id: 1, n: 2 });
    await accept({ id: 'x' });
    expect(await rates()).toEqual([]);
    const reopenMinutes = () => Promise.reject(new Error('what is not late costs nothing'));
    await house.consume({ catalog: { ...house.ports.catalog, reopenMinutes } });
    to(2 * minuteMs + 59_999);
    await house.load(sink.id, { id: 4 });
    expect(await rates()).toEqual([
      [0, 3, 2, 2],
      [2, 1, 1, 0],
    ]);
    const sizes = [bodyOf({ id: 1, n: 1 }, { id: 2, n: 'x' }), bodyOf({ id: 1, n: 2 }), bodyOf({ id: 'x' })];
    const { points, isComplete } = await read();
    expect([points[0]?.bytes, isComplete]).toEqual([sizes.join('').length, true]);
  });

  it('is none of requests without records and of other sinks, and nobody else sees it', async () => {
    const other = (await house.newSink(columns)).sink;
    await accept();
    await house.load(other.id, { id: 1 });
    await house.consume();
    expect(await rates()).toEqual([]);
    for (const [tenantId, sinkId] of [
      ['theirs', sink.id],
      [house.caller.tenantId, 'none'],
    ] as [TenantId, SinkId][]) {
      const asked = { sinkId, fromMs: startMs, toMs: startMs + 1 };
      await expect(readMetrics(house.ports, { tenantId }, asked)).rejects.toMatchObject({ kind: 'not_found' });
    }
  });

  it('counts a batch once that is delivered twice, also where the first delivery crashed', async () => {
    await accept({ id: 1 });
    const messages = await house.ports.queue.receive({ messagesMax: 9, bytesMax: 1e9, leaseMs: 1e9 });
    const closeReceipts = () => Promise.reject(new Error('crashed'));
    const crashed = await house.write(messages, { catalog: { ...house.ports.catalog, closeReceipts } });
    expect(crashed.failed).toHaveLength(1);
    for (const _ of [1, 2]) expect((await house.write(messages)).failed).toEqual([]);
    expect(await rates()).toEqual([[0, 1, 1, 0]]);
    to(closed);
    for (const _ of [1, 2]) expect((await house.write(messages)).failed).toEqual([]);
    expect(await rates()).toEqual([[0, 1, 1, 0]]);
  });

  it('is stored once its minute is over for good, and then costs no look at the archive', async () => {
    await house.load(sink.id, { id: 1 });
    to(minuteMs + metricsLateMs + 4_999);
    expect(await rates()).toEqual([[0, 1, 1, 0]]);
    await expect(read(refuseToRead)).rejects.toThrow('archive was read');
    to(closed);
    await read();
    const only = { from: startMs, to: startMs + 2 * minuteMs };
    expect((await read(refuseToRead, only.from, only.to)).points).toMatchObject([{ startMs, requests: 1 }]);
  });

  it('is counted again when a batch comes after its minute was stored, though the first delivery crashed', async () => {
    await house.load(sink.id, { id: 1 });
    await accept({ id: 2 }, { id: 3 });
    to(closed);
    expect(await rates()).toEqual([[0, 1, 1, 0]]);
    const messages = await house.ports.queue.receive({ messagesMax: 9, bytesMax: 1e9, leaseMs: 1e9 });
    const catalog = { ...house.ports.catalog, reopenMinutes: () => Promise.reject(new Error('crashed')) };
    expect((await house.write(messages, { catalog })).failed).toHaveLength(1);
    expect(await rates()).toEqual([[0, 1, 1, 0]]);
    expect((await house.write(messages)).failed).toEqual([]);
    expect(await rates()).toEqual([[0, 2, 3, 0]]);
    expect((await read(refuseToRead, startMs, startMs + minuteMs)).points).toMatchObject([{ requests: 2 }]);
  });

  it('is counted between minutes that are stored, and they are left alone', async () => {
    await accept({ id: 1 });
    const waiting = await house.ports.queue.receive({ messagesMax: 9, bytesMax: 1e9, leaseMs: 1e9 });
    for (const minute of [1, 2]) {
      to(minute * minuteMs);
      await house.load(sink.id, { id: 1 }, { id: 2 });
    }
    to(2 * minuteMs + closed);
    await read();
    expect((await house.write(waiting)).failed).toEqual([]);
    await house.load(sink.id, { id: 3 });
    expect(await rates()).toEqual([
      [0, 1, 1, 0],
      [1, 1, 2, 0],
      [2, 1, 2, 0],
      [Math.floor((2 * minuteMs + closed) / minuteMs), 1, 1, 0],
    ]);
  });

  it('is not stored by who counted it before a batch came', async () => {
    await accept({ id: 1 });
    to(closed);
    let came = false;
    const late = {
      async listArchived(...of: Parameters<ReadMetricsPorts['catalog']['listArchived']>) {
        const entries = await house.ports.catalog.listArchived(...of);
        if (!came) await house.consume();
        came = true;
        return entries;
      },
    };
    expect(await rates(late)).toEqual([]);
    expect(await rates()).toEqual([[0, 1, 1, 0]]);
  });

  it('is the same for all who count it at once', async () => {
    for (const id of [1, 2, 3]) {
      await house.load(sink.id, { id });
      house.clock.advance(minuteMs);
    }
    to(3 * minuteMs + closed);
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => rates()));
    expect(first?.map(([, requests]) => requests)).toEqual([1, 1, 1]);
    for (const other of others) expect(other).toEqual(first);
    expect(await rates()).toEqual(first);
  });

  it('has a dead letter in it, once, also after it is written in the end', async () => {
    const { id, tenantId } = await accept({ id: 1 }, { id: 'x' });
    const [message] = await house.ports.queue.receive({ messagesMax: 9, bytesMax: 1e9, leaseMs: 1e9 });
    to(closed);
    await read();
    for (const _ of [1, 2]) await buryBatch(house.ports, { messageId: 'm', body: message!.body });
    expect(await rates()).toEqual([[0, 1, 1, 1]]);
    expect((await house.write([message!])).failed).toEqual([]);
    expect((await house.ports.catalog.findReceipt(tenantId, id))?.state).toBe('visible');
    expect(await rates()).toEqual([[0, 1, 1, 1]]);
  });

  it('has no replays in it, neither written nor dead', async () => {
    const receipt = await house.load(sink.id, { id: 1 });
    const replay = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(replay.counts).toMatchObject({ batches: 1, accepted: 1 });
    const replayed = { receiptId: receipt.id, batchId: receipt.batchId };
    const header = { ...batchHeaderOf(receipt), batchId: house.ports.ids.next<typeof receipt.batchId>(), replayed };
    const payload = { kind: 'records', body: bodyOf({ id: 1 }) } as const;
    await buryBatch(
      { ...house.ports, catalog: { ...house.ports.catalog, findReceipt: async () => undefined } },
      { messageId: 'm', body: encodeBatch({ header, payload }) },
    );
    const entry = await house.ports.catalog.findArchived(sink.tenantId, sink.id, archiveIdOf(header.batchId));
    expect(entry).toMatchObject({ ofReplay: true });
    expect((await rates()).map(([, requests]) => requests)).toEqual([1]);
  });
});

describe('a minute', () => {
  it('is closed only when whoever brings something to it knows that it is late, whichever clock is ahead', () => {
    const end = minuteMs + metricsLateMs;
    expect([isLateFor(0, end - 1), isLateFor(0, end)]).toEqual([false, true]);
    for (const skewMs of [-5_000, 0, 5_000])
      for (let now = end; now < end + 20_000; now += 500)
        if (canClose(0, now)) expect(isLateFor(0, now + skewMs)).toBe(true);
    expect(canClose(0, end + 5_000)).toBe(true);
  });
});
