import { recordsWaitMsMax } from '../domain/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pause } from '../ports/pause.ts';

export interface WaitPorts {
  readonly clock: Clock;
  readonly pause: Pause;
}

/** Milliseconds between the first two looks: the embedded place shows records after about 200. */
const firstPauseMs = 20;
/** Milliseconds between two looks at most: a wait of 25 s costs some forty reads. */
const pauseMsMax = 1_000;
/** By how much one pause is longer than the one before, so that a wait is over by half at most. */
const pauseGrowth = 1.5;

/**
 * Looks for a fact at growing distances.
 * @param look undefined: not yet
 * @param untilMs time of the clock after which nobody waits any more
 * @returns undefined when the time is up; never later than `recordsWaitMsMax` from now, also when the clock jumps back
 */
export async function waitFor<T>(
  { clock, pause }: WaitPorts,
  look: () => Promise<T | undefined>,
  untilMs: number,
): Promise<T | undefined> {
  let pausedMs = 0;
  for (let nextMs = firstPauseMs; ; nextMs = Math.min(nextMs * pauseGrowth, pauseMsMax)) {
    const found = await look();
    if (found !== undefined) return found;
    const leftMs = Math.min(untilMs - clock.now(), recordsWaitMsMax - pausedMs);
    if (leftMs <= 0) return undefined;
    const ms = Math.min(nextMs, leftMs);
    await pause(ms);
    pausedMs += ms;
  }
}
