import type { SinkId, TenantId } from './ids.ts';
import { idempotencyHeldMs } from './limits.ts';
import type { Acceptance } from './receipt.ts';

/**
 * Binds a client's Idempotency-Key to its first request: what a retry takes up, so that it is that request again and
 * not another one.
 */
export interface IdempotencyRecord extends Acceptance {
  readonly tenantId: TenantId;
  readonly sinkId: SinkId;
  readonly key: string;
  /** Lower-case hex SHA-256 of the request body as decoded text. */
  readonly bodyHash: string;
  /** The try that bound or took up the key failed: the next one need not wait for it. */
  readonly released?: true;
}

/**
 * Milliseconds for which the try that bound the key may still be under way; 0 when the next may take it up. A binding
 * from a clock that is far ahead holds nobody: two tries under one key do no harm, because both queue the same batch.
 */
export function heldForMs({ acceptedAt, released }: IdempotencyRecord, nowMs: number): number {
  const ageMs = nowMs - Date.parse(acceptedAt);
  if (released || Math.abs(ageMs) >= idempotencyHeldMs) return 0;
  return idempotencyHeldMs - Math.max(0, ageMs);
}
