import type { Attempts } from '../../domain/sign-in-attempts.ts';

export interface StoredAttempts {
  readonly attempts: Attempts;
  readonly revision: number;
}

/** One counter as it is to be, in the place of what was found. */
export interface AttemptMove {
  readonly counter: string;
  readonly over: StoredAttempts | undefined;
  readonly attempts: Attempts;
  /** Milliseconds since 1970 after which it may go. */
  readonly endsAtMs: number;
}

/** Counters of failed sign-ins. Their names hold addresses; what is stored holds a hash of the name. */
export interface AttemptCounters {
  /** In the order of the counters; undefined where nothing counts. */
  findAttempts(counters: readonly string[]): Promise<readonly (StoredAttempts | undefined)[]>;
  /**
   * All moves, or none.
   * @param nowMs milliseconds since 1970
   * @returns false when somebody else was faster, and nothing changed
   */
  moveAttempts(moves: readonly AttemptMove[], nowMs: number): Promise<boolean>;
}
