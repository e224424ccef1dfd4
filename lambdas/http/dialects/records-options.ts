import { idempotencyKeyLengthMax, recordsWaitMsMax } from '../../domain/limits.ts';
import { Problem } from '../../domain/problem.ts';
import { sentHeaderOf } from '../header.ts';
import type { OpenRequest } from '../operation.ts';

/** Milliseconds of a function's time that are kept for the answer. */
const answerMs = 1_000;
const visibleAscii = /^[\x21-\x7e]+$/;

/**
 * What `?ack=` asks for: an answer once the records are queued (as without it), or once queries see them.
 * @throws Problem for any other value
 */
export function ackOf(request: OpenRequest): 'queued' | 'visible' | undefined {
  const ack = request.query('ack');
  if (ack === undefined || ack === 'queued' || ack === 'visible') return ack;
  throw new Problem('invalid_parameter', `ack is queued or visible, not ${JSON.stringify(ack.slice(0, 40))}.`, {
    parameter: 'ack',
  });
}

/**
 * The text of the header `Idempotency-Key`, quotes included where a client sends it as a structured field.
 * @throws Problem for a text that is no key: a client that relies on it must not go without
 */
export function idempotencyKeyOf({ event }: OpenRequest): string | undefined {
  const key = sentHeaderOf(event, 'idempotency-key');
  if (key === undefined || (key.length <= idempotencyKeyLengthMax && visibleAscii.test(key))) return key;
  throw new Problem(
    'invalid_parameter',
    `Idempotency-Key must be 1 to ${idempotencyKeyLengthMax} visible ASCII characters; it has ${key.length}, or others.`,
    { parameter: 'Idempotency-Key' },
  );
}

/** The time until which a request that came at `nowMs` may wait: before its function, and its client, give up. */
export function waitsUntilMs(request: OpenRequest, nowMs: number): number {
  return nowMs + Math.min(recordsWaitMsMax, request.remainingMs() - answerMs);
}
