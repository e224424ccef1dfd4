import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchLeases, BatchQueues, LeasedMessage } from '../../lambdas/ports/batch-queue.ts';

export interface BatchQueueHarness {
  readonly queues: BatchQueues;
  /** Leases of one message before it is a dead letter. */
  readonly receivesMax: number;
  nowMs(): number;
  advance(ms: number): void | Promise<void>;
  close(): Promise<void>;
}

/** Leases that last this long, and waits a little longer: whole seconds, which every queue can do. */
const leaseMs = 2_000;
const afterLeaseMs = 3_000;
const all = { messagesMax: 1_000, bytesMax: 1_000_000_000, leaseMs };

const bodies = (messages: readonly LeasedMessage[]) => messages.map(({ body }) => body);
const handles = (messages: readonly LeasedMessage[]) => messages.map(({ handle }) => handle);
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** What every pair of queue and dead-letter queue must do. */
export function batchQueueSuite(name: string, open: () => Promise<BatchQueueHarness>): void {
  describeQueue(`${name} keeps batches`, open, [describeMessages, describeLeases, describeDeadLetters]);
}

/** What a queue of one process can do besides: it knows the order, and leases each message to one at a time. */
export function orderedQueueSuite(name: string, open: () => Promise<BatchQueueHarness>): void {
  describeQueue(`${name} keeps batches in order`, open, [describeOrder, describeShares, describeExactLeases]);
}

function describeQueue(
  name: string,
  open: () => Promise<BatchQueueHarness>,
  parts: readonly ((harness: () => BatchQueueHarness) => void)[],
): void {
  describe(name, () => {
    let harness: BatchQueueHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());
    for (const part of parts) part(() => harness);
  });
}

function describeMessages(harness: () => BatchQueueHarness): void {
  it('gives a message with what is known of it', async () => {
    const { queues, nowMs } = harness();
    expect(await queues.queue.receive(all)).toEqual([]);
    const sentFromMs = nowMs();
    await queues.queue.send('sink1', 'body');
    const [message, ...none] = await queues.queue.receive(all);
    expect(none).toEqual([]);
    expect(message).toMatchObject({ group: 'sink1', body: 'body', receives: 1 });
    expect(message!.messageId).not.toBe('');
    expect(message!.sentAtMs).toBeGreaterThanOrEqual(sentFromMs);
    expect(message!.sentAtMs).toBeLessThanOrEqual(nowMs());
  });

  it.each([
    ['lines and escapes', '{"a":"\\n"}\n{"b":\t"\\u0000"}'],
    ['any text', 'snow ☃ and 𝄞'],
    ['characters that XML lacks', '{"a":"\ufffe\uffff\u007f"}'],
    ['200,000 bytes', 'é'.repeat(100_000)],
  ])('carries a body unchanged: %s', async (_, body) => {
    const { queue } = harness().queues;
    await queue.send('sink1', body);
    expect(bodies(await queue.receive(all))).toEqual([body]);
  });

  it('loses nothing among concurrent senders and receivers, and gives nothing that nobody sent', async () => {
    const { queue } = harness().queues;
    const sent = numbered('m', 200);
    const received = await sendAndTake(harness(), sent);
    expect([...new Set(received)].sort()).toEqual(sent.toSorted());
    expect(await queue.depth()).toBe(0);
  });

  it.each([
    [250, 2],
    [50, 1],
    [0, 1],
  ])('leases about as many bytes as asked for, at least one message: %d', async (bytesMax, expected) => {
    const { queue } = harness().queues;
    for (let i = 0; i < 4; i += 1) await queue.send('sink1', '100 bytes'.padEnd(100));
    expect(await queue.receive({ ...all, bytesMax })).toHaveLength(expected);
  });
}

/** Sends while three receivers take and acknowledge, until all is received. @returns bodies as they came */
async function sendAndTake({ queues: { queue } }: BatchQueueHarness, sent: readonly string[]): Promise<string[]> {
  const received: string[] = [];
  const take = async (): Promise<void> => {
    while (new Set(received).size < sent.length) {
      const messages = await queue.receive({ ...all, messagesMax: 7 });
      received.push(...bodies(messages));
      await queue.acknowledge(handles(messages));
    }
  };
  await Promise.all([...sent.map((body, i) => queue.send(`sink${i % 3}`, body)), take(), take(), take()]);
  return received;
}

function describeLeases(harness: () => BatchQueueHarness): void {
  it('hides a leased message until its lease runs out, then gives it again', async () => {
    const { queues, advance } = harness();
    await queues.queue.send('sink1', 'body');
    const [first] = await queues.queue.receive(all);
    expect(await queues.queue.receive(all)).toEqual([]);
    expect(await queues.queue.depth()).toBe(1);
    await advance(afterLeaseMs);
    const [again] = await queues.queue.receive(all);
    expect(again).toEqual({ ...first, handle: expect.any(String), receives: 2 });
    expect(again!.handle).not.toBe(first!.handle);
  });

  it('deletes what is acknowledged, also after the lease ran out', async () => {
    const { queues, advance } = harness();
    for (const body of ['a', 'b', 'c']) await queues.queue.send('sink1', body);
    const leased = await queues.queue.receive(all);
    await queues.queue.acknowledge(handles(leased.slice(0, 2)));
    expect(await queues.queue.depth()).toBe(1);
    await advance(afterLeaseMs);
    await queues.queue.acknowledge(handles(leased));
    await queues.queue.acknowledge([]);
    expect(await queues.queue.depth()).toBe(0);
    expect(await queues.queue.receive(all)).toEqual([]);
  });

  it('gives released messages again, after the delay', async () => {
    const { queues, advance } = harness();
    for (const body of ['now', 'later']) await queues.queue.send('sink1', body);
    const [now, later] = await queues.queue.receive(all);
    await queues.queue.release([later!.handle], 10_000);
    await queues.queue.release([now!.handle], 0);
    const again = await queues.queue.receive(all);
    expect(again.map(({ body, receives }) => [body, receives])).toEqual([['now', 2]]);
    await queues.queue.acknowledge(handles(again));
    await advance(8_000);
    expect(await queues.queue.receive(all)).toEqual([]);
    await advance(3_000);
    expect(bodies(await queues.queue.receive(all))).toEqual(['later']);
  });
}

function describeOrder(harness: () => BatchQueueHarness): void {
  it('gives the messages of a group in the order sent', async () => {
    const { queue } = harness().queues;
    for (const body of numbered('m', 5)) await queue.send('sink1', body);
    expect(bodies(await queue.receive({ ...all, messagesMax: 3 }))).toEqual(['m0', 'm1', 'm2']);
    expect(bodies(await queue.receive(all))).toEqual(['m3', 'm4']);
  });

  it('doubles nothing among concurrent senders and receivers', async () => {
    const sent = numbered('m', 200);
    expect((await sendAndTake(harness(), sent)).sort()).toEqual(sent.toSorted());
  });
}

function describeShares(harness: () => BatchQueueHarness): void {
  it('lets no busy group hold up the others', async () => {
    const { queue } = harness().queues;
    for (const body of numbered('busy', 60)) await queue.send('busy', body);
    for (const group of ['quiet1', 'quiet2']) await queue.send(group, group);
    const leased = await queue.receive({ ...all, messagesMax: 10 });
    expect(leased).toHaveLength(10);
    expect(bodies(leased)).toEqual(expect.arrayContaining(['quiet1', 'quiet2', 'busy0']));
    expect(bodies(await queue.receive(all))).toEqual(numbered('busy', 60).slice(8));
  });

  it('serves every group soon where there are more groups than fit', async () => {
    const { queue } = harness().queues;
    const groups = numbered('g', 12);
    await Promise.all(groups.flatMap((group) => numbered(group, 9).map((body) => queue.send(group, body))));
    const served = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const leased = await queue.receive({ ...all, messagesMax: 5 });
      for (const { group } of leased) served.add(group);
    }
    expect(served.size).toBe(12);
  });
}

function describeDeadLetters(harness: () => BatchQueueHarness): void {
  it('moves a message to the dead letters when its last lease ran out', async () => {
    const { queues, receivesMax } = harness();
    await queues.queue.send('sink1', 'poison');
    await fail(harness(), queues.queue, receivesMax - 1);
    await queues.queue.send('sink1', 'good');
    const last = (await queues.queue.receive(all)).toSorted((a, b) => b.receives - a.receives);
    expect(last.map(({ body, receives }) => [body, receives])).toEqual([
      ['poison', receivesMax],
      ['good', 1],
    ]);
    await queues.queue.release(handles(last), 0);
    expect(await queues.deadLetters.receive(all)).toEqual([]);
    expect(bodies(await queues.queue.receive(all))).toEqual(['good']);
    expect(await Promise.all([queues.queue.depth(), queues.deadLetters.depth()])).toEqual([1, 1]);
    const [dead] = await queues.deadLetters.receive(all);
    const { messageId, sentAtMs } = last[0]!;
    expect(dead).toMatchObject({ messageId, sentAtMs, group: 'sink1', body: 'poison' });
  });

  it('keeps a dead letter until it is acknowledged, however often it is leased', async () => {
    const { queues, receivesMax } = harness();
    await queues.queue.send('sink1', 'poison');
    await fail(harness(), queues.queue, receivesMax);
    expect(await queues.queue.receive(all)).toEqual([]);
    await fail(harness(), queues.deadLetters, receivesMax + 2);
    const dead = await queues.deadLetters.receive(all);
    expect(bodies(dead)).toEqual(['poison']);
    await queues.queue.acknowledge(handles(dead));
    expect(await queues.deadLetters.depth()).toBe(1);
    await queues.deadLetters.acknowledge(handles(dead));
    expect(await queues.deadLetters.depth()).toBe(0);
  });
}

/** Leases all that waits and lets the leases run out, so many times. */
async function fail({ advance }: BatchQueueHarness, leases: BatchLeases, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await leases.receive(all);
    await advance(afterLeaseMs);
  }
}

function describeExactLeases(harness: () => BatchQueueHarness): void {
  it('ignores handles of leases that were given again', async () => {
    const { queues, advance } = harness();
    await queues.queue.send('sink1', 'body');
    const first = await queues.queue.receive(all);
    await advance(afterLeaseMs);
    const second = await queues.queue.receive(all);
    await queues.queue.acknowledge(handles(first));
    await queues.queue.release(handles(first), 0);
    expect(await queues.queue.receive(all)).toEqual([]);
    expect(await queues.queue.depth()).toBe(1);
    await queues.queue.acknowledge(handles(second));
    expect(await queues.queue.depth()).toBe(0);
  });

  it('counts the leases of a dead letter from 1', async () => {
    const { queues, receivesMax } = harness();
    await queues.queue.send('sink1', 'poison');
    await fail(harness(), queues.queue, receivesMax);
    expect(await queues.queue.receive(all)).toEqual([]);
    for (const receives of [1, 2]) {
      expect(await queues.deadLetters.receive(all)).toMatchObject([{ body: 'poison', receives }]);
      await harness().advance(afterLeaseMs);
    }
  });
}
