import type { PartName } from '../../lambdas/host/host-parts.ts';

/** One call of a part, as it begins or ends. */
export interface Crossing {
  readonly thread: 'main' | 'write';
  /** What the write thread is doing. */
  readonly task: 'consume' | 'compact' | undefined;
  readonly part: PartName;
  readonly method: string;
  readonly when: 'before' | 'after';
  readonly args: readonly unknown[];
  /** What the call came to; undefined before it. */
  readonly result: unknown;
  /** The same part and method was called before in the running task. */
  readonly again: boolean;
}

/** A place between two steps of the product at which the process can be made to die. */
export interface Boundary extends Partial<Pick<Crossing, 'thread' | 'task' | 'again'>> {
  readonly name: string;
  /** Whoever ends the process: itself at a call of a part, or the test from outside, at an answer or at any moment. */
  readonly by: 'call' | 'answer' | 'moment' | 'start';
  readonly part?: PartName;
  readonly method?: string;
  readonly when?: 'before' | 'after';
  /** Only such calls count. */
  readonly only?: (crossing: Crossing) => boolean;
  /** What the load must hold for it to be reached. */
  readonly needs?: 'poison' | 'compaction';
  /** The process dies at one of so many first crossings. */
  readonly crossingsMax: number;
}

type Where = Pick<Boundary, 'thread' | 'task' | 'only' | 'needs' | 'again'>;

function at(
  name: string,
  call: `${'before' | 'after'} ${PartName}.${string}`,
  where: Where,
  crossingsMax = 6,
): Boundary {
  const [when, part, method] = call.split(/[ .]/) as ['before' | 'after', PartName, string];
  return { name, by: 'call', when, part, method, crossingsMax, ...where };
}

const main = { thread: 'main' } as const;
const flush = { thread: 'write', task: 'consume' } as const;
const compaction = { thread: 'write', task: 'compact', needs: 'compaction' } as const;
const isFull = (list: unknown) => (list as readonly unknown[]).length > 0;
const given: Where['only'] = ({ args }) => isFull(args[0]);
const found: Where['only'] = ({ result }) => isFull(result);
/** Calls of the main thread that bury a dead letter, among those that serve the write threads. */
const bury = (only: Where['only']): Where => ({ ...main, needs: 'poison', only: only! });
const hasFailed = (of: (first: never) => unknown, want: string): Where['only'] => {
  return ({ args }) => [args[0]].flat().some((first) => of(first as never) === want);
};
const failedEntry = hasFailed(({ reason }: { reason: string }) => reason, 'write_failed');
const failedReceipt = hasFailed(({ result }: { result: { state: string } }) => result.state, 'failed');
const key =
  (part: string) =>
  ({ args }: Crossing) =>
    String(args[0]).includes(part);
const segmentFile = key('/segments/');
const archiveFile = key('archive/');
const deadBody = key('dead-letters/');

/** Every boundary, in the order of a record's way. A new step of the product is a line or two here. */
export const boundaries: readonly Boundary[] = [
  at('accept: before the version', 'before versions.issue', main),
  at('accept: after the version', 'after versions.issue', main),
  at('accept: before the key is bound', 'before catalog.bindIdempotencyKey', main),
  at('accept: after the key is bound', 'after catalog.bindIdempotencyKey', main),
  at('accept: before the commit', 'before intake.take', main, 12),
  at('accept: after the commit, unanswered', 'after intake.take', main, 12),
  at('accept: answer made, not sent', 'after handlers.ingest', main, 12),
  { name: 'accept: answer received', by: 'answer', crossingsMax: 40 },
  at('write: after the lease', 'after queue.receive', { ...main, only: found }),
  at('write: thread has the batches', 'before tasks.consume', flush),
  at('write: mapped, before the merge', 'before rowStore.merge', flush),
  at('write: after the merge', 'after rowStore.merge', flush),
  at("write: between two tables' merges", 'before catalog.findTable', { ...flush, again: true }, 3),
  at('write: before the segment is made', 'before segmentFiles.write', flush),
  at('write: before the segment is stored', 'before objects.putIfAbsent', { ...flush, only: segmentFile }),
  at('write: segment stored and synced', 'after objects.putIfAbsent', { ...flush, only: segmentFile }),
  at('write: before the segment is registered', 'before catalog.addSegment', flush),
  at('write: registered, thread not told', 'after catalog.addSegment', main),
  at('write: after the segment is registered', 'after catalog.addSegment', flush),
  at('write: before bodies are archived', 'before objects.putIfAbsent', { ...flush, only: archiveFile }),
  at('write: bodies archived', 'after objects.putIfAbsent', { ...flush, only: archiveFile }),
  at('write: before the archive entry', 'before catalog.addArchived', flush),
  at('write: after the archive entry', 'after catalog.addArchived', flush),
  at('write: before quarantine', 'before catalog.addQuarantined', { ...flush, only: given }, 3),
  at('write: after quarantine', 'after catalog.addQuarantined', { ...flush, only: given }, 3),
  at('write: before receipts are closed', 'before catalog.closeReceipts', flush),
  at('write: after receipts are closed', 'after catalog.closeReceipts', flush),
  at('write: written, host not told', 'after tasks.consume', flush),
  at('write: before the messages are deleted', 'before queue.acknowledge', { ...main, only: given }),
  at('write: after the messages are deleted', 'after queue.acknowledge', { ...main, only: given }),
  at('bury: after the lease', 'after deadLetters.receive', bury(found), 1),
  at('bury: before the body is stored', 'before objects.putIfAbsent', bury(deadBody), 2),
  at('bury: after the body is stored', 'after objects.putIfAbsent', bury(deadBody), 2),
  at('bury: after the archive entry', 'after catalog.addArchived', bury(failedEntry), 2),
  at('bury: after quarantine', 'after catalog.addQuarantined', bury(failedEntry), 2),
  at('bury: before the receipt is closed', 'before catalog.closeReceipts', bury(failedReceipt), 2),
  at('bury: after the receipt is closed', 'after catalog.closeReceipts', bury(failedReceipt), 2),
  at('bury: before the message is deleted', 'before deadLetters.acknowledge', bury(given), 1),
  at('bury: after the message is deleted', 'after deadLetters.acknowledge', bury(given), 1),
  at('compact: before the merge', 'before segmentFiles.merge', compaction, 1),
  at('compact: merged, file not stored', 'after segmentFiles.merge', compaction, 1),
  at('compact: file stored', 'after objects.putIfAbsent', compaction, 1),
  at('compact: before segments are replaced', 'before catalog.replaceSegments', compaction, 1),
  at('compact: after segments are replaced', 'after catalog.replaceSegments', compaction, 1),
  at('compact: before old files go', 'before objects.delete', compaction, 1),
  at('compact: old files gone', 'after objects.delete', compaction, 1),
  at('compact: old segments forgotten', 'after catalog.forgetSegments', compaction, 1),
  { name: 'start: while it recovers', by: 'start', crossingsMax: 1 },
  { name: 'any moment', by: 'moment', crossingsMax: 1 },
];

/** Whether a call is one at the boundary. */
export function crosses(boundary: Boundary, crossing: Crossing): boolean {
  const { part, method, when, thread, task, again, only } = boundary;
  return (
    boundary.by === 'call' &&
    part === crossing.part &&
    method === crossing.method &&
    when === crossing.when &&
    (thread === undefined || thread === crossing.thread) &&
    (task === undefined || task === crossing.task) &&
    (again !== true || crossing.again) &&
    (only === undefined || only(crossing))
  );
}

/** @throws for a name that no boundary has */
export function boundaryNamed(name: string): Boundary {
  const boundary = boundaries.find((one) => one.name === name);
  if (!boundary) throw new Error(`no boundary ${name}`);
  return boundary;
}
