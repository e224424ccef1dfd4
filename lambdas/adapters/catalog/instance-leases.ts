import { instancesMax } from '../../domain/version.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import { versionInstanceKey, versionInstancesPartition } from './catalog-keys.ts';

/**
 * Milliseconds that a lease reaches ahead. Longer means fewer writes; an instance that ended without a word keeps its
 * number for as long.
 */
const leaseAheadMs = 5 * 60_000;
/**
 * Milliseconds after its end before a number is taken over. Not what keeps two apart (that is the revision): it spares
 * a holder whose clock is a little behind from losing its number.
 */
const takeoverMarginMs = 60_000;
/** Numbers tried, one after the other, when others take them first. */
const takeoversMax = 10;

/** What the item of a number holds. It never expires: a number must not forget up to where it was used. */
interface InstanceLease {
  /** Who last leased the number, for those who look into the table. */
  readonly holder: string;
  /** The holder gives out versions below this millisecond alone. */
  readonly untilMs: number;
}

/** A number that this instance may use for versions from `fromMs` to below `untilMs`. */
export interface HeldInstance {
  readonly instance: number;
  readonly revision: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface LeaseParts {
  readonly items: ItemStore;
  readonly clock: Clock;
  /** Names this process. */
  readonly holder: string;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * Moves the end of a lease ahead of now and of `neededMs`.
 * @returns undefined when the number was taken over
 */
export async function extendLease(
  parts: LeaseParts,
  held: HeldInstance,
  neededMs: number,
): Promise<HeldInstance | undefined> {
  const untilMs = Math.max(parts.clock.now(), neededMs, held.untilMs) + leaseAheadMs;
  return store(parts, { ...held, untilMs }, held.revision);
}

/**
 * Leases any number that nobody holds.
 * @throws Error when all are held
 */
export async function leaseInstance(parts: LeaseParts): Promise<HeldInstance> {
  for (let tries = 1; tries <= takeoversMax; tries += 1) {
    const leases = await readLeases(parts.items);
    const now = parts.clock.now();
    const isFree = (instance: number) => {
      const lease = leases.get(instance);
      return lease === undefined || now > lease.untilMs + takeoverMarginMs;
    };
    const free = Array.from({ length: instancesMax }, (_, i) => i).filter(isFree);
    if (free.length === 0) break;
    const instance = free[Math.floor(parts.random() * free.length)]!;
    const lease = leases.get(instance);
    const fromMs = lease?.untilMs ?? 0;
    const taken = { instance, revision: 0, fromMs, untilMs: Math.max(now, fromMs) + leaseAheadMs };
    const held = await store(parts, taken, lease?.revision ?? 'absent');
    if (held) return held;
  }
  throw new Error(`no version instance is free: all ${instancesMax} are held, or others were faster each time`);
}

async function store(
  { items, holder }: LeaseParts,
  { instance, fromMs, untilMs }: HeldInstance,
  stands: number | 'absent',
): Promise<HeldInstance | undefined> {
  const revision = stands === 'absent' ? 1 : stands + 1;
  const value: InstanceLease = { holder, untilMs };
  const failed = await items.transact([{ put: { ...versionInstanceKey(instance), revision, value }, if: stands }]);
  return failed === undefined ? { instance, revision, fromMs, untilMs } : undefined;
}

async function readLeases(
  items: ItemStore,
): Promise<ReadonlyMap<number, { readonly revision: number; readonly untilMs: number }>> {
  const found = await items.query(versionInstancesPartition);
  return new Map(
    found.map(({ sort, revision, value }) => [Number(sort), { revision, untilMs: (value as InstanceLease).untilMs }]),
  );
}
