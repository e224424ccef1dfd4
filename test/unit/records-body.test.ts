import { describe, expect, it } from '@jest/globals';
import { discardIncomplete, recordsOf } from '../../lambdas/domain/json/records-body.ts';
import type { RecordOutcome, Rejection } from '../../lambdas/domain/outcome.ts';
import { Problem } from '../../lambdas/domain/problem.ts';
import { exceptionsOf } from '../../lambdas/domain/receipt.ts';

const row: RecordOutcome = { kind: 'row', op: 'put', key: 1, values: [] };
const rejected = (reason: Rejection['reason'], pointer: string): Rejection => ({
  kind: 'rejected',
  reason,
  pointer,
  got: 'nothing',
  want: 'a value',
  message: 'm',
});

describe('recordsOf', () => {
  it.each([
    ['{"records":[]}', []],
    ['{"records":[{"value":{}}],"more":1}', [{ value: {} }]],
    [' {"records":[1,null]} ', [1, null]],
  ])('%s', (body, expected) => {
    expect(recordsOf(body, false)).toEqual(expected);
  });

  it.each([
    ['[]', 'invalid_body', 'it is a list'],
    ['null', 'invalid_body', 'it is null'],
    ['1', 'invalid_body', 'it is a number'],
    ['0.1234567890123456789', 'invalid_body', 'it is a number'],
    ['{}', 'invalid_body', 'without "records"'],
    ['{"records":{}}', 'invalid_body', '"records" is no list'],
    ['{"records":[', 'invalid_body', ''],
    ['', 'invalid_body', ''],
    [JSON.stringify({ records: Array(1_001).fill(1) }), 'payload_too_large', 'Request exceeded record count limit'],
  ])('refuses %.20s', (body, kind, part) => {
    const refuse = () => recordsOf(body, true);
    expect(refuse).toThrow(Problem);
    expect(refuse).toThrow(part);
    try {
      refuse();
    } catch (error) {
      expect((error as Problem).kind).toBe(kind);
    }
  });

  it('says how many records came and how many may', () => {
    const refuse = () => recordsOf(JSON.stringify({ records: Array(1_001).fill(1) }), false);
    expect(refuse).toThrow(expect.objectContaining({ details: { received: 1_001, limit: 1_000 } }));
  });

  it('takes 1,000 records', () => {
    expect(recordsOf(JSON.stringify({ records: Array(1_000).fill(1) }), false)).toHaveLength(1_000);
  });
});

describe('discardIncomplete', () => {
  const lacking = [row, rejected('wrong_type', '/value/a'), rejected('missing_field', '/value/b')];

  it('leaves requests alone that lack nothing', () => {
    const outcomes = [row, rejected('wrong_type', '/value/a'), row];
    expect(discardIncomplete(outcomes, {})).toBe(outcomes);
  });

  it('discards the right records too, saying which one was not', () => {
    const discarded = discardIncomplete(lacking, {});
    expect(exceptionsOf(discarded).map(({ position, reason }) => [position, reason])).toEqual([
      [0, 'batch_discarded'],
      [1, 'wrong_type'],
      [2, 'missing_field'],
    ]);
    expect(discarded[0]).toEqual({
      kind: 'rejected',
      reason: 'batch_discarded',
      pointer: '',
      got: 'nothing at /records/2/value/b',
      want: 'every mapped field in every record of the request',
      message: expect.stringContaining('/records/2/value/b is missing'),
    });
  });

  it('discards the others also when the first record lacks a field', () => {
    const discarded = discardIncomplete([rejected('missing_field', '/value/a'), row], {});
    expect(discarded[1]).toMatchObject({ reason: 'batch_discarded', got: 'nothing at /records/0/value/a' });
  });

  it('leaves the others alone where the sink takes requests in part', () => {
    expect(discardIncomplete(lacking, { partialAcceptance: true })).toBe(lacking);
    expect(discardIncomplete(lacking, { partialAcceptance: false })[0]).toMatchObject({ reason: 'batch_discarded' });
  });
});
