import type { SinkId, TenantId } from '../domain/ids.ts';
import { tenantQuotaAgeMs } from '../domain/limits.ts';
import { OverRate } from '../domain/quota/over-rate.ts';
import {
  type Amounts,
  capacityOf,
  type Quota,
  type QuotaOwner,
  type RateState,
  unitsOf,
} from '../domain/quota/quota.ts';
import { rateStateOf, tighter } from '../domain/quota/rate-state.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { QuotaHolder } from '../ports/catalog/quotas.ts';
import { makeQuotaPurse, type PursePorts, type QuotaPurse } from './quota-purse.ts';

export interface AdmitPorts extends PursePorts {
  readonly catalog: PursePorts['catalog'] & Pick<Catalog, 'findTenantQuota'>;
}

/** Who sends, and what bounds it. */
export interface AdmittedSink {
  readonly id: SinkId;
  readonly tenantId: TenantId;
  readonly quota?: Quota;
}

/**
 * Lets a request in as far as the quotas of its sink and its tenant go, and counts it.
 * @param amountsOf is asked only where there is a quota
 * @returns where the tighter of the quotas stands; undefined where there is none
 * @throws OverRate; nothing is counted then
 */
export type AdmitRequest = (sink: AdmittedSink, amountsOf: () => Amounts) => Promise<RateState | undefined>;

/** Purses and tenants' quotas kept: far more than the sinks that one instance serves at a time. */
const keptMax = 1_000;

interface Share {
  readonly of: QuotaOwner;
  readonly quota: Quota;
  readonly purse: QuotaPurse;
}

/**
 * Without a quota this costs nothing but the tenant's, which is read every few seconds. A purse that is pushed out of the
 * cache takes what it holds with it: that comes back to all as an unspent lease does.
 */
export function makeAdmitRequest(ports: AdmitPorts): AdmitRequest {
  const purses = new Map<QuotaHolder, QuotaPurse>();
  const tenantQuotaOf = makeTenantQuotas(ports);
  const purseOf = (holder: QuotaHolder) => kept(purses, holder, () => makeQuotaPurse(ports, holder));

  return async (sink, amountsOf) => {
    const tenantQuota = await tenantQuotaOf(sink.tenantId);
    const shares: Share[] = [];
    if (sink.quota) shares.push({ of: 'sink', quota: sink.quota, purse: purseOf(sink.id) });
    if (tenantQuota) shares.push({ of: 'tenant', quota: tenantQuota, purse: purseOf(sink.tenantId) });
    if (shares.length === 0) return undefined;
    const needed = amountsOf();
    const paid: Share[] = [];
    const giveBack = () => {
      for (const { quota, purse } of paid) purse.refund(quota, needed);
    };
    for (const share of shares) {
      const waitMs = await payOrGiveBack(share, needed, giveBack);
      if (waitMs !== undefined) throw overRate(share, needed, waitMs, stateOf(share, ports.clock.now()));
      paid.push(share);
    }
    return paid.map((share) => stateOf(share, ports.clock.now())).reduce(tighter);
  };
}

async function payOrGiveBack({ quota, purse }: Share, needed: Amounts, giveBack: () => void) {
  try {
    const waitMs = await purse.pay(quota, needed);
    if (waitMs !== undefined) giveBack();
    return waitMs;
  } catch (error) {
    giveBack();
    throw error;
  }
}

function stateOf({ of, quota, purse }: Share, nowMs: number): RateState {
  return rateStateOf(of, quota, purse.state()!, nowMs);
}

/** Tenants' quotas as they were read some seconds ago at most, also that there is none. */
function makeTenantQuotas({ catalog, clock }: AdmitPorts): (tenantId: TenantId) => Promise<Quota | undefined> {
  const known = new Map<TenantId, { readonly atMs: number; readonly quota: Promise<Quota | undefined> }>();
  return (tenantId) => {
    const now = clock.now();
    const before = known.get(tenantId);
    if (before && now >= before.atMs && now - before.atMs < tenantQuotaAgeMs) return before.quota;
    const quota = catalog.findTenantQuota(tenantId).then((stands) => stands.quota);
    known.delete(tenantId);
    kept(known, tenantId, () => ({ atMs: now, quota }));
    // A read that failed is no answer for the next request.
    quota.catch(() => known.delete(tenantId));
    return quota;
  };
}

function kept<K, V>(cache: Map<K, V>, key: K, make: () => V): V {
  const found = cache.get(key);
  if (found !== undefined) return found;
  if (cache.size >= keptMax) cache.delete(cache.keys().next().value!);
  const made = make();
  cache.set(key, made);
  return made;
}

function overRate({ of, quota }: Share, needed: Amounts, waitMs: number, rate: RateState): OverRate {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const bounds = unitsOf(quota).map(
    (unit) => `${quota.perSecond[unit]} ${unit} a second (${capacityOf(quota, unit)} at once)`,
  );
  const message =
    `The request is over the ${of}'s quota of ${bounds.join(' and ')}. ` +
    `Nothing of it was stored; send it again in ${seconds} s.`;
  return new OverRate(message, { rate, records: needed.records, retryAfterSeconds: seconds });
}
