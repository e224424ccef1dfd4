import { quotaBurstSecondsDefault } from '../../../domain/limits.ts';
import { Problem } from '../../../domain/problem.ts';
import { type Quota, quotaUnits } from '../../../domain/quota/quota.ts';
import type { V2QuotaBody } from '../../../generated/request-bodies.ts';
import type { QuotaRequest } from '../../../use-cases/change-quota.ts';

/** @throws Problem when no rate is given: what takes a quota away is DELETE */
export function quotaRequestOf(body: V2QuotaBody): QuotaRequest {
  const rates = quotaUnits.flatMap((unit) => {
    const rate = body[`${unit}_per_second`];
    return typeof rate === 'number' ? [[unit, rate] as const] : [];
  });
  if (rates.length === 0) {
    const message = 'A quota wants records_per_second, bytes_per_second or requests_per_second; DELETE takes it away.';
    throw new Problem('missing_parameter', message, { parameter: 'records_per_second' });
  }
  return { perSecond: Object.fromEntries(rates), burstSeconds: body.burst_seconds ?? quotaBurstSecondsDefault };
}

/** A quota as GET shows it, and as PUT takes it back. All is null where none is set. */
export function quotaView(quota: Quota | undefined): object {
  const rates = quotaUnits.map((unit) => [`${unit}_per_second`, quota?.perSecond[unit] ?? null]);
  const { burstSeconds = null, setAt = null, setBy = null } = quota ?? {};
  return { ...Object.fromEntries(rates), burst_seconds: burstSeconds, set_at: setAt, set_by: setBy };
}
