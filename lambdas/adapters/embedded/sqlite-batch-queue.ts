import type { DatabaseSync } from 'node:sqlite';
import { batchReceivesMax } from '../../domain/limits.ts';
import type { BatchLeases, BatchQueues, LeasedMessage } from '../../ports/batch-queue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { IdSource } from '../../ports/id-source.ts';
import { chooseWaiting, type WaitingMessage } from './choose-waiting.ts';
import { type Place, places, prepareQueueTables, type QueueTables, type StoredMessage } from './queue-tables.ts';
import type { TurnCommit } from './turn-commit.ts';

export interface SqliteBatchQueues extends BatchQueues {
  /**
   * Calls `listener` after messages came to be receivable by a send, a release without delay or a move to the dead
   * letters. Nothing tells of a lease or a delay that ran out: look again from time to time.
   * @returns what ends it
   */
  onMessage(listener: (place: Place) => void): () => void;
  /** When the oldest message of the queue was sent that was not leased yet, in milliseconds since 1970. */
  oldestUntriedMs(): number | undefined;
}

/** Parts that both places share. */
interface QueueParts {
  readonly tables: QueueTables;
  readonly turn: TurnCommit;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Messages in each place, so that `depth` counts nothing. */
  readonly depths: Record<Place, number>;
  readonly tell: (place: Place) => void;
}

/**
 * Queue and dead-letter queue in the main database. Opening it ends all leases: whoever held them is gone, since one
 * process alone has the database open.
 */
export function makeSqliteBatchQueues(
  database: DatabaseSync,
  turn: TurnCommit,
  { clock, ids }: { readonly clock: Clock; readonly ids: IdSource },
): SqliteBatchQueues {
  const tables = prepareQueueTables(database);
  tables.voidLeases.run();
  const listeners = new Set<(place: Place) => void>();
  const count = (place: Place) => Number(tables.count.get(places[place])!['messages']);
  const parts: QueueParts = {
    tables,
    turn,
    clock,
    ids,
    depths: { queue: count('queue'), deadLetters: count('deadLetters') },
    tell: (place) => {
      for (const listener of listeners) queueMicrotask(() => listener(place));
    },
  };
  return {
    queue: { send: makeSend(parts), ...makeLeases(parts, 'queue') },
    deadLetters: makeLeases(parts, 'deadLetters'),
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    oldestUntriedMs: () => tables.oldestUntried.get(places.queue)?.['sentAtMs'] as number | undefined,
  };
}

function makeSend({
  tables,
  turn,
  clock,
  ids,
  depths,
  tell,
}: QueueParts): (group: string, body: string) => Promise<void> {
  return async (group, body) => {
    const id = ids.next();
    await turn.write(() => {
      const { lastInsertRowid } = tables.addMessage.run(id, places.queue, group, clock.now(), body.length);
      tables.addBody.run(lastInsertRowid, body);
    });
    depths.queue += 1;
    tell('queue');
  };
}

function makeLeases(parts: QueueParts, place: Place): BatchLeases {
  const { tables, turn, clock, depths, tell } = parts;
  const receive = makeReceive(parts, place);
  return {
    receive,
    async acknowledge(handles) {
      const leases = handles.map(leaseOf);
      const acknowledged = await turn.write(() => {
        let deleted = 0;
        for (const { seq, receives } of leases) {
          if (tables.deleteMessage.run(seq, places[place], receives).changes === 0) continue;
          tables.deleteBody.run(seq);
          deleted += 1;
        }
        return deleted;
      });
      depths[place] -= acknowledged;
    },
    async release(handles, delayMs) {
      const leases = handles.map(leaseOf);
      const visibleAt = clock.now() + delayMs;
      await turn.write(() => {
        for (const { seq, receives } of leases) tables.release.run(visibleAt, seq, places[place], receives);
      });
      if (delayMs <= 0) tell(place);
    },
    depth: async () => depths[place],
  };
}

function makeReceive({ tables, turn, clock, depths, tell }: QueueParts, place: Place): BatchLeases['receive'] {
  const groupsFrom = makeGroupRounds(tables, place);
  return async ({ messagesMax, bytesMax, leaseMs }) => {
    const now = clock.now();
    const { leased, buried } = await turn.write(() => {
      const spent: WaitingMessage[] = [];
      const usable = (message: WaitingMessage) => {
        if (place === 'deadLetters' || message.receives < batchReceivesMax) return true;
        spent.push(message);
        return false;
      };
      const waitingOf = (group: string, afterSeq: number, limit: number) =>
        tables.waiting.all(places[place], group, afterSeq, now, limit) as unknown as WaitingMessage[];
      const chosen = chooseWaiting(waitingOf, groupsFrom(messagesMax), { messagesMax, bytesMax }, usable);
      for (const { seq } of spent) tables.bury.run(places.deadLetters, seq);
      return { leased: chosen.map(({ seq }) => tables.lease.get(now + leaseMs, seq)), buried: spent.length };
    });
    if (buried > 0) {
      depths.queue -= buried;
      depths.deadLetters += buried;
      tell('deadLetters');
    }
    return (leased as unknown as StoredMessage[]).map(leasedMessage);
  };
}

/** At most `groupsMax` groups that have messages; where there are more, the next call goes on after the last one. */
function makeGroupRounds(tables: QueueTables, place: Place): (groupsMax: number) => string[] {
  let after = '';
  const groupsAfter = (name: string, limit: number) =>
    tables.groups.all(places[place], name, limit).map(({ sink }) => sink as string);
  return (groupsMax) => {
    const groups = groupsAfter(after, groupsMax);
    if (after !== '' && groups.length < groupsMax) {
      const seen = new Set(groups);
      groups.push(...groupsAfter('', groupsMax - groups.length).filter((group) => !seen.has(group)));
    }
    after = groups.length === groupsMax ? groups.at(-1)! : '';
    return groups;
  };
}

/** A lease is named by its message and by which of the message's leases it is. */
function leasedMessage({ seq, id, sink, receives, sentAtMs, body }: StoredMessage): LeasedMessage {
  return { messageId: id, handle: `${seq}.${receives}`, group: sink, body, receives, sentAtMs };
}

/** The inverse; a handle that this queue did not make names no lease. */
function leaseOf(handle: string): { readonly seq: number; readonly receives: number } {
  const [seq, receives] = handle.split('.').map(Number);
  return Number.isSafeInteger(seq) && Number.isSafeInteger(receives)
    ? { seq: seq!, receives: receives! }
    : { seq: -1, receives: -1 };
}
