import { createHash } from 'node:crypto';
import { shown } from '../domain/coercion/misfit.ts';
import { heldForMs, type IdempotencyRecord } from '../domain/idempotency.ts';
import type { SinkId, TenantId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Acceptance, Receipt } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { type WaitPorts, waitFor } from './wait-for.ts';

export interface BindPorts extends WaitPorts {
  readonly catalog: Pick<Catalog, 'bindIdempotencyKey' | 'findIdempotencyKey' | 'findReceipt'>;
}

/** A request that is to happen once, however often it is sent. */
export interface KeyedRequest {
  readonly tenantId: TenantId;
  readonly sinkId: SinkId;
  readonly body: string;
  readonly key: string;
  /** Time until which it waits for another try under its key. */
  readonly untilMs: number;
}

/** What stands under a key. */
export interface Standing {
  readonly record: IdempotencyRecord;
  /** The receipt, if a try came to its end. One that `failed` is no answer yet: its batch has to be queued again. */
  readonly end?: Receipt;
}

/**
 * Binds a request's key, or finds what it is bound to. The conditional write decides between requests that come at once;
 * all others wait for the one that it let through, and take the request up, with what it was given then, once that one
 * has failed or cannot be under way any more.
 * @param fresh what the request is given if it is the first
 * @throws Problem `key_reused` for another body, `key_in_use` while the first try is under way
 */
export async function bindRequest(ports: BindPorts, request: KeyedRequest, fresh: Acceptance): Promise<Standing> {
  const { tenantId, sinkId, key } = request;
  const record = await ports.catalog.bindIdempotencyKey({
    ...fresh,
    tenantId,
    sinkId,
    key,
    bodyHash: hashOf(request.body),
  });
  return record.receiptId === fresh.receiptId ? { record } : endOfFirst(ports, request, record);
}

/** What a key was bound to before; binds nothing. For a sink that takes no more requests. */
export async function findBoundRequest(ports: BindPorts, request: KeyedRequest): Promise<Standing | undefined> {
  const record = await ports.catalog.findIdempotencyKey(request.tenantId, request.sinkId, request.key);
  return record && endOfFirst(ports, request, record);
}

async function endOfFirst(ports: BindPorts, request: KeyedRequest, record: IdempotencyRecord): Promise<Standing> {
  if (record.bodyHash !== hashOf(request.body)) throw keyReused(record);
  const standing = await waitFor(ports, () => lookFor(ports, record), request.untilMs);
  if (standing) return standing;
  throw keyInUse(record, heldForMs(record, ports.clock.now()));
}

/** undefined while the first try may be under way. */
async function lookFor({ catalog, clock }: BindPorts, bound: IdempotencyRecord): Promise<Standing | undefined> {
  const end = await catalog.findReceipt(bound.tenantId, bound.receiptId);
  if (end) return { record: bound, end };
  const record = (await catalog.findIdempotencyKey(bound.tenantId, bound.sinkId, bound.key)) ?? bound;
  return heldForMs(record, clock.now()) > 0 ? undefined : { record };
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function keyReused({ key, receiptId }: IdempotencyRecord): Problem {
  return new Problem(
    'key_reused',
    `Idempotency-Key ${shown(key)} came with another body before (receipt ${receiptId}). ` +
      'Send that body to learn what became of it, or this one under a key of its own.',
    { idempotency_key: key, receipt_id: receiptId },
  );
}

function keyInUse({ key, receiptId }: IdempotencyRecord, heldMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(heldMs / 1_000));
  return new Problem(
    'key_in_use',
    `An earlier request with Idempotency-Key ${shown(key)} is still under way. ` +
      `Send the same again in ${seconds} s: it is answered as that one, or takes its place.`,
    { idempotency_key: key, receipt_id: receiptId, retry_after_seconds: seconds },
  );
}
