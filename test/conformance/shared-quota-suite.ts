import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import type { Level } from '../../lambdas/domain/quota/token-bucket.ts';
import type { ItemStore } from '../../lambdas/ports/item-store.ts';
import { makeAdmitRequest } from '../../lambdas/use-cases/admit-request.ts';
import { aQuota, request } from '../support/a-quota.ts';
import { aSink, ours } from './catalog-entities.ts';
import type { TestClock } from './open-test-stores.ts';

export interface SharedQuotaPlace {
  readonly items: ItemStore;
  readonly clock: TestClock;
  close(): Promise<void>;
}

const instances = 4;
const sink = aSink();
const over = { quota: 'sink' } as const;

/** Quotas in the catalog of one item store, which several instances of the data plane use side by side. */
export function sharedQuotaSuite(name: string, open: () => Promise<SharedQuotaPlace>): void {
  describe(`${name}: quotas`, () => {
    let place: SharedQuotaPlace;
    beforeEach(async () => {
      place = await open();
    });
    afterEach(() => place.close());

    /** An instance knows the others by the item store alone. */
    function startInstance() {
      const { items, clock } = place;
      // Who finds the bucket taken asks again at once: the others are done by then, or it loses once more.
      return makeAdmitRequest({ catalog: makeCatalog(items), clock, pause: async () => {} });
    }
    const passes = (admission: Promise<unknown>) =>
      admission.then(
        () => true,
        (error) => {
          expect(error).toMatchObject({ kind: 'over_rate', details: over });
          return false;
        },
      );

    it('keep a bucket that is moved on condition, and is full once its time is over', async () => {
      const catalog = makeCatalog(place.items);
      const now = place.clock.now();
      const level = (records: number): Level => ({ atMs: now, left: { records } });
      const fullAtMs = now + 10_000;
      expect(await catalog.findQuotaLevel(sink.id)).toBeUndefined();
      expect(await catalog.moveQuotaLevel(sink.id, level(5), { fullAtMs, over: undefined })).toBe(true);
      expect(await catalog.moveQuotaLevel(sink.id, level(7), { fullAtMs, over: undefined })).toBe(false);
      const found = await catalog.findQuotaLevel(sink.id);
      expect(found?.level).toEqual(level(5));
      expect(await catalog.moveQuotaLevel(sink.id, level(2), { fullAtMs, over: found })).toBe(true);
      expect(await catalog.moveQuotaLevel(sink.id, level(3), { fullAtMs, over: found })).toBe(false);
      place.clock.advance(12_000);
      expect(await catalog.findQuotaLevel(sink.id)).toBeUndefined();
      const before = await catalog.moveQuotaLevel(sink.id, level(4), { fullAtMs: now + 60_000, over: found });
      expect(before).toBe(false);
      const later = { atMs: place.clock.now(), left: { records: 9 } };
      expect(await catalog.moveQuotaLevel(sink.id, later, { fullAtMs: now + 60_000, over: undefined })).toBe(true);
      await catalog.forgetQuotaLevel(sink.id);
      expect(await catalog.findQuotaLevel(sink.id)).toBeUndefined();
    });

    it("keep a tenant's", async () => {
      const catalog = makeCatalog(place.items);
      expect(await catalog.findTenantQuota(ours)).toEqual({ revision: 0 });
      const first = await catalog.saveTenantQuota(ours, aQuota({ requests: 3 }), 0);
      expect(await catalog.findTenantQuota(ours)).toEqual({ quota: aQuota({ requests: 3 }), revision: first });
      await catalog.deleteTenantQuota(ours, first);
      await catalog.deleteTenantQuota(ours, first);
      expect(await catalog.findTenantQuota(ours)).toEqual({ revision: 0 });
    });

    it("change a tenant's over the revision that was found, one at a time", async () => {
      const catalog = makeCatalog(place.items);
      const saves = Array.from({ length: 20 }, (_, i) => catalog.saveTenantQuota(ours, aQuota({ requests: i + 1 }), 0));
      const done = (await Promise.allSettled(saves)).filter(({ status }) => status === 'fulfilled');
      const { revision } = await catalog.findTenantQuota(ours);
      expect(done).toEqual([{ status: 'fulfilled', value: revision }]);
      const conflict = { name: 'RevisionConflict' };
      await expect(catalog.deleteTenantQuota(ours, revision - 1)).rejects.toMatchObject(conflict);
      await expect(catalog.saveTenantQuota(ours, aQuota({ requests: 1 }), 0)).rejects.toMatchObject(conflict);
      const second = await catalog.saveTenantQuota(ours, aQuota({ requests: 1 }), revision);
      expect(second).toBeGreaterThan(revision);
      await catalog.deleteTenantQuota(ours, second);
    });

    it('hold across four instances at once: at most a tenth over, and all that may pass does', async () => {
      const [perSecond, burstSeconds, ticks, tickMs] = [1_000, 2, 60, 100];
      const limited = { ...sink, quota: aQuota({ records: perSecond }, burstSeconds) };
      const admits = Array.from({ length: instances }, startInstance);
      let records = 0;
      for (let tick = 0; tick < ticks; tick += 1) {
        // All four at once, together about twice the rate, in requests of unlike sizes.
        const sent = admits.flatMap((admit, i) => [10, 25, 1, 14].map((size) => ({ admit, size: size + i })));
        const passed = await Promise.all(
          sent.map(async ({ admit, size }) => ((await passes(admit(limited, () => request(size)))) ? size : 0)),
        );
        records += passed.reduce((sum, size) => sum + size, 0);
        place.clock.advance(tickMs);
      }
      const allowed = perSecond * (burstSeconds + (ticks * tickMs) / 1_000);
      expect(records / allowed).toBeLessThanOrEqual(1.1);
      expect(records / allowed).toBeGreaterThan(0.9);
    }, 120_000);

    it('leave to one instance what the others do not use, and take what they hold back', async () => {
      const limited = { ...sink, quota: aQuota({ records: 100 }, 1) };
      const [busy, ...others] = Array.from({ length: instances }, startInstance);
      for (const admit of others) expect(await passes(admit(limited, () => request(10)))).toBe(true);
      let records = 0;
      for (let tick = 0; tick < 50; tick += 1) {
        place.clock.advance(100);
        if (await passes(busy!(limited, () => request(9)))) records += 9;
      }
      // 5 s at 100 a second; it sent 450, and what the three took first was there again after 0.3 s.
      expect(records).toBe(450);
    }, 60_000);

    it('let a request larger than the burst pass alone, and make the next wait for it', async () => {
      const limited = { ...sink, quota: aQuota({ records: 100 }, 1) };
      const [one, two] = [startInstance(), startInstance()];
      expect(await passes(one(limited, () => request(1)))).toBe(true);
      expect(await passes(two(limited, () => request(1_000)))).toBe(false);
      place.clock.advance(1_000);
      expect(await passes(two(limited, () => request(1_000)))).toBe(true);
      expect(await passes(one(limited, () => request(1)))).toBe(false);
      place.clock.advance(8_900);
      expect(await passes(one(limited, () => request(1)))).toBe(false);
      place.clock.advance(200);
      expect(await passes(one(limited, () => request(1)))).toBe(true);
    });

    it('of a tenant bound all its sinks together, and cost the sink nothing when they refuse', async () => {
      await makeCatalog(place.items).saveTenantQuota(ours, aQuota({ requests: 2 }), 0);
      const admit = startInstance();
      const limited = { ...sink, quota: aQuota({ records: 100 }, 1) };
      const other = aSink({ id: 's2' });
      expect(await admit(limited, () => request(10))).toMatchObject({ of: 'tenant', unit: 'requests', remaining: 1 });
      expect(await admit(other, () => request(10))).toMatchObject({ of: 'tenant', remaining: 0 });
      for (let i = 0; i < 20; i += 1) {
        await expect(admit(limited, () => request(80))).rejects.toMatchObject({
          kind: 'over_rate',
          details: { quota: 'tenant', unit: 'requests' },
        });
      }
      place.clock.advance(500);
      expect(await admit(limited, () => request(80))).toMatchObject({ of: 'tenant', remaining: 0 });
    });
  });
}
