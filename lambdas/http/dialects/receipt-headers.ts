import type { Receipt } from '../../domain/receipt.ts';
import type { Headers } from '../answer.ts';

/**
 * Headers of every answer that has a receipt: its id, for which `GET /v2/receipts/{id}` tells what became of it, and its
 * state as of this answer.
 */
export function receiptHeaders({ id, state }: Receipt): Headers {
  return { 'x-headgate-receipt': id, 'x-headgate-receipt-state': state };
}
