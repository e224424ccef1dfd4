import { beforeEach, describe, expect, it } from '@jest/globals';
import { columnsPerTableMax } from '../../lambdas/domain/limits.ts';
import { mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import { newTable, put } from '../conformance/row-store-tables.ts';
import {
  answerLost,
  broken,
  type Fate,
  type FaultyRows,
  failing,
  keysUpTo,
  openFaultyRows,
  script,
  silent,
  throttled,
  writeOperations,
} from '../support/faulty-rows.ts';
import { AnswerLost, clientAttemptsMax, DynamoError, type MemoryItem } from '../support/memory-dynamo.ts';

describe('merging into DynamoDB, when requests fail', () => {
  let rows: FaultyRows;
  let table: TableShape;
  beforeEach(() => {
    rows = openFaultyRows();
    table = rows.table;
  });

  /** Nothing lost, nothing else there, and each row written once. */
  async function expectStored({ table, storeWith, items, revisionOf }: FaultyRows, wanted: readonly RowState[]) {
    const keys = wanted.map(({ key }) => key);
    const stored = await storeWith().get(table, keys);
    expect(wanted.filter((row, i) => !stored[i] || !sameState(row, stored[i]))).toEqual([]);
    expect(items.size).toBe(wanted.length);
    expect(keys.map((key) => revisionOf(Number(key)))).toEqual(wanted.map(() => 1));
  }

  it('waits out a throttled read', async () => {
    const fates = Array.from({ length: clientAttemptsMax * 3 }, () => throttled);
    const written = rows.rowsOf(keysUpTo(3));
    expect(await rows.storeWith(script(['BatchGetItem'], fates)).merge(table, written)).toEqual([
      'changed',
      'changed',
      'changed',
    ]);
    await expectStored(rows, written);
  });

  it('asks again for keys that came back unprocessed', async () => {
    const written = rows.rowsOf(keysUpTo(250));
    await rows.storeWith().merge(table, written.slice(0, 120));
    const store = rows.storeWith(halfUnprocessed);
    expect(await store.merge(table, written)).toEqual(written.map((_, i) => (i >= 120 ? 'changed' : 'unchanged')));
    await expectStored(rows, written);
    const states = await store.get(table, [...keysUpTo(250), 7, 999]);
    expect(states.map((state) => state?.key)).toEqual([...keysUpTo(250), 7, undefined]);
  });

  it.each<[string, Fate]>([
    ['is throttled', throttled],
    ['leaves all keys unprocessed', ({ input }) => ({ Responses: {}, UnprocessedKeys: input.RequestItems })],
    ['breaks', broken],
    ['gets no answer', silent],
    ['is not allowed', failing(() => new DynamoError('AccessDeniedException'))],
  ])('gives up, having written nothing, when every read %s', async (_, fate) => {
    await expect(rows.storeWith(fate).merge(table, rows.rowsOf([1]))).rejects.toThrow();
    expect(rows.callsOf(...writeOperations)).toBe(0);
    expect(rows.memory.calls.length).toBeLessThanOrEqual(8 * clientAttemptsMax);
  });

  it.each<[string, readonly Fate[]]>([
    ['lost after it was applied', [answerLost]],
    ['lost twice after it was applied', [answerLost, answerLost]],
    ['lost in all attempts after it was applied', [answerLost, answerLost, answerLost]],
    ['lost before it was applied', [broken]],
    ['lost in all attempts before it was applied', [silent, broken, broken]],
    ['throttled', [throttled]],
    ['throttled in all attempts', [throttled, throttled, throttled]],
    ['throttled, then lost after it was applied', [throttled, answerLost, throttled]],
  ])('writes once and says so when a write is %s', async (_, fates) => {
    const old = rows.rowsOf([1, 2, 3]);
    await rows.storeWith().merge(table, old);
    const newer = [...rows.rowsOf([1], '0'), ...rows.rowsOf([2, 4], '2')];
    expect(await rows.storeWith(script(writeOperations, fates)).merge(table, newer)).toEqual([
      'changed',
      'changed',
      'changed',
    ]);
    expect([1, 2, 3, 4].map(rows.revisionOf)).toEqual([2, 2, 1, 1]);
    const stored = await rows.storeWith().get(table, [1, 2, 3, 4]);
    const wanted = [mergeRows(old[0]!, newer[0]!), mergeRows(old[1]!, newer[1]!), old[2]!, newer[2]!];
    expect(stored.map((state, i) => sameState(state!, wanted[i]!))).toEqual([true, true, true, true]);
    expect(await rows.storeWith().merge(table, newer)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  it('writes once when answers to single puts are lost, as those of rows too wide for a statement', async () => {
    const { columns } = newTable(Array.from({ length: columnsPerTableMax }, () => ({ type: 'int' })));
    const named = columns.map((column) => ({ ...column, name: `${column.name}_of_a_longer_name` }));
    const wide = openFaultyRows({ ...table, columns: named });
    const values = columns.map((_, i) => i);
    const written = keysUpTo(6).map((key) => put(wide.table, key, values));
    const fates = [answerLost, throttled, answerLost, answerLost, answerLost, broken, answerLost];
    const store = wide.storeWith(script(['PutItem'], fates));
    expect(await store.merge(wide.table, written)).toEqual(written.map(() => 'changed'));
    expect(wide.callsOf('BatchExecuteStatement')).toBe(0);
    await expectStored(wide, written);
  });

  it('merges again with what others wrote in between, as often as it takes', async () => {
    const other = rows.storeWith();
    let conflicts = 0;
    const store = rows.storeWith(async ({ operation, apply }) => {
      if (operation === 'BatchExecuteStatement' && conflicts < 9) {
        conflicts += 1;
        await other.merge(table, [put(table, 1, [undefined, [`other ${conflicts}`]], '0')]);
      }
      return apply();
    });
    expect(await store.merge(table, rows.rowsOf([1, 2]))).toEqual(['changed', 'changed']);
    const [state] = await other.get(table, [1]);
    expect(state!.cells[1]).toHaveProperty('members.size', 10);
    expect([1, 2].map(rows.revisionOf)).toEqual([10, 1]);
  });

  it.each<[string, stamp: string]>([
    ['something newer', '2'],
    ['the same, as a second delivery does', '1'],
  ])('says that nothing changed when another wrote %s in between', async (_, stamp) => {
    const others = [put(table, 1, [8], stamp)];
    const inBetween: Fate = ({ apply }) => rows.storeWith().merge(table, others).then(apply);
    const store = rows.storeWith(script(['BatchExecuteStatement'], [inBetween]));
    expect(await store.merge(table, [put(table, 1, [8], '1')])).toEqual(['unchanged']);
    await expectStored(rows, others);
  });

  it('says that a row changed whose write was lost and which another wrote over, as long as a stamp of it is there', async () => {
    const overwritten = (key: number): Fate => {
      return async (call) => {
        call.apply();
        await rows.storeWith().merge(table, [put(table, key, [8], '2')]);
        throw new AnswerLost('the connection broke');
      };
    };
    const storeOf = (key: number) => rows.storeWith(script(writeOperations, [overwritten(key)]));
    expect(await storeOf(1).merge(table, [put(table, 1, [7, ['a']], '1')])).toEqual(['changed']);
    expect(await storeOf(2).merge(table, [put(table, 2, [7], '1')])).toEqual(['unchanged']);
  });

  it('gives up on rows that others always write before us, and merges the rest', async () => {
    let stamp = 1_000;
    const store = rows.storeWith(async ({ operation, apply }) => {
      stamp += 1;
      if (operation === 'BatchExecuteStatement') await rows.storeWith().merge(table, rows.rowsOf([1], `${stamp}`));
      return apply();
    });
    const written = rows.rowsOf([1, 2, 3]);
    await expect(store.merge(table, written)).rejects.toThrow(/^1 of 3 rows of table T\d+ were not merged/);
    expect(await rows.storeWith().merge(table, written)).toEqual(['changed', 'unchanged', 'unchanged']);
    expect(rows.callsOf('BatchGetItem')).toBeLessThan(40);
  });

  it.each<[string, Fate, rounds: number]>([
    ['are throttled', throttled, 12],
    ['get no answer', silent, 2],
  ])('gives up after a bounded number of requests when all writes %s', async (_, fate, rounds) => {
    const store = rows.storeWith((call) => (call.operation === 'BatchGetItem' ? call.apply() : fate(call)));
    await expect(store.merge(table, rows.rowsOf(keysUpTo(30)))).rejects.toThrow('30 of 30 rows');
    expect(rows.callsOf(...writeOperations)).toBe(rounds * 2 * clientAttemptsMax);
    expect(rows.items.size).toBe(0);
  });

  it('settles each statement of a batch for itself', async () => {
    const written = rows.rowsOf(keysUpTo(60));
    await rows.storeWith().merge(table, written.slice(0, 5));
    const codes = ['ThrottlingError', 'InternalServerError', 'TransactionConflict', 'RequestLimitExceeded'];
    const store = rows.storeWith(script(['BatchExecuteStatement'], codes.map(partlyFailing)));
    expect(await store.merge(table, written)).toEqual(written.map((_, i) => (i >= 5 ? 'changed' : 'unchanged')));
    await expectStored(rows, written);
  });

  /** Of three statements one fails undone, one says that it failed but was done, one is done. */
  function partlyFailing(code: string): Fate {
    return ({ input, apply }) => {
      const answer = apply();
      const fail = (i: number, Code: string) => {
        answer.Responses[i] = { Error: { Code, Message: 'planted' } };
      };
      for (let i = 0; i < answer.Responses.length; i += 3) {
        rows.items.delete(`N ${input.Statements[i].Parameters[0].N}`);
        fail(i, code);
        if (i + 1 < answer.Responses.length) fail(i + 1, 'InternalServerError');
      }
      return answer;
    };
  }
});

/** Reads give the first half of the keys, and leave the rest. */
const halfUnprocessed: Fate = ({ operation, input, apply }) => {
  const answer = apply();
  if (operation !== 'BatchGetItem') return answer;
  const [[name, { Keys }]] = Object.entries(input.RequestItems) as [[string, { Keys: MemoryItem[] }]];
  const keys = Keys.map(({ _id }) => _id!.N!);
  const read = new Set(keys.slice(0, Math.ceil(keys.length / 2)));
  const isRead = ({ _id }: MemoryItem) => read.has(_id!.N!);
  const left = Keys.filter((key) => !isRead(key));
  return {
    Responses: { [name]: answer.Responses[name].filter(isRead) },
    UnprocessedKeys: left.length === 0 ? {} : { [name]: { Keys: left } },
  };
};
