import { expect, it } from '@jest/globals';
import { heldForMs } from '../../lambdas/domain/idempotency.ts';
import { idempotencyHeldMs } from '../../lambdas/domain/limits.ts';
import { anIdempotencyRecord } from '../conformance/catalog-entities.ts';

const acceptedMs = Date.UTC(2026, 0, 2, 3, 4, 5);
const record = anIdempotencyRecord({ acceptedAt: '2026-01-02T03:04:05Z' });

it.each([
  ['from the start', 0, idempotencyHeldMs],
  ['less as time goes by', 1_000, idempotencyHeldMs - 1_000],
  ['to its last millisecond', idempotencyHeldMs - 1, 1],
  ['no longer than the try may take', idempotencyHeldMs, 0],
  ['no longer, long after', 10 * idempotencyHeldMs, 0],
  ['where the clock of the try was a little ahead, as if it had just begun', -500, idempotencyHeldMs],
  ['not where a clock is far off', -idempotencyHeldMs, 0],
])('a key is held %s', (_, ageMs, heldMs) => {
  expect(heldForMs(record, acceptedMs + ageMs)).toBe(heldMs);
});

it('a key whose try failed is not held', () => {
  expect(heldForMs({ ...record, released: true }, acceptedMs)).toBe(0);
});
