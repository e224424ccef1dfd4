import type { RateState } from '../domain/quota/quota.ts';
import type { Headers } from './answer.ts';

/**
 * Where a quota stands, in the header fields of `draft-ietf-httpapi-ratelimit-headers-03` to `-06`, which most clients
 * read; the policy says what is counted. None where there is no quota. See `docs/decisions/0012`.
 */
export function rateHeaders(rate: RateState | undefined): Headers {
  if (!rate) return {};
  return {
    'ratelimit-limit': String(rate.limit),
    'ratelimit-remaining': String(rate.remaining),
    'ratelimit-reset': String(rate.resetSeconds),
    'ratelimit-policy': `${rate.limit};w=${rate.windowSeconds};unit="${rate.unit}";of="${rate.of}"`,
  };
}
