import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TableShape } from '../../lambdas/domain/table.ts';
import { newTable, put } from '../conformance/row-store-tables.ts';
import {
  answerLost,
  type Fate,
  type FaultyRows,
  failing,
  keysUpTo,
  openFaultyRows,
  script,
  throttled,
  writeOperations,
} from '../support/faulty-rows.ts';
import { clientAttemptsMax, DynamoError } from '../support/memory-dynamo.ts';

const asUsual: Fate = ({ apply }) => apply();

describe('merging into DynamoDB, when it refuses', () => {
  let rows: FaultyRows;
  let table: TableShape;
  beforeEach(() => {
    rows = openFaultyRows();
    table = rows.table;
  });

  const secrets = newTable([{ type: 'string' }]);
  const tooLarge = 'secret '.repeat(60_000);
  /** Two of forty are too large. */
  const mixed = keysUpTo(40).map((key) => put(secrets, key, [key % 20 === 2 ? tooLarge : 'small'], '2'));

  it('never sends a row over the limit of rows', async () => {
    const texts = openFaultyRows(secrets);
    await texts.storeWith().merge(secrets, [put(secrets, 2, ['small'], '1')]);
    const outcomes = await texts.storeWith().merge(secrets, mixed);
    expect(outcomes).toEqual(mixed.map(({ key }) => (Number(key) % 20 === 2 ? 'too_large' : 'changed')));
    expect(texts.callsOf('PutItem')).toBe(0);
    expect(texts.revisionOf(2)).toBe(1);
  });

  it('names a row that DynamoDB finds too large by a hash, leaves it as it was, and merges the others', async () => {
    const texts = openFaultyRows(secrets);
    await texts.storeWith().merge(secrets, [put(secrets, 2, ['small'], '1')]);
    const error = await thrownBy(texts.storeWith(undefined, { rowBytesMax: 1_000_000 }).merge(secrets, mixed));
    expect(error.message).toMatch(/^2 of 40 rows of table T\d+ were not merged; row [0-9a-f]{16} .*400 KB/);
    expect(JSON.stringify([error.message, error.cause, error.stack])).not.toContain('secret');
    expect(texts.items.size).toBe(39);
    expect(texts.revisionOf(2)).toBe(1);
  });

  it('says so where only the cells of a dropped column make it too large for DynamoDB', async () => {
    const both = newTable([{ type: 'string' }, { type: 'string' }]);
    const texts = openFaultyRows(both);
    await texts.storeWith().merge(both, [put(both, 1, [undefined, 'x'.repeat(300_000)], '1')]);
    const narrow = { ...both, columns: both.columns.slice(0, 1) };
    const written = [put(narrow, 1, ['y'.repeat(200_000)], '2'), put(narrow, 2, ['small'], '2')];
    expect(await texts.storeWith().merge(narrow, written)).toEqual(['too_large', 'changed']);
    expect(texts.revisionOf(1)).toBe(1);
  });

  it('writes the rows of a batch one by one when it is refused as a whole', async () => {
    const refused = failing(() => new DynamoError('ValidationException', 400, 'a value that must not be told'));
    const written = rows.rowsOf(keysUpTo(20));
    const store = rows.storeWith(script(writeOperations, [refused, asUsual, refused, answerLost]));
    const error = await thrownBy(store.merge(table, written));
    expect(error.message).toMatch(/^1 of 20 rows .*: DynamoDB refused the item$/);
    expect(rows.callsOf('PutItem')).toBe(21);
    expect((await rows.storeWith().merge(table, written)).filter((outcome) => outcome !== 'unchanged')).toEqual([
      'changed',
    ]);
  });

  it('cannot merge into an item that another program changed, and merges the others', async () => {
    await rows.storeWith().merge(table, rows.rowsOf(keysUpTo(3)));
    rows.items.get('N 1')!['extra'] = { S: 'by hand' };
    const error = await thrownBy(rows.storeWith().merge(table, rows.rowsOf(keysUpTo(3), '2')));
    expect(error.message).toMatch(/^1 of 3 rows .* does not know$/);
    expect(keysUpTo(3).map(rows.revisionOf)).toEqual([2, 1, 2]);
  });

  it('says at once that a table is missing, before it reads or between reading and writing', async () => {
    const gone = { ...table, id: newTable([]).id };
    const missing = await thrownBy(rows.storeWith().merge(gone, rows.rowsOf([1])));
    expect(missing.message).toBe(`table ${gone.id} has no row store`);
    expect(rows.memory.calls).toEqual(['BatchGetItem']);
    const drop: Fate = ({ apply }) => {
      rows.memory.tables.clear();
      return apply();
    };
    const dropped = await thrownBy(rows.storeWith(script(writeOperations, [drop])).merge(table, rows.rowsOf([1])));
    expect(dropped.message).toBe(`table ${table.id} has no row store`);
    expect(rows.callsOf(...writeOperations)).toBe(1);
  });

  it.each<[string, Fate]>([
    ['a batch', failing(() => new DynamoError('AccessDeniedException'))],
    ['a statement', () => ({ Responses: [{ Error: { Code: 'AccessDenied' } }] })],
  ])('says at once that it may not write %s', async (_, fate) => {
    const error = await thrownBy(rows.storeWith(script(writeOperations, [fate])).merge(table, rows.rowsOf([1])));
    expect(`${error.name} ${error.message}`).toContain('AccessDenied');
    expect(rows.callsOf(...writeOperations)).toBe(1);
  });

  it('scans on over throttled pages, a bounded number of times', async () => {
    await rows.storeWith().merge(table, rows.rowsOf(keysUpTo(3)));
    const fates = Array.from({ length: clientAttemptsMax * 4 }, () => throttled);
    const states = await Array.fromAsync(rows.storeWith(script(['Scan'], fates)).scan(table));
    expect(states.map(({ key }) => key)).toEqual([0, 1, 2]);
    await expect(Array.fromAsync(rows.storeWith(throttled).scan(table))).rejects.toThrow('page of a scan');
  });
});

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof Error)) throw new Error('it did not reject');
  return outcome;
}
