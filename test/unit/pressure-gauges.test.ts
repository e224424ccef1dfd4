import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeDiskGauge } from '../../lambdas/adapters/embedded/disk-gauge.ts';
import { makeQueueGauge } from '../../lambdas/adapters/embedded/queue-gauge.ts';
import type { TableId } from '../../lambdas/domain/ids.ts';
import { refuseSegments, slowMsMax, slowSegments } from '../../lambdas/domain/limits.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import { segmentDelayMs } from '../../lambdas/domain/segment-pressure.ts';
import { makeSegmentGauge } from '../../lambdas/use-cases/segment-gauge.ts';
import { aSegment } from '../conformance/catalog-entities.ts';
import { makeTestClock, openTestStores, type TestStores } from '../conformance/open-test-stores.ts';

const megabyte = 1_048_576;
const tableId = 't1' as TableId;

describe('the gauge of the disk', () => {
  const clock = makeTestClock();
  let room = { freeMegabytes: 0, megabytes: 0 };
  let looks = 0;
  const statfs = () => {
    looks += 1;
    return { bsize: megabyte, blocks: room.megabytes, bavail: room.freeMegabytes };
  };
  const open = () => makeDiskGauge({ directory: '/data', clock, statfs });

  it.each([
    ['a large one', 1_000_000, 256],
    ['a small one', 1_000, 50],
    ['a tiny one', 64, 16],
  ])('keeps a reserve of %s, and half of it for what is queued', (_name, megabytes, reserve) => {
    const gauge = open();
    const at = (freeMegabytes: number) => {
      room = { megabytes, freeMegabytes };
      clock.advance(1_000);
      return [gauge.check()?.kind, gauge.isHeld()];
    };
    expect(at(reserve)).toEqual([undefined, false]);
    expect(at(reserve - 1)).toEqual(['refuse', false]);
    expect(at(reserve / 2 - 1)).toEqual(['refuse', true]);
    expect(at(reserve)).toEqual([undefined, false]);
  });

  it('looks once a second, and again when a write found no room; then it refuses for a while', () => {
    room = { megabytes: 1_000, freeMegabytes: 900 };
    const gauge = open();
    looks = 0;
    for (let i = 0; i < 50; i += 1) gauge.check();
    expect(looks).toBe(1);
    gauge.failed();
    expect(gauge.check()).toMatchObject({ kind: 'refuse', cause: expect.stringContaining('900 MB free') });
    expect(looks).toBe(2);
    clock.advance(4_999);
    expect(gauge.check()?.kind).toBe('refuse');
    clock.advance(1);
    expect(gauge.check()).toBeUndefined();
    gauge.failed();
    clock.advance(-60_000);
    expect(gauge.check()).toBeUndefined();
  });
});

describe('the gauge of the queue', () => {
  let place: TestStores;
  beforeEach(() => {
    place = openTestStores();
  });
  afterEach(() => place.close());
  const check = async (gauge: ReturnType<typeof makeQueueGauge>) => {
    place.clock.advance(1_000);
    return gauge.check();
  };

  it('refuses while a message waits a quarter of an hour for its first try, and not for one that is tried', async () => {
    const { queues } = place.stores;
    const gauge = makeQueueGauge({ queues, clock: place.clock });
    await queues.queue.send('s1', 'one');
    expect(await check(gauge)).toBeUndefined();
    place.clock.advance(900_000);
    expect(await check(gauge)).toMatchObject({ kind: 'refuse', cause: expect.stringMatching(/waited 90\d s/) });
    const [message] = await queues.queue.receive({ messagesMax: 1, bytesMax: 1_000, leaseMs: 1_000 });
    expect(await check(gauge)).toBeUndefined();
    await queues.queue.release([message!.handle], 0);
    place.clock.advance(900_000);
    expect(await check(gauge)).toBeUndefined();
  });

  it('counts from its start: what waited while nothing ran is not late', async () => {
    await place.stores.queues.queue.send('s1', 'one');
    place.clock.advance(86_400_000);
    const { queues } = await place.reopen();
    const gauge = makeQueueGauge({ queues, clock: place.clock });
    expect(await check(gauge)).toBeUndefined();
    place.clock.advance(900_000);
    expect((await check(gauge))?.kind).toBe('refuse');
  });

  it('refuses a queue that is too deep', async () => {
    let depth = 199_999;
    const queues = {
      queue: { ...place.stores.queues.queue, depth: async () => depth },
      oldestUntriedMs: () => undefined,
    };
    const gauge = makeQueueGauge({ queues, clock: place.clock });
    expect(await check(gauge)).toBeUndefined();
    depth += 1;
    expect(await check(gauge)).toMatchObject({ kind: 'refuse', cause: expect.stringContaining('200000 batches') });
  });
});

describe('the gauge of segments', () => {
  it.each([
    [0, 0],
    [slowSegments - 1, 0],
    [slowSegments, slowMsMax / (refuseSegments - slowSegments)],
    [refuseSegments - 1, slowMsMax],
  ])('at %d makes requests wait %d ms', (segments, ms) => {
    expect(segmentDelayMs(segments)).toBe(Math.round(ms));
  });

  it('waits longer with each, refuses before 200, and reads a count once for all requests of a moment', async () => {
    const clock = makeTestClock();
    let segments: Segment[] = [];
    let reads = 0;
    const currentSegments = async () => {
      reads += 1;
      return segments;
    };
    const gauge = makeSegmentGauge({ catalog: { currentSegments }, clock, ageMs: 2_000 });
    const at = async (count: number) => {
      segments = Array.from({ length: count }, () => aSegment());
      clock.advance(2_000);
      return gauge.check(tableId);
    };
    expect(await at(100)).toBeUndefined();
    await Promise.all(Array.from({ length: 50 }, () => gauge.check(tableId)));
    expect(reads).toBe(1);
    const delays = [];
    for (const count of [128, 150, 191]) delays.push(await at(count));
    expect(delays).toEqual([31, 719, 2_000].map((delayMs) => ({ kind: 'slow', delayMs })));
    expect(await at(192)).toMatchObject({ kind: 'refuse', cause: expect.stringContaining('192 segments') });
    expect(await at(5)).toBeUndefined();
  });

  it('slows nothing where the count cannot be read', async () => {
    const catalog = { currentSegments: () => Promise.reject(new Error('throttled')) };
    const gauge = makeSegmentGauge({ catalog, clock: makeTestClock(), ageMs: 2_000 });
    expect(await gauge.check(tableId)).toBeUndefined();
  });
});
