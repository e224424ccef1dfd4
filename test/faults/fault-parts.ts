import { writeSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';
import type { HostParts, PartName } from '../../lambdas/host/host-parts.ts';
import type { LeasedMessage } from '../../lambdas/ports/batch-queue.ts';
import { boundaryNamed, type Crossing, crosses } from './boundaries.ts';
import { type FaultClock, makeFaultClock } from './fault-clock.ts';
import { type ArmedKill, type FaultSetup, faultSetupOfProcess, poisonColumn, type ThreadOrder } from './fault-setup.ts';

/** Written to standard error, synchronously, right before the process ends itself. */
export const diesAt = (boundary: string) => `fault: dies at ${boundary}\n`;

/** Written to standard error when a message is leased again in one life of the process. */
export const redelivered = 'fault: delivered again\n';

const channelName = 'faults';
const writeThread = new URL('./killing-write-thread.ts', import.meta.url);

/** What a thread that has just begun to listen says, so that it is told what the others know. */
const hello = 'hello';
let lastOrder: ThreadOrder | undefined;

/** Tells all threads of this process that were made from `faultParts`, also those that come later. By the main thread. */
export function orderThreads(order: ThreadOrder): void {
  lastOrder = order;
  post(order);
}

/**
 * Parts of a host that dies at an armed boundary, and fails and dawdles as its setup says. Everything else is passed on
 * in the same turn.
 */
export function faultParts(thread: Crossing['thread']): HostParts {
  const setup = faultSetupOfProcess();
  const clock = makeFaultClock(setup.clock);
  const { arm, cross } = makeTrap(setup.armed);
  listen((order) => ('arm' in order ? arm(order.arm) : clock.jump(order.jump)));
  const calledInTask = new Set<string>();
  let task: Crossing['task'];

  function called(part: PartName, method: string, args: readonly unknown[], call: () => unknown): unknown {
    if (part === 'tasks') {
      task = method as Crossing['task'];
      calledInTask.clear();
    }
    const again = calledInTask.has(`${part}.${method}`);
    calledInTask.add(`${part}.${method}`);
    const facts = { thread, task, part, method, args, again };
    cross({ ...facts, when: 'before', result: undefined });
    const result = call();
    if (!(result instanceof Promise)) {
      cross({ ...facts, when: 'after', result });
      return result;
    }
    return result.then((value: unknown) => {
      cross({ ...facts, when: 'after', result: value });
      return value;
    });
  }

  return {
    clock,
    writeThread,
    standIn(name, part) {
      // Made once each: a fault may count its calls.
      const stands = new Map<string, unknown>();
      return new Proxy(part, {
        get(target, method) {
          const own: unknown = Reflect.get(target, method);
          if (typeof own !== 'function' || typeof method !== 'string') return own;
          if (!stands.has(method)) {
            const faulty = withFault(setup, clock, `${name}.${method}`, own.bind(target));
            stands.set(method, (...args: unknown[]) => called(name, method, args, () => faulty(...(args as never[]))));
          }
          return stands.get(method);
        },
      });
    },
  };
}

/** Counts crossings of the armed boundary; the one that is meant is the last thing that the process does. */
function makeTrap(first: ArmedKill | undefined) {
  let armed = first && { ...first, boundary: boundaryNamed(first.boundary) };
  let crossings = 0;
  return {
    arm(kill: ArmedKill): void {
      armed = { ...kill, boundary: boundaryNamed(kill.boundary) };
      crossings = 0;
    },
    cross(crossing: Crossing): void {
      if (!armed || !crosses(armed.boundary, crossing)) return;
      crossings += 1;
      if (crossings < armed.crossing) return;
      writeSync(2, diesAt(armed.boundary.name));
      process.kill(process.pid, 'SIGKILL');
    },
  };
}

/** Does not keep its thread from ending. */
function listen(onOrder: (order: ThreadOrder) => void): void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }) => {
    if (data !== hello) onOrder(data as ThreadOrder);
    else if (lastOrder) post(lastOrder);
  };
  channel.unref();
  post(hello);
}

function post(message: ThreadOrder | typeof hello): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(message);
  channel.close();
}

type Call = (...args: never[]) => unknown;

/** The faults of the setup, by the call that has them. */
function withFault(setup: FaultSetup, clock: FaultClock, call: string, own: Call): Call {
  const fault = faults[call];
  return fault ? fault(setup, clock, own) : own;
}

const faults: Readonly<Record<string, (setup: FaultSetup, clock: FaultClock, own: Call) => Call>> = {
  'rowStore.merge': (_, __, own) => async (table: { columns: { name: string }[] }, rows: unknown) => {
    if (table.columns.some(({ name }) => name === poisonColumn)) throw new Error('this table takes no rows');
    return own(...([table, rows] as never[]));
  },
  'queue.receive': ({ leaseMs }, _, own) => {
    if (leaseMs === undefined) return own;
    const seen = new Set<string>();
    return async (options: { leaseMs: number }) => {
      const leased = (await own({ ...options, leaseMs } as never)) as readonly LeasedMessage[];
      // Not one that the process before had leased: its first delivery goes on here.
      if (leased.some(({ messageId }) => seen.has(messageId))) process.stderr.write(redelivered);
      for (const { messageId } of leased) seen.add(messageId);
      return leased;
    };
  },
  'segmentFiles.write':
    ({ slowSegmentMs = 0 }, _, own) =>
    async (...args: never[]) => {
      if (slowSegmentMs > 0) await new Promise((resolve) => setTimeout(resolve, slowSegmentMs));
      return own(...args);
    },
  // Times of files are the system's: they are shown by the clock of the process, as they would be if that were off.
  'objects.list': (_, clock, own) =>
    async function* (...args: never[]) {
      for await (const file of own(...args) as AsyncIterable<{ modifiedAtMs: number }>)
        yield { ...file, modifiedAtMs: file.modifiedAtMs + clock.offsetMs() };
    },
};
