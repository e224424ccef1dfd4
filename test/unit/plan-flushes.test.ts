import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flushBytesMax, flushRecordsMax } from '../../lambdas/domain/limits.ts';
import { type Delivery, planFlushes } from '../../lambdas/use-cases/plan-flushes.ts';

const deliveryOf = (messageId: string, tableId: string, received: number, size: number): Delivery =>
  ({ messageId, header: { tableId, received }, size }) as unknown as Delivery;
const idsOf = (flushes: readonly (readonly Delivery[])[]) =>
  flushes.map((flush) => flush.map(({ messageId }) => messageId));

describe('the flushes of an event', () => {
  it('are one a table, those with little to write first', () => {
    const deliveries = [
      deliveryOf('a', 'large', 100, 900),
      deliveryOf('b', 'small', 100, 10),
      deliveryOf('c', 'large', 100, 900),
      deliveryOf('d', 'small', 1, 10),
    ];
    expect(idsOf(planFlushes(deliveries))).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
    expect(planFlushes([])).toEqual([]);
  });

  it('hold every delivery once, one table each, and no more than a consumer can, or one delivery', () => {
    const delivery = fc.record({
      tableId: fc.constantFrom('t1', 't2', 't3'),
      received: fc.nat({ max: flushRecordsMax }),
      size: fc.nat({ max: flushBytesMax * 2 }),
    });
    fc.assert(
      fc.property(fc.array(delivery, { maxLength: 40 }), (all) => {
        const deliveries = all.map(({ tableId, received, size }, i) => deliveryOf(`m${i}`, tableId, received, size));
        const flushes = planFlushes(deliveries);
        expect(flushes.flat().length).toBe(deliveries.length);
        expect(new Set(flushes.flat())).toEqual(new Set(deliveries));
        for (const flush of flushes) {
          expect(new Set(flush.map(({ header }) => header.tableId)).size).toBe(1);
          if (flush.length === 1) continue;
          expect(flush.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(flushBytesMax);
          expect(flush.reduce((sum, { header }) => sum + header.received, 0)).toBeLessThanOrEqual(flushRecordsMax);
        }
      }),
    );
  });
});
