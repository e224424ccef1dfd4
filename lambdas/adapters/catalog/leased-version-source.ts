import { nextVersion, type Version, type VersionClock } from '../../domain/version.ts';
import type { VersionSource } from '../../ports/version-source.ts';
import { extendLease, type HeldInstance, type LeaseParts, leaseInstance } from './instance-leases.ts';

/** Renewals that one batch may wait for; each reaches minutes ahead of what it needs. */
const renewalsMax = 3;

/**
 * Versions of one of many instances that accept side by side. Each leases a number, which is part of its versions, with
 * a time below which it gives them out; that time stands in the item store before any version is given. Who takes a
 * number over begins at the time that stands there, and the write that takes it ends the holder's next renewal. So no
 * two instances ever give the same place, whatever their clocks do.
 *
 * One instance's versions rise, also through clock jumps and from one number to another. Those of several are in the
 * order of their clocks: an instance whose clock is behind gives lower versions than one beside or before it.
 */
export function makeLeasedVersionSource(parts: LeaseParts): VersionSource {
  const { clock } = parts;
  let held: HeldInstance | undefined;
  let position: VersionClock = { ms: 0, counter: 0 };
  let renewal: Promise<void> | undefined;

  /** undefined: the lease does not reach so far. The last place of the batch lies below it too. */
  function issueNow(records: number): Version | undefined {
    if (!held) return undefined;
    const next = nextVersion(position, clock.now(), held.instance, records);
    if (next.clock.ms >= held.untilMs) return undefined;
    position = next.clock;
    return next.version;
  }

  async function renew(): Promise<void> {
    const extended = held && (await extendLease(parts, held, position.ms));
    if (extended) {
      held = extended;
      return;
    }
    held = undefined;
    const leased = await leaseInstance(parts);
    // A lower number at the same millisecond would be a lower version.
    position = { ms: Math.max(leased.fromMs, position.ms + 1), counter: 0 };
    held = leased;
  }

  /** One renewal for all who wait. */
  function renewOnce(): Promise<void> {
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function issueLater(records: number): Promise<Version> {
    for (let renewals = 1; ; renewals += 1) {
      await renewOnce();
      const version = issueNow(records);
      if (version !== undefined) return version;
      if (renewals === renewalsMax) throw new Error(`a batch of ${records} records found no version to begin at`);
    }
  }

  return { issue: (records) => issueNow(records) ?? issueLater(records) };
}
