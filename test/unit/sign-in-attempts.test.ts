import { describe, expect, it } from '@jest/globals';
import {
  type Attempts,
  attemptHeldMs,
  attemptsEndAtMs,
  noAttempts,
  reserveAttempt,
  settleAttempt,
} from '../../lambdas/domain/sign-in-attempts.ts';

const bound = { failuresMax: 3, windowSeconds: 60 };
const start = 1_000_000;

function taken(attempts: Attempts, nowMs: number): Attempts {
  const asked = reserveAttempt(attempts, bound, nowMs);
  if (asked.kind !== 'taken') throw new Error(asked.kind);
  return asked.attempts;
}

function failed(attempts: Attempts, nowMs: number): Attempts {
  const how = { reservedAtMs: nowMs, outcome: 'failed', clears: true } as const;
  return settleAttempt(taken(attempts, nowMs), bound, how, nowMs);
}

describe('counting attempts', () => {
  it('refuses after so many failures, until the window that began with the first has ended', () => {
    const full = [0, 1_000, 2_000].reduce((attempts, ms) => failed(attempts, start + ms), noAttempts);
    expect(reserveAttempt(full, bound, start + 10_000)).toMatchObject({
      kind: 'refused',
      waitMs: 50_000,
      isFirst: true,
    });
    expect(reserveAttempt(full, bound, start + 59_999)).toMatchObject({ kind: 'refused', waitMs: 1 });
    expect(reserveAttempt(full, bound, start + 60_000).kind).toBe('taken');
    expect(attemptsEndAtMs(full, bound)).toBe(start + 60_000);
  });

  it('tells the first refusal of a window from the others', () => {
    const full = [0, 1, 2].reduce((attempts, ms) => failed(attempts, start + ms), noAttempts);
    const first = reserveAttempt(full, bound, start + 3);
    if (first.kind !== 'refused') throw new Error(first.kind);
    expect(reserveAttempt(first.attempts, bound, start + 4)).toMatchObject({ kind: 'refused', isFirst: false });
    const again = [0, 1, 2].reduce((attempts, ms) => failed(attempts, start + 60_000 + ms), first.attempts);
    expect(reserveAttempt(again, bound, start + 60_003)).toMatchObject({ kind: 'refused', isFirst: true });
  });

  it('lets no more be under way than may fail', () => {
    const under = [0, 1, 2].reduce((attempts, ms) => taken(attempts, start + ms), noAttempts);
    expect(reserveAttempt(under, bound, start + 3).kind).toBe('busy');
    const one = settleAttempt(under, bound, { reservedAtMs: start, outcome: 'withdrawn', clears: true }, start + 4);
    expect(one).toEqual({ failed: 0, pending: [start + 1, start + 2] });
    expect(reserveAttempt(one, bound, start + 5).kind).toBe('taken');
  });

  it('forgives on success where it clears, and forgets what is under way nowhere', () => {
    const some = taken(failed(failed(noAttempts, start), start + 1), start + 2);
    const settle = (clears: boolean) =>
      settleAttempt(some, bound, { reservedAtMs: start + 2, outcome: 'succeeded', clears }, start + 3);
    expect(settle(true)).toEqual({ failed: 0, pending: [] });
    expect(settle(false)).toEqual({ failed: 2, endsAtMs: start + 60_000, pending: [] });
    const two = settleAttempt(
      { failed: 0, pending: [start, start + 1] },
      bound,
      { reservedAtMs: start, outcome: 'succeeded', clears: true },
      start + 2,
    );
    expect(two.pending).toEqual([start + 1]);
  });

  it('counts an attempt as failed that nobody settled, once', () => {
    const held = [0, 1, 2].reduce((attempts, ms) => taken(attempts, start + ms), noAttempts);
    const later = start + attemptHeldMs + 2;
    expect(reserveAttempt(held, bound, later)).toMatchObject({ kind: 'refused', waitMs: 60_000 });
    const late = settleAttempt(held, bound, { reservedAtMs: start, outcome: 'failed', clears: false }, later);
    expect(late).toEqual({ failed: 3, endsAtMs: later + 60_000, pending: [] });
    expect(attemptsEndAtMs(held, bound)).toBe(start + 2 + attemptHeldMs + 60_000);
  });

  it('goes on counting what is under way when a window ends', () => {
    const some = taken(failed(failed(noAttempts, start), start), start + 59_000);
    const next = taken(taken(some, start + 60_000), start + 60_000);
    expect(next).toEqual({ failed: 0, pending: [start + 59_000, start + 60_000, start + 60_000] });
    expect(reserveAttempt(next, bound, start + 60_000).kind).toBe('busy');
  });
});
