import { quotaLeaseTriesMax } from '../domain/limits.ts';
import {
  emptyPurse,
  needBeyond,
  type Purse,
  settlePurse,
  spend,
  surplusFor,
  withLease,
  withRefund,
} from '../domain/quota/purse.ts';
import { type Amounts, amounts, type Quota } from '../domain/quota/quota.ts';
import { fullAtMs, type Level, leaseFrom, nothing, refill } from '../domain/quota/token-bucket.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { QuotaHolder } from '../ports/catalog/quotas.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pause } from '../ports/pause.ts';

export interface PursePorts {
  readonly catalog: Pick<Catalog, 'findQuotaLevel' | 'moveQuotaLevel'>;
  readonly clock: Clock;
  readonly pause: Pause;
  /** From 0 to below 1; `Math.random` unless given. */
  readonly random?: () => number;
}

/** What one instance spends a quota from. */
export interface QuotaPurse {
  /**
   * Pays for a request. A promise only where the bucket has to be asked.
   * @returns undefined when it is paid, else the milliseconds after which it may be tried again
   */
  pay(quota: Quota, needed: Amounts): undefined | number | Promise<undefined | number>;
  /** Takes a payment back, because something else refused the request. */
  refund(quota: Quota, paid: Amounts): void;
  /** What it holds and knows. */
  state(): Purse | undefined;
}

/** Milliseconds between tries at a bucket that others lease from: about what one of their leases takes, and some more. */
const conflictPauseMs = 15;
/** Milliseconds after which to come again when the others were faster every time. */
const busyWaitMs = 1_000;

/**
 * A purse for the bucket of `holder`, which all instances lease from by conditional writes. Most requests are paid from
 * what was leased before, or refused by what is known of the bucket, and ask nobody. Leases of one instance come one
 * after the other, so that it does not stand in its own way.
 */
export function makeQuotaPurse(ports: PursePorts, holder: QuotaHolder): QuotaPurse {
  const { catalog, clock, pause, random = Math.random } = ports;
  let purse: Purse | undefined;
  let leasing: Promise<unknown> = Promise.resolve();

  function current(quota: Quota): Purse {
    const now = clock.now();
    purse = purse?.setAt === quota.setAt ? settlePurse(purse, now) : emptyPurse(quota, now);
    return purse;
  }

  /** `ask`: the bucket may hold enough. */
  function payNow(quota: Quota, needed: Amounts): undefined | number | 'ask' {
    const held = current(quota);
    const paid = spend(held, quota, needed);
    if (paid) {
      purse = paid;
      return undefined;
    }
    return held.known ? waitFor(held, held.known, quota, needed) : 'ask';
  }

  /**
   * How long the bucket cannot hold enough, by what it held last. Once it was too little, it is left to fill for a lease
   * that lasts a while: under load an instance would ask for every record that comes in.
   */
  function waitFor(held: Purse, known: Level, quota: Quota, needed: Amounts): number | 'ask' {
    const now = clock.now();
    const beyond = needBeyond(held, needed);
    const had = leaseFrom(known, quota, { needed: beyond, surplus: nothing }, now);
    if (had.granted) return 'ask';
    const surplus = surplusFor(held, quota);
    const wanted = amounts((unit) => (beyond[unit] > 0 ? Math.max(beyond[unit], surplus[unit]) : 0));
    const has = leaseFrom(refill(known, quota, now), quota, { needed: wanted, surplus: nothing }, now);
    return has.granted ? 'ask' : has.waitMs;
  }

  async function lease(quota: Quota, needed: Amounts): Promise<undefined | number> {
    for (let tries = 1; tries <= quotaLeaseTriesMax; tries += 1) {
      const now = payNow(quota, needed);
      if (now !== 'ask') return now;
      const over = await catalog.findQuotaLevel(holder);
      const held = current(quota);
      const level = refill(over?.level, quota, clock.now());
      const wanted = { needed: needBeyond(held, needed), surplus: surplusFor(held, quota) };
      const leased = leaseFrom(level, quota, wanted, clock.now());
      if (!leased.granted) {
        purse = { ...held, known: level };
        return leased.waitMs;
      }
      const options = { fullAtMs: fullAtMs(leased.level, quota), over };
      if (await catalog.moveQuotaLevel(holder, leased.level, options)) {
        purse = withLease(current(quota), leased.taken, leased.level, clock.now());
        // Paid at once: with what it needed beyond the purse leased, it can fail only if the purse ran out meanwhile.
        if (payNow(quota, needed) === undefined) return undefined;
      } else await pause(conflictPauseMs * tries * random());
    }
    return busyWaitMs;
  }

  return {
    pay(quota, needed) {
      const now = payNow(quota, needed);
      if (now !== 'ask') return now;
      const mine = leasing.then(() => lease(quota, needed));
      leasing = mine.catch(() => {});
      return mine;
    },
    refund(quota, paid) {
      if (purse?.setAt === quota.setAt) purse = withRefund(purse, quota, paid);
    },
    state: () => purse,
  };
}
