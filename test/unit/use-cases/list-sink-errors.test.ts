import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QuarantineId, ReceiptId } from '../../../lambdas/domain/ids.ts';
import type { QuarantineEntry } from '../../../lambdas/domain/quarantine.ts';
import { quarantineId } from '../../../lambdas/ports/catalog/segments.ts';
import { listSinkErrors, type SinkError } from '../../../lambdas/use-cases/list-sink-errors.ts';
import { aQuarantineEntry, aSink, theirs } from '../../conformance/catalog-entities.ts';
import { type AcceptPlace, openAcceptPlace, ourCaller } from '../../support/accept-place.ts';
import { problemOf } from '../../support/problem-of.ts';

const { id: sinkId } = aSink();

let place: AcceptPlace;
beforeEach(async () => {
  place = await openAcceptPlace();
});
afterEach(() => place.close());

/** Puts entries of one receipt into quarantine: one a reason, at the positions from 0 on. */
function quarantine(receiptId: string, reasons: readonly QuarantineEntry['reason'][], message = 'why') {
  const entries = reasons.map((reason, position) => {
    const entry = aQuarantineEntry({ receiptId, position, reason, message: `${message} ${reason}` });
    return { ...entry, id: quarantineId(entry.receiptId, position) };
  });
  return place.catalog.addQuarantined(entries);
}
const list = async (limit = 100) => (await listSinkErrors(place, ourCaller, { sinkId, limit })).errors;
const all = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('the errors of a sink', () => {
  it('are one for each cause of each request, newest first, without the records', async () => {
    await quarantine('r1', ['wrong_type', 'batch_discarded', 'missing_field', 'batch_discarded']);
    await quarantine('r2', all(1_000, 'write_failed'));
    const errors = await list();
    expect(errors.map(({ receiptId, reason, position, records }) => [receiptId, reason, position, records])).toEqual([
      ['r2', 'write_failed', 0, 1_000],
      ['r1', 'batch_discarded', 1, 2],
      ['r1', 'missing_field', 2, 1],
      ['r1', 'wrong_type', 0, 1],
    ]);
    expect(errors[0]).toEqual({
      sinkId,
      receiptId: 'r2',
      reason: 'write_failed',
      pointer: '',
      message: 'why write_failed',
      position: 0,
      mappingRevision: 1,
      records: 1_000,
      at: '2026-11-21T12:00:00.000Z',
    });
  });

  it('are as many as are asked for', async () => {
    for (const id of ['r1', 'r2', 'r3']) await quarantine(id, ['wrong_type', 'invalid_key']);
    expect((await list(3)).map(({ receiptId }) => receiptId)).toEqual(['r3', 'r3', 'r2']);
    expect(await list(100)).toHaveLength(6);
  });

  it('never count a request by halves, and are read within bounds', async () => {
    for (const id of ['r1', 'r2', 'r3', 'r4']) await quarantine(id, all(700, 'wrong_type'));
    let read = 0;
    const catalog = {
      ...place.catalog,
      listQuarantined: async (...args: Parameters<typeof place.catalog.listQuarantined>) => {
        const entries = await place.catalog.listQuarantined(...args);
        read += entries.length;
        return entries;
      },
    };
    const { errors, next } = await listSinkErrors({ catalog }, ourCaller, { sinkId, limit: 100 });
    expect(next).toBe(quarantineId('r3' as ReceiptId, 699));
    expect(errors.map(({ receiptId, records }) => [receiptId, records])).toEqual([
      ['r4', 700],
      ['r3', 700],
    ]);
    expect(read).toBe(2_000);
  });

  it.each([1, 2, 3, 7])('come in pages of %d, each once, whatever ends a page', async (limit) => {
    await quarantine('r1', ['wrong_type', 'invalid_key', 'missing_field', 'invalid_key']);
    for (const id of ['r2', 'r3', 'r4', 'r5']) await quarantine(id, all(900, 'write_failed'));
    await quarantine('r6', ['wrong_type', 'invalid_key']);
    const paged: SinkError[] = [];
    for (let after: QuarantineId | undefined, pages = 0; ; pages += 1) {
      const page = await listSinkErrors(place, ourCaller, { sinkId, limit, ...(after && { after }) });
      expect(page.errors.length).toBeLessThanOrEqual(limit);
      paged.push(...page.errors);
      if (page.next === undefined) break;
      expect(pages).toBeLessThan(20);
      after = page.next;
    }
    expect(paged.map(({ receiptId, reason, records }) => [receiptId, reason, records])).toEqual([
      ['r6', 'invalid_key', 1],
      ['r6', 'wrong_type', 1],
      ...['r5', 'r4', 'r3', 'r2'].map((id) => [id, 'write_failed', 900]),
      ['r1', 'invalid_key', 2],
      ['r1', 'missing_field', 1],
      ['r1', 'wrong_type', 1],
    ]);
  });

  it('are none of a sink that does not exist, or is of another tenant', async () => {
    expect(await list()).toEqual([]);
    const stranger = { ...ourCaller, tenantId: theirs };
    const ask = () => listSinkErrors(place, stranger, { sinkId, limit: 1 });
    expect(await problemOf(ask)).toMatchObject({ kind: 'not_found' });
  });
});
