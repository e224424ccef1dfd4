import type { Purse } from './purse.ts';
import { capacityOf, type Quota, type QuotaOwner, type RateState, unitsOf } from './quota.ts';
import { refill } from './token-bucket.ts';

/** Where a quota stands: of its units, the one of which the smallest part is left. */
export function rateStateOf(of: QuotaOwner, quota: Quota, purse: Purse, nowMs: number): RateState {
  const { left } = refill(purse.known, quota, nowMs);
  const states = unitsOf(quota).map((unit): RateState => {
    const limit = capacityOf(quota, unit)!;
    const remaining = Math.min(limit, Math.max(0, Math.floor(left[unit]! + purse.left[unit])));
    const resetSeconds = Math.ceil(Math.max(0, limit - left[unit]! - purse.left[unit]) / quota.perSecond[unit]!);
    return { of, unit, limit, windowSeconds: quota.burstSeconds, remaining, resetSeconds };
  });
  return states.reduce(tighter);
}

/** The one of two of which less is left, in proportion. */
export function tighter(a: RateState, b: RateState): RateState {
  return b.remaining / b.limit < a.remaining / a.limit ? b : a;
}
