import { describe, expect, it } from '@jest/globals';
import {
  type BatchHeader,
  type BatchPayload,
  decodeBatch,
  encodeBatch,
  positionOf,
  quarantinedAs,
} from '../../lambdas/domain/batch.ts';
import type { BatchId, ReceiptId } from '../../lambdas/domain/ids.ts';
import { batchHeaderOf } from '../../lambdas/domain/receipt.ts';
import { aReceipt } from '../conformance/catalog-entities.ts';

const header: BatchHeader = batchHeaderOf(aReceipt());
const from = { receiptId: 'r0' as ReceiptId, batchId: 'b0' as BatchId };

describe('a batch as a message', () => {
  it.each<BatchPayload>([
    { kind: 'records', body: '{"records":[\n\n{"value":{}}]}\n' },
    { kind: 'records', body: '' },
    { kind: 'object', objectKey: 'tenant/bodies/a' },
  ])('comes back as it was: %j', (payload) => {
    expect(decodeBatch(encodeBatch({ header, payload }))).toEqual({ header, payload });
  });

  it('has its body behind a line of its own, as it came', () => {
    expect(encodeBatch({ header, payload: { kind: 'records', body: '{"records": []}' } })).toMatch(
      /^\{[^\n]*"payload":"records"\}\n\{"records": \[\]\}$/,
    );
  });

  it.each([
    ['no line', 'a batch message has a header line'],
    ['{"header":{},"payload":"rows"}\n', 'unknown batch payload "rows"'],
  ])('is refused where nothing like it was written: %j', (message, problem) => {
    expect(() => decodeBatch(message)).toThrow(new SyntaxError(problem));
  });
});

describe('a record of a batch', () => {
  it.each([
    ['sent', {}, 2],
    ['replayed with its whole body', { replayed: from }, 2],
    ['replayed with others of its request', { replayed: { ...from, positions: [4, 7, 9] } }, 9],
  ])('has its place in the request that first brought it: %s', (_, batch, position) => {
    expect(positionOf(batch, 2)).toBe(position);
  });

  it.each([
    ['that brings it', {}, 'r1', 'b1'],
    ['that brings it into another sink', { replayed: from }, 'r1', 'b1'],
    ['that first brought it', { replayed: { ...from, applied: [] } }, 'r0', 'b0'],
  ])('is in quarantine as one of the request %s', (_, replay, receiptId, batchId) => {
    expect(quarantinedAs({ ...header, ...replay })).toEqual({ receiptId, batchId });
  });
});
