import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Commits all writes of one turn of the event loop together, so that many callers share one fsync. Every write of the
 * main database goes through here; reads need not, and see what is committed.
 */
export interface TurnCommit {
  /**
   * Runs `work` in the transaction of this turn; it sees what the turn wrote before it. Resolves to its result once the
   * transaction is on disk. Rejects with what `work` threw, and then nothing of it is kept, or with what the commit
   * threw, and then nothing of the whole turn is.
   */
  write<T>(work: () => T): Promise<T>;
  /** Commits what waits; writes after it are refused. */
  close(): Promise<void>;
}

interface PendingWrite {
  /** Does the work and returns what tells the caller, once the turn is durable. */
  readonly run: () => () => void;
  readonly reject: (reason: unknown) => void;
}

/** The `TurnCommit` of a connection that nothing else writes through. */
export function makeTurnCommit(database: DatabaseSync): TurnCommit {
  const transaction = prepareTransaction(database);
  let pending: PendingWrite[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  let closed = false;

  function commitTurn(): void {
    scheduled = undefined;
    const turn = pending;
    pending = [];
    for (const tell of transaction(turn)) tell();
  }

  return {
    write<T>(work: () => T): Promise<T> {
      if (closed) return Promise.reject(new Error('the main database is closed'));
      scheduled ??= setImmediate(commitTurn);
      return new Promise<T>((resolve, reject) => {
        const run = () => {
          const result = work();
          return () => resolve(result);
        };
        pending.push({ run, reject });
      });
    },
    async close() {
      closed = true;
      if (scheduled === undefined) return;
      clearImmediate(scheduled);
      commitTurn();
    },
  };
}

/** One transaction over the writes of a turn; it never throws, and returns what tells each caller its end. */
function prepareTransaction(database: DatabaseSync): (turn: readonly PendingWrite[]) => (() => void)[] {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const inSavepoint = prepareSavepoint(database);
  return (turn) => {
    try {
      begin.run();
      const told = turn.map(inSavepoint);
      commit.run();
      return told;
    } catch (reason) {
      if (database.isTransaction) rollback.run();
      return turn.map((write) => rejection(write, reason));
    }
  };
}

/** One write within a turn: if it throws, it alone is undone. */
function prepareSavepoint(database: DatabaseSync): (write: PendingWrite) => () => void {
  const [savepoint, release, rollbackTo]: StatementSync[] = ['SAVEPOINT', 'RELEASE', 'ROLLBACK TO'].map((verb) =>
    database.prepare(`${verb} one_write`),
  );
  return (write) => {
    savepoint!.run();
    try {
      const tell = write.run();
      release!.run();
      return tell;
    } catch (reason) {
      // A full disk or an I/O error makes SQLite roll the whole transaction back: then nothing of the turn stands.
      if (!database.isTransaction) throw reason;
      rollbackTo!.run();
      release!.run();
      return rejection(write, reason);
    }
  };
}

function rejection({ reject }: PendingWrite, reason: unknown): () => void {
  return () => reject(reason);
}
