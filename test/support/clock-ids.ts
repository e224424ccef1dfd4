import { monotonicFactory } from 'ulid';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { IdSource } from '../../lambdas/ports/id-source.ts';

/** ULIDs by a test's own clock: each above the one before it, also when the clock is moved back. */
export function makeClockIds(clock: Clock): IdSource {
  const next = monotonicFactory();
  return { next: <T extends string>() => next(clock.now()) as T };
}
