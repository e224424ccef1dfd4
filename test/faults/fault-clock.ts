import type { Clock } from '../../lambdas/ports/clock.ts';
import type { ClockJumps } from './fault-setup.ts';

export interface FaultClock extends Clock {
  /** Milliseconds by which it is off at the moment. */
  offsetMs(): number;
  /** From now on it is off like this. */
  jump(jumps: ClockJumps): void;
}

/** A clock that jumps by the life of the process, which all its threads have in common. */
export function makeFaultClock(first: ClockJumps = { offsetsMs: [0], stepMs: 60_000 }): FaultClock {
  let { offsetsMs, stepMs } = first;
  const offsetMs = () => offsetsMs[Math.floor((process.uptime() * 1_000) / stepMs) % offsetsMs.length]!;
  return {
    offsetMs,
    now: () => Date.now() + offsetMs(),
    jump(jumps) {
      ({ offsetsMs, stepMs } = jumps);
    },
  };
}
