/**
 * Counting failed sign-ins. An attempt is reserved before the password is looked at and settled afterwards; what is reserved
 * counts as if it would fail, so that many guesses at once pass no more than one after the other. One who knows the
 * password waits for a moment at most, because what comes back as right is counted no longer.
 */
export interface AttemptBound {
  readonly failuresMax: number;
  /** From the first failure on; then counting starts anew. */
  readonly windowSeconds: number;
}

/** What is known of one counter: that of an address, a source, or both together. */
export interface Attempts {
  readonly failed: number;
  /** When the failures stop counting, in milliseconds since 1970; there is one while any counts. */
  readonly endsAtMs?: number;
  /** When those that nobody has settled yet were reserved. */
  readonly pending: readonly number[];
  /** Whether somebody was refused already since failures count. */
  readonly isTold?: true;
}

/** `withdrawn`: the password was never looked at. */
export type AttemptOutcome = 'failed' | 'succeeded' | 'withdrawn';

export type Reservation =
  | { readonly kind: 'taken'; readonly attempts: Attempts }
  /** The failures that count are too many. `isFirst`: nobody else was refused since they count. */
  | { readonly kind: 'refused'; readonly waitMs: number; readonly isFirst: boolean; readonly attempts: Attempts }
  /** There would be room if those under way succeed: ask again in a moment. */
  | { readonly kind: 'busy' };

/** Milliseconds after which nobody settles an attempt any more (its process died), so that it counts as failed. */
export const attemptHeldMs = 60_000;

export const noAttempts: Attempts = { failed: 0, pending: [] };

/** Counts an attempt before it is made, if the bound lets it be made. */
export function reserveAttempt(stored: Attempts, bound: AttemptBound, nowMs: number): Reservation {
  const attempts = currentAttempts(stored, bound, nowMs);
  const { failed, pending, endsAtMs, isTold } = attempts;
  if (endsAtMs !== undefined && failed >= bound.failuresMax)
    return {
      kind: 'refused',
      waitMs: endsAtMs - nowMs,
      isFirst: isTold !== true,
      attempts: { ...attempts, isTold: true },
    };
  if (failed + pending.length >= bound.failuresMax) return { kind: 'busy' };
  return { kind: 'taken', attempts: { ...attempts, pending: [...pending, nowMs] } };
}

/**
 * Says what became of an attempt.
 * @param reservedAtMs the time at which it was reserved
 * @param clears whether a success forgives the failures before it
 */
export function settleAttempt(
  stored: Attempts,
  bound: AttemptBound,
  attempt: { readonly reservedAtMs: number; readonly outcome: AttemptOutcome; readonly clears: boolean },
  nowMs: number,
): Attempts {
  const { reservedAtMs, outcome, clears } = attempt;
  const current = currentAttempts(stored, bound, nowMs);
  const place = current.pending.indexOf(reservedAtMs);
  const attempts = place < 0 ? current : { ...current, pending: current.pending.toSpliced(place, 1) };
  if (outcome === 'succeeded' && clears) return { failed: 0, pending: attempts.pending };
  // One that took too long has been counted as failed already.
  return outcome === 'failed' && place >= 0 ? withFailed(attempts, 1, bound, nowMs) : attempts;
}

/** From when on a counter says no more than none would, in milliseconds since 1970. */
export function attemptsEndAtMs({ pending, endsAtMs = 0 }: Attempts, { windowSeconds }: AttemptBound): number {
  return Math.max(endsAtMs, ...pending.map((at) => at + attemptHeldMs + windowSeconds * 1_000));
}

function currentAttempts(stored: Attempts, bound: AttemptBound, nowMs: number): Attempts {
  const isOver = stored.endsAtMs !== undefined && nowMs >= stored.endsAtMs;
  const pending = stored.pending.filter((at) => nowMs - at < attemptHeldMs);
  const attempts = isOver ? { failed: 0, pending } : { ...stored, pending };
  return withFailed(attempts, stored.pending.length - pending.length, bound, nowMs);
}

function withFailed(attempts: Attempts, more: number, { windowSeconds }: AttemptBound, nowMs: number): Attempts {
  if (more === 0) return attempts;
  return { ...attempts, failed: attempts.failed + more, endsAtMs: attempts.endsAtMs ?? nowMs + windowSeconds * 1_000 };
}
