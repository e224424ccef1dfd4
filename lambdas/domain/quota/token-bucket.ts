import { quotaClockSkewMsMax } from '../limits.ts';
import { type Amounts, amounts, capacityOf, type Quota, type QuotaUnit, unitsOf } from './quota.ts';

/**
 * What is left of a quota at a time: the bucket that all instances lease from. It fills at the quota's rate up to its
 * capacity. Below zero is debt, which a request larger than the capacity leaves; it has to fill up first.
 */
export interface Level {
  /** Milliseconds since 1970. Never moves back for clocks that differ by less than `quotaClockSkewMsMax`. */
  readonly atMs: number;
  /** Of the units that the quota bounds. */
  readonly left: Readonly<Partial<Amounts>>;
}

/** What a lease came to. */
export type Lease =
  | { readonly granted: true; readonly level: Level; readonly taken: Amounts }
  /** Milliseconds until it would be granted, if nobody takes anything before. */
  | { readonly granted: false; readonly waitMs: number };

/**
 * The level as of `nowMs`. What is time to one instance is not always time to another: the bucket fills by the clock that
 * is ahead, and one that is behind adds nothing, so that clocks which differ fill it once. A level from further ahead
 * than `quotaClockSkewMsMax` is taken for one of now, or a single bad clock would stop the sink for good.
 * @param level undefined: nothing was ever taken, or so long ago that it is full
 */
export function refill(level: Level | undefined, quota: Quota, nowMs: number): Level {
  const fromMs = level && level.atMs - nowMs <= quotaClockSkewMsMax ? level.atMs : nowMs;
  const seconds = Math.max(0, nowMs - fromMs) / 1_000;
  const left = unitsOf(quota).map((unit): [QuotaUnit, number] => {
    const capacity = capacityOf(quota, unit)!;
    const before = level?.left[unit] ?? capacity;
    return [unit, Math.min(capacity, before + quota.perSecond[unit]! * seconds)];
  });
  return { atMs: Math.max(nowMs, fromMs), left: Object.fromEntries(left) };
}

/**
 * Takes what a request needs, and a surplus for those that come after it as far as it is there. A request that needs more
 * than the bucket can hold is granted when it is full, and leaves debt: it is never refused for ever, and the average
 * holds.
 * @param level as `refill` gave it; it fills no more before its own time, which may be ahead of `nowMs`
 */
export function leaseFrom(
  level: Level,
  quota: Quota,
  { needed, surplus }: { readonly needed: Amounts; readonly surplus: Amounts },
  nowMs: number,
): Lease {
  let waitMs = 0;
  const left: Partial<Record<QuotaUnit, number>> = {};
  const taken: Record<QuotaUnit, number> = { records: 0, bytes: 0, requests: 0 };
  for (const unit of unitsOf(quota)) {
    const [has, capacity] = [level.left[unit]!, capacityOf(quota, unit)!];
    const missing = needed[unit] > 0 ? Math.min(needed[unit], capacity) - has : 0;
    if (missing > 0) waitMs = Math.max(waitMs, Math.ceil((missing / quota.perSecond[unit]!) * 1_000));
    taken[unit] = needed[unit] + Math.max(0, Math.min(surplus[unit], has - needed[unit]));
    left[unit] = has - taken[unit];
  }
  if (waitMs > 0) return { granted: false, waitMs: waitMs + Math.max(0, level.atMs - nowMs) };
  return { granted: true, level: { atMs: level.atMs, left }, taken };
}

/** The time from which a level is no different from none, if nothing is taken: when every unit is full again. */
export function fullAtMs({ atMs, left }: Level, quota: Quota): number {
  const waits = unitsOf(quota).map((unit) => (capacityOf(quota, unit)! - left[unit]!) / quota.perSecond[unit]!);
  return atMs + Math.ceil(Math.max(0, ...waits) * 1_000);
}

/** Nothing of anything. */
export const nothing: Amounts = amounts(() => 0);
