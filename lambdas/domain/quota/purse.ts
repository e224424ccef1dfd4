import { quotaLeaseMs, quotaLeasesOfBurst, quotaLeasesPerPeriod } from '../limits.ts';
import { type Amounts, amounts, capacityOf, type Quota, quotaUnits } from './quota.ts';
import { type Level, nothing } from './token-bucket.ts';

/** What sums of fractions may lack of a whole record. */
const roundingMax = 1e-3;

/** What one instance holds of a quota: what it leased and has not spent, and what it knows of the bucket. */
export interface Purse {
  /** Which quota it is of. */
  readonly setAt: string;
  readonly left: Amounts;
  /** From when to when `left` counts. What is not spent by then is lost to this instance: the bucket fills by itself. */
  readonly leasedAtMs: number;
  /** Spent in the period of `quotaLeaseMs` that is under way, and in the one before. */
  readonly spent: Amounts;
  readonly spentBefore: Amounts;
  readonly periodAtMs: number;
  /** The bucket as it was seen last. Others take from it, so there is no more in it than this and what fills it. */
  readonly known?: Level;
}

export function emptyPurse({ setAt }: Quota, nowMs: number): Purse {
  return { setAt, left: nothing, leasedAtMs: nowMs, spent: nothing, spentBefore: nothing, periodAtMs: nowMs };
}

/** The purse as of `nowMs`: a lease that ran out is gone. A clock that went back ends it too. */
export function settlePurse(purse: Purse, nowMs: number): Purse {
  const isOver = (sinceMs: number, periods = 1) => nowMs < sinceMs || nowMs - sinceMs >= periods * quotaLeaseMs;
  const leased = isOver(purse.leasedAtMs) ? { left: nothing, leasedAtMs: nowMs } : {};
  if (!isOver(purse.periodAtMs)) return { ...purse, ...leased };
  const spentBefore = isOver(purse.periodAtMs, 2) ? nothing : purse.spent;
  return { ...purse, ...leased, spent: nothing, spentBefore, periodAtMs: nowMs };
}

/** The purse after a request was paid from it; undefined when it holds too little. */
export function spend(purse: Purse, quota: Quota, needed: Amounts): Purse | undefined {
  const bounded = amounts((unit) => (quota.perSecond[unit] === undefined ? 0 : needed[unit]));
  if (missingIn(purse, bounded)) return undefined;
  return { ...purse, left: less(purse.left, bounded), spent: plus(purse.spent, bounded) };
}

/** What a request needs beyond the purse. */
export function needBeyond({ left }: Purse, needed: Amounts): Amounts {
  return amounts((unit) => Math.max(0, needed[unit] - left[unit]));
}

/**
 * What to lease beyond a request's need: part of what was spent lately, so that an instance asks a few times in a period
 * however many requests it gets, and one that is idle holds nothing; at most a fraction of the burst, which bounds by how
 * much several instances may be over together.
 */
export function surplusFor({ spent, spentBefore }: Purse, quota: Quota): Amounts {
  return amounts((unit) => {
    const most = (capacityOf(quota, unit) ?? 0) / quotaLeasesOfBurst;
    return Math.min(most, Math.max(spent[unit], spentBefore[unit]) / quotaLeasesPerPeriod);
  });
}

/** The purse with a lease in it. */
export function withLease(purse: Purse, taken: Amounts, known: Level, nowMs: number): Purse {
  return { ...purse, left: plus(purse.left, taken), leasedAtMs: nowMs, known };
}

/** The purse with a payment back in it. */
export function withRefund(purse: Purse, quota: Quota, paid: Amounts): Purse {
  const bounded = amounts((unit) => (quota.perSecond[unit] === undefined ? 0 : paid[unit]));
  return { ...purse, left: plus(purse.left, bounded), spent: less(purse.spent, bounded) };
}

function missingIn({ left }: Purse, needed: Amounts): boolean {
  return quotaUnits.some((unit) => needed[unit] > left[unit] + roundingMax);
}

function plus(a: Amounts, b: Amounts): Amounts {
  return amounts((unit) => a[unit] + b[unit]);
}

function less(a: Amounts, b: Amounts): Amounts {
  return amounts((unit) => Math.max(0, a[unit] - b[unit]));
}
