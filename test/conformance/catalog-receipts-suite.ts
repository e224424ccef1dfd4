import { describe, expect, it } from '@jest/globals';
import type { ReceiptId, SinkId } from '../../lambdas/domain/ids.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { anIdempotencyRecord, aReceipt, aResult, ours, theirs } from './catalog-entities.ts';

const sink = 's1' as SinkId;
const id = (text: string) => text as ReceiptId;

/** Receipts and idempotency keys. */
export function receiptsSuite(catalog: () => Catalog, advanceDays: (days: number) => void | Promise<void>): void {
  describe('receipts', () => {
    const visible = {
      state: 'visible',
      written: 1,
      superseded: 1,
      quarantined: 1,
      changed: 0,
      visibleAt: aResult().at,
    };

    it('by id within their tenant, pending while queued', async () => {
      expect(await catalog().hasPending(sink)).toBe(false);
      await catalog().openReceipt(aReceipt());
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual(aReceipt());
      expect(await catalog().findReceipt(theirs, id('r1'))).toBeUndefined();
      expect(await catalog().hasPending(sink)).toBe(true);
      expect(await catalog().hasPending('s2' as SinkId)).toBe(false);
    });

    it('pending under an older mapping until the last of that is closed, whatever comes after it', async () => {
      const outdated = (revision: number) => catalog().hasPendingBefore(sink, revision);
      expect(await outdated(2)).toBe(false);
      const newer = Array.from({ length: 1_100 }, (_, i) => aReceipt({ id: `r${10_000 + i}`, mappingRevision: 2 }));
      await Promise.all(newer.map((receipt) => catalog().openReceipt(receipt)));
      expect([await outdated(2), await outdated(3)]).toEqual([false, true]);
      const older = [aReceipt({ id: 'r00000' }), aReceipt({ id: 'r99999' })];
      for (const receipt of older) await catalog().openReceipt(receipt);
      expect(await catalog().hasPendingBefore('s2' as SinkId, 9)).toBe(false);
      for (const receipt of older) {
        expect([await outdated(1), await outdated(2)]).toEqual([false, true]);
        await catalog().closeReceipts([{ receipt, result: aResult({ receiptId: receipt.id }) }]);
      }
      expect([await outdated(2), await catalog().hasPending(sink)]).toEqual([false, true]);
    });

    it('that were refused whole, pending never', async () => {
      await catalog().openReceipt(aReceipt({ state: 'rejected', accepted: 0 }));
      expect(await catalog().findReceipt(ours, id('r1'))).toMatchObject({ state: 'rejected' });
      expect(await catalog().hasPending(sink)).toBe(false);
    });

    it('that were refused whole, also where the consumer has to make them', async () => {
      const refused = aReceipt({ state: 'rejected', accepted: 0, rejected: 3 });
      await catalog().closeReceipts([{ receipt: refused, result: aResult({ written: 0, superseded: 0 }) }]);
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual(refused);
      await catalog().closeReceipts([{ receipt: refused, result: aResult({ state: 'failed', cause: 'disk' }) }]);
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual(refused);
      expect(await catalog().hasPending(sink)).toBe(false);
    });

    it('until they are taken back, before they have ended', async () => {
      for (const receipt of [aReceipt(), aReceipt({ id: 'r2', state: 'rejected', accepted: 0 })]) {
        await catalog().openReceipt(receipt);
        await catalog().forgetReceipt(receipt);
        await catalog().forgetReceipt(receipt);
        expect(await catalog().findReceipt(ours, receipt.id)).toBeUndefined();
      }
      expect(await catalog().hasPending(sink)).toBe(false);
      for (const end of ['visible', 'failed'] as const) {
        const ended = aReceipt({ id: end });
        await catalog().closeReceipts([{ receipt: ended, result: aResult({ receiptId: end, state: end }) }]);
        const stands = await catalog().findReceipt(ours, ended.id);
        for (const receipt of [ended, stands!]) await catalog().forgetReceipt(receipt);
        expect(await catalog().findReceipt(ours, ended.id)).toEqual(stands);
      }
    });

    it('until their end, which keeps what accept had stored', async () => {
      await catalog().openReceipt(aReceipt({ rejected: 1 }));
      await catalog().openReceipt(aReceipt({ id: 'r2' }));
      const madeUp = aReceipt({ rejected: 0, exceptions: [] });
      await catalog().closeReceipts([{ receipt: madeUp, result: aResult() }]);
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual({ ...aReceipt({ rejected: 1 }), ...visible });
      expect(await catalog().hasPending(sink)).toBe(true);
      const failure = aResult({ receiptId: 'r2', state: 'failed', written: 0, superseded: 0, cause: 'disk' });
      await catalog().closeReceipts([{ receipt: aReceipt({ id: 'r2' }), result: failure }]);
      const counts = { written: 0, superseded: 0, quarantined: 1, changed: 0 };
      const failed = { state: 'failed', ...counts, failedAt: failure.at, cause: 'disk' };
      expect(await catalog().findReceipt(ours, id('r2'))).toEqual({ ...aReceipt({ id: 'r2' }), ...failed });
      expect(await catalog().hasPending(sink)).toBe(false);
    });

    it('with their first end only', async () => {
      await catalog().openReceipt(aReceipt());
      const [first, second] = [aResult({ written: 2 }), aResult({ state: 'failed', cause: 'late' })];
      await catalog().closeReceipts([
        { receipt: aReceipt(), result: first },
        { receipt: aReceipt(), result: second },
      ]);
      await catalog().closeReceipts([{ receipt: aReceipt(), result: second }]);
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual({ ...aReceipt(), ...visible, written: 2 });
    });

    it.each([true, false])(
      'that failed until their batch is written after all (accept stored them: %s)',
      async (opened) => {
        if (opened) await catalog().openReceipt(aReceipt());
        const [failure, success] = [aResult({ state: 'failed', cause: 'disk' }), aResult()];
        await catalog().closeReceipts([{ receipt: aReceipt(), result: failure }]);
        expect(await catalog().findReceipt(ours, id('r1'))).toMatchObject({ state: 'failed', cause: 'disk' });
        await catalog().closeReceipts([{ receipt: aReceipt(), result: { ...failure, cause: 'again' } }]);
        expect(await catalog().findReceipt(ours, id('r1'))).toMatchObject({ state: 'failed', cause: 'disk' });
        await Promise.all([1, 2].map(() => catalog().closeReceipts([{ receipt: aReceipt(), result: success }])));
        expect(await catalog().findReceipt(ours, id('r1'))).toEqual({ ...aReceipt(), ...visible });
        await catalog().closeReceipts([{ receipt: aReceipt(), result: failure }]);
        expect(await catalog().findReceipt(ours, id('r1'))).toEqual({ ...aReceipt(), ...visible });
      },
    );

    it('that the consumer ends before accept stores them', async () => {
      await catalog().closeReceipts([{ receipt: aReceipt(), result: aResult() }]);
      const ended = { ...aReceipt(), ...visible };
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual(ended);
      await catalog().openReceipt(aReceipt({ rejected: 9 }));
      expect(await catalog().findReceipt(ours, id('r1'))).toEqual(ended);
      expect(await catalog().hasPending(sink)).toBe(false);
    });

    it('ended by hundreds at once, while accept stores them and a second consumer ends them too', async () => {
      const ids = Array.from({ length: 330 }, (_, i) => `r${i}`);
      const closings = (written: number) =>
        ids.map((one) => ({ receipt: aReceipt({ id: one }), result: aResult({ receiptId: one, written }) }));
      const opened = ids.map((one) => catalog().openReceipt(aReceipt({ id: one })));
      await Promise.all([...opened, ...[1, 2].map((written) => catalog().closeReceipts(closings(written)))]);
      const ends = await Promise.all(ids.map((one) => catalog().findReceipt(ours, id(one))));
      expect(ends.filter((receipt) => receipt?.state !== 'visible')).toEqual([]);
      expect(await catalog().hasPending(sink)).toBe(false);
      await catalog().closeReceipts(closings(3));
      expect(await Promise.all(ids.map((one) => catalog().findReceipt(ours, id(one))))).toEqual(ends);
      await catalog().closeReceipts([]);
    });

    it('for 90 days', async () => {
      await catalog().openReceipt(aReceipt());
      await catalog().closeReceipts([{ receipt: aReceipt({ id: 'r2' }), result: aResult() }]);
      await advanceDays(89);
      expect(await catalog().findReceipt(ours, id('r1'))).toBeDefined();
      expect(await catalog().findReceipt(ours, id('r2'))).toBeDefined();
      expect(await catalog().hasPending(sink)).toBe(true);
      await advanceDays(2);
      expect(await catalog().findReceipt(ours, id('r1'))).toBeUndefined();
      expect(await catalog().findReceipt(ours, id('r2'))).toBeUndefined();
      expect(await catalog().hasPending(sink)).toBe(false);
    });
  });

  describe('idempotency keys', () => {
    it('bound once, however many ask at once, for 35 days', async () => {
      const records = Array.from({ length: 50 }, (_, i) => anIdempotencyRecord({ receiptId: `r${i}` }));
      const bound = await Promise.all(records.map((record) => catalog().bindIdempotencyKey(record)));
      expect(records).toContainEqual(bound[0]);
      for (const record of bound) expect(record).toEqual(bound[0]);
      await advanceDays(34);
      expect(await catalog().bindIdempotencyKey(anIdempotencyRecord({ receiptId: 'late' }))).toEqual(bound[0]);
      await advanceDays(2);
      const later = anIdempotencyRecord({ receiptId: 'later', acceptedAt: '2026-12-27T12:00:00.000Z' });
      expect(await catalog().bindIdempotencyKey(later)).toEqual(later);
    });

    it('found and released as they were bound, for the rest of their 35 days', async () => {
      const record = anIdempotencyRecord();
      const find = () => catalog().findIdempotencyKey(ours, sink, record.key);
      expect(await find()).toBeUndefined();
      await catalog().bindIdempotencyKey(record);
      expect(await find()).toEqual(record);
      expect(await catalog().findIdempotencyKey(theirs, sink, record.key)).toBeUndefined();
      expect(await catalog().findIdempotencyKey(ours, 's2' as SinkId, record.key)).toBeUndefined();
      await catalog().releaseIdempotencyKey(record);
      await catalog().releaseIdempotencyKey((await find())!);
      expect(await find()).toEqual({ ...record, released: true });
      expect(await catalog().bindIdempotencyKey(anIdempotencyRecord({ receiptId: 'r2' }))).toEqual({
        ...record,
        released: true,
      });
      await advanceDays(34);
      expect(await find()).toBeDefined();
      await advanceDays(2);
      expect(await find()).toBeUndefined();
    });

    it.each([
      ['of another tenant', { tenantId: theirs }],
      ['of another sink', { sinkId: 's2' }],
      ['of another text', { key: 'key 2' }],
      ['of a long text', { key: 'x'.repeat(5_000) }],
    ])('apart from those %s', async (_, given) => {
      await catalog().bindIdempotencyKey(anIdempotencyRecord());
      const other = anIdempotencyRecord({ ...given, receiptId: 'r2' });
      expect(await catalog().bindIdempotencyKey(other)).toEqual(other);
    });
  });
}
