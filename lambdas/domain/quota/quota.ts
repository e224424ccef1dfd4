/** What a quota counts: records of a request, bytes of its body after gzip, the request itself. */
export type QuotaUnit = 'records' | 'bytes' | 'requests';

/** All of them, in the order in which answers name them. */
export const quotaUnits: readonly QuotaUnit[] = ['records', 'bytes', 'requests'];

/** So much of each unit. */
export type Amounts = Readonly<Record<QuotaUnit, number>>;

/** How much a sink, or a whole tenant, may take in. Whatever has none is not bounded. */
export interface Quota {
  /** What may pass in a second, on average. A unit that is left out is not bounded. */
  readonly perSecond: Readonly<Partial<Amounts>>;
  /** Seconds' worth that may pass at once: `capacityOf`. */
  readonly burstSeconds: number;
  /** RFC 3339. Tells one setting from the next. */
  readonly setAt: string;
  readonly setBy: string;
}

/** What has the quota. */
export type QuotaOwner = 'sink' | 'tenant';

/**
 * Where a request stands with the quota that is nearest to its end, as this instance last saw it: others may have taken
 * more since.
 */
export interface RateState {
  readonly of: QuotaOwner;
  readonly unit: QuotaUnit;
  /** What may pass at once when nothing has passed for `windowSeconds`. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** What may pass now. */
  readonly remaining: number;
  /** Seconds until it is `limit` again, if nothing passes. */
  readonly resetSeconds: number;
}

/** What may pass at once of a unit; undefined where the quota does not bound it. */
export function capacityOf({ perSecond, burstSeconds }: Quota, unit: QuotaUnit): number | undefined {
  const rate = perSecond[unit];
  return rate === undefined ? undefined : rate * burstSeconds;
}

/** The units that a quota bounds. */
export function unitsOf({ perSecond }: Quota): readonly QuotaUnit[] {
  return quotaUnits.filter((unit) => perSecond[unit] !== undefined);
}

/** `fill` of each unit. */
export function amounts(fill: (unit: QuotaUnit) => number): Amounts {
  return { records: fill('records'), bytes: fill('bytes'), requests: fill('requests') };
}
