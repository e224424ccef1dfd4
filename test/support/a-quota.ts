import type { Amounts, Quota } from '../../lambdas/domain/quota/quota.ts';

/** A quota of so many a second. */
export function aQuota(perSecond: Quota['perSecond'], burstSeconds = 1, setAt = '2026-11-21T12:00:00.000Z'): Quota {
  return { perSecond, burstSeconds, setAt, setBy: 'ann@example.com' };
}

/** One request of so many records. */
export function request(records: number, bytes = 0): Amounts {
  return { records, bytes, requests: 1 };
}
