import { describe, expect, it } from '@jest/globals';
import type { BatchId, DatabaseId, ReceiptId, SinkId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import type { RecordOutcome } from '../../lambdas/domain/outcome.ts';
import { batchHeaderOf, exceptionsOf, openedReceipt, receiptOfBatch } from '../../lambdas/domain/receipt.ts';

const sink = {
  tenantId: 'tenant' as TenantId,
  databaseId: 'd' as DatabaseId,
  tableId: 't' as TableId,
  id: 's' as SinkId,
};
const acceptance = {
  receiptId: 'r' as ReceiptId,
  batchId: 'b' as BatchId,
  version: '0v',
  mappingRevision: 3,
  acceptedAt: '2026-01-02T03:04:05Z',
};
const row: RecordOutcome = { kind: 'row', op: 'put', key: 1, values: [] };
const dropped: RecordOutcome = { kind: 'dropped', reason: 'wrong_type' };
const why = { reason: 'wrong_type', pointer: '/value/a', got: '"x"', want: 'a number', message: 'm' } as const;
const rejected: RecordOutcome = { kind: 'rejected', ...why };
const from = { receiptId: 'r0' as ReceiptId, batchId: 'b0' as BatchId, positions: [5, 7, 9, 11] };

describe('a receipt', () => {
  it('counts each record once and says of each rejected one where it stood and why', () => {
    const receipt = openedReceipt(sink, acceptance, [row, rejected, dropped, row, dropped, row]);
    expect(receipt).toEqual({
      id: 'r',
      tenantId: 'tenant',
      databaseId: 'd',
      tableId: 't',
      sinkId: 's',
      batchId: 'b',
      version: '0v',
      mappingRevision: 3,
      state: 'queued',
      received: 6,
      accepted: 3,
      rejected: 1,
      dropped: 2,
      exceptions: [{ position: 1, ...why }],
      queuedAt: '2026-01-02T03:04:05Z',
    });
  });

  it.each([
    ['one record to write', [row], 'queued'],
    ['none', [], 'rejected'],
    ['dropped ones only', [dropped], 'rejected'],
    ['rejected ones only', [rejected], 'rejected'],
  ] as const)('with %s is %s', (_, outcomes, state) => {
    expect(openedReceipt(sink, acceptance, outcomes).state).toBe(state);
  });

  it('of a replay says where its records come from, and gives them the places that they had there', () => {
    const receipt = openedReceipt(sink, acceptance, [row, rejected, row, rejected], from);
    expect(receipt).toMatchObject({ replayed: from, received: 4, accepted: 2, rejected: 2 });
    expect(receipt.exceptions.map(({ position }) => position)).toEqual([7, 11]);
    expect(exceptionsOf([rejected], undefined).map(({ position }) => position)).toEqual([0]);
  });

  it('and the header of its batch say the same', () => {
    const receipt = openedReceipt(sink, acceptance, [row, rejected, dropped], from);
    const header = batchHeaderOf(receipt);
    expect(header).toEqual({
      batchId: 'b',
      receiptId: 'r',
      tenantId: 'tenant',
      databaseId: 'd',
      tableId: 't',
      sinkId: 's',
      version: '0v',
      mappingRevision: 3,
      acceptedAt: '2026-01-02T03:04:05Z',
      received: 3,
      accepted: 1,
      rejected: [7],
      replayed: from,
    });
    expect(receiptOfBatch(header, receipt.exceptions)).toEqual(receipt);
    expect(receiptOfBatch({ ...header, redriven: true }, receipt.exceptions)).toEqual(receipt);
  });

  it('comes back from the header of a batch that held nothing to write', () => {
    const receipt = openedReceipt(sink, acceptance, [rejected]);
    expect(receiptOfBatch(batchHeaderOf(receipt), receipt.exceptions)).toEqual(receipt);
  });

  it('of row operations says so in its header', () => {
    const receipt = { ...openedReceipt(sink, acceptance, [row]), operations: true as const };
    expect(batchHeaderOf(receipt)).toMatchObject({ operations: true });
    expect(batchHeaderOf(openedReceipt(sink, acceptance, [row]))).not.toHaveProperty('operations');
  });
});
