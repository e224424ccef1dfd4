import { afterEach, describe, expect, it } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { makeDeadLettersHandler } from '../../lambdas/handlers/dead-letters/handler.ts';
import { type Consumer, startConsumer } from '../../lambdas/host/consumer.ts';
import type { WriteWorker } from '../../lambdas/host/write-workers.ts';
import type { BatchLeases, LeasedMessage } from '../../lambdas/ports/batch-queue.ts';

/** A queue that notes what is done with its messages and lets a test wait for it. */
function scriptedQueue(batches: LeasedMessage[][]) {
  const done: string[] = [];
  const watchers: (() => void)[] = [];
  const note = (fact: string) => {
    done.push(fact);
    for (const watcher of watchers.splice(0)) watcher();
  };
  const queue: BatchLeases = {
    receive: async () => batches.shift() ?? [],
    acknowledge: async (handles) => note(`acknowledged ${handles.join(' ')}`.trim()),
    release: async (handles, delayMs) => note(`released ${handles.join(' ')} for ${delayMs}`),
    depth: async () => 0,
  };
  const facts = async (count: number) => {
    while (done.length < count) await new Promise<void>((resolve) => watchers.push(resolve));
    return [...done];
  };
  return { queue, facts };
}

const message = (name: string, receives = 1): LeasedMessage => ({
  messageId: name,
  handle: `h-${name}`,
  group: 'sink',
  body: 'not a batch',
  receives,
  sentAtMs: 0,
});

const failing = (names: readonly string[]): WriteWorker => ({
  run: async <T>() => ({ batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })) }) as T,
  stop: async () => {},
});

const burying = (objects: Map<string, Uint8Array>) =>
  makeDeadLettersHandler(
    {
      catalog: {
        findReceipt: async () => undefined,
        findArchived: async () => undefined,
        saveArchived: async (entry) => entry,
        addArchived: async () => {},
        reopenMinutes: async () => {},
        addQuarantined: async () => {},
        removeQuarantined: async () => {},
        closeReceipts: async () => {},
      },
      objects: {
        putIfAbsent: async (key, body) => !!objects.set(key, body),
        get: async (key) => objects.get(key),
        list: async function* () {},
        delete: async () => {},
      },
      clock: { now: () => 0 },
    },
    () => {},
  );

let consumer: Consumer | undefined;
afterEach(async () => consumer?.stop());

function start(
  queue: BatchLeases,
  worker: WriteWorker,
  deadLetters = scriptedQueue([]).queue,
  objects = new Map(),
  isHeld = () => false,
) {
  consumer = startConsumer({
    queue,
    deadLetters,
    workers: [worker],
    workersWhileAccepting: 1,
    bury: burying(objects),
    isHeld,
    onFlush: () => {},
  });
  consumer.wake();
}

describe('the embedded consumer', () => {
  it('deletes what was written and gives back what failed, later each time', async () => {
    const { queue, facts } = scriptedQueue([[message('a'), message('b'), message('c', 4)]]);
    start(queue, failing(['b', 'c']));
    expect(await facts(3)).toEqual(['acknowledged h-a', 'released h-b for 200', 'released h-c for 1600']);
  });

  it('says again what the queue could not take, so that nothing waits for its lease to run out', async () => {
    const { queue, facts } = scriptedQueue([[message('a'), message('b')]]);
    let full = 2;
    const refusing =
      <Args extends unknown[]>(done: (...args: Args) => Promise<void>) =>
      async (...args: Args) => {
        full -= 1;
        if (full >= 0) throw new Error('database or disk is full');
        return done(...args);
      };
    const onFull = { ...queue, acknowledge: refusing(queue.acknowledge), release: refusing(queue.release) };
    start(onFull, failing(['b']));
    expect(await facts(2)).toEqual(['acknowledged h-a', 'released h-b for 200']);
  });

  it('takes nothing while it is held, and goes on by itself', async () => {
    const { queue, facts } = scriptedQueue([[message('a')]]);
    let looks = 0;
    const isHeld = () => {
      looks += 1;
      return looks <= 2;
    };
    start(queue, failing([]), undefined, undefined, isHeld);
    expect(await facts(1)).toEqual(['acknowledged h-a']);
    expect(looks).toBeGreaterThan(2);
  });

  it('gives all back when the thread dies', async () => {
    const { queue, facts } = scriptedQueue([[message('a'), message('b')]]);
    start(queue, { run: () => Promise.reject(new Error('died')), stop: async () => {} });
    expect((await facts(3)).slice(1)).toEqual(['released h-a for 200', 'released h-b for 200']);
  });

  it('keeps what even its author cannot read, then deletes it from the dead letters', async () => {
    const dead = scriptedQueue([[message('x')]]);
    const objects = new Map<string, Uint8Array>();
    start(scriptedQueue([]).queue, failing([]), dead.queue, objects);
    expect(await dead.facts(1)).toEqual(['acknowledged h-x']);
    expect(new TextDecoder().decode(objects.get('unreadable-messages/x'))).toBe('not a batch');
  });

  it('hands a worker no second flush while the first runs', async () => {
    const { queue, facts } = scriptedQueue([[message('a')], [message('b')]]);
    let inside = 0;
    let most = 0;
    start(queue, {
      run: async <T>(task: { event: SQSEvent | unknown }) => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        consumer?.wake();
        inside -= 1;
        return { batchItemFailures: [], task } as T;
      },
      stop: async () => {},
    });
    expect(await facts(2)).toEqual(['acknowledged h-a', 'acknowledged h-b']);
    expect(most).toBe(1);
  });

  it('leaves the second thread idle while records are accepted, and lets it help once it is quiet', async () => {
    const full = (name: string) => Array.from({ length: 200 }, (_, i) => message(`${name}${i}`));
    const { queue, facts } = scriptedQueue([full('a'), full('b')]);
    const begun: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker: WriteWorker = {
      run: async <T>(task: { event: unknown }) => {
        begun.push((task.event as SQSEvent).Records[0]!.messageId);
        await held;
        return { batchItemFailures: [] } as T;
      },
      stop: async () => {},
    };
    consumer = startConsumer({
      queue,
      deadLetters: scriptedQueue([]).queue,
      workers: [worker, worker],
      workersWhileAccepting: 1,
      bury: burying(new Map()),
      onFlush: () => {},
    });
    consumer.wake();
    await new Promise((resolve) => setImmediate(resolve));
    consumer.wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual(['a0']);
    // Nobody tells it that no message comes: it looks again by itself.
    while (begun.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual(['a0', 'b0']);
    release();
    await facts(2);
  });
});
