import { Problem } from '../problem.ts';
import type { RateState } from './quota.ts';

/** A request that a quota has no room for now. Nothing of it was stored or counted. */
export class OverRate extends Problem {
  /** Where the quota stands. */
  readonly rate: RateState;
  /** Records of the request. */
  readonly records: number;
  /** Whole seconds, at least 1, after which it may be sent again. */
  readonly retryAfterSeconds: number;

  /** @param message as that of any problem */
  constructor(message: string, facts: Pick<OverRate, 'rate' | 'records' | 'retryAfterSeconds'>) {
    const { of, unit, limit, windowSeconds } = facts.rate;
    super('over_rate', message, {
      quota: of,
      unit,
      limit,
      window_seconds: windowSeconds,
      retry_after_seconds: facts.retryAfterSeconds,
    });
    this.rate = facts.rate;
    this.records = facts.records;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}
