import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ColumnType, Member } from '../../lambdas/domain/column-type.ts';
import { rowBytesMax } from '../../lambdas/domain/limits.ts';
import { rowBytes } from '../../lambdas/domain/merge/row-bytes.ts';
import { coalesce, mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { KeyType } from '../../lambdas/domain/table.ts';
import { fullShape, stampsBy, writesOf } from '../conformance/row-histories.ts';
import { rowStoreSuite } from '../conformance/row-store-suite.ts';
import { active, newTable, newTableId, put, valuesOf } from '../conformance/row-store-tables.ts';
import { operationState } from '../support/row-history.ts';
import { type DynamoRows, openDynamoRows } from './open-dynamo-rows.ts';

rowStoreSuite('the DynamoDB row store', openDynamoRows);

describe('the DynamoDB row store, in its tables', () => {
  let place: DynamoRows;
  beforeEach(() => {
    place = openDynamoRows();
  });
  afterEach(() => place.close());

  it.each<[KeyType, keyof typeof stampsBy]>([
    ['id', 'acceptance'],
    ['string', 'acceptance'],
    ['id', 'producers with a clock'],
  ])('gives back states of every type of column, keyed by %s, in the order of %s', async (keyType, order) => {
    const shape = fullShape(keyType);
    const store = place.make();
    const history = fc.array(writesOf(shape, stampsBy[order]), { minLength: 1, maxLength: 12 });
    const property = fc.asyncProperty(history, async (writes) => {
      const table = { ...shape, id: newTableId() };
      await active(store, table);
      const states = coalesce(writes);
      await store.merge(table, states);
      const keys = states.map(({ key }) => key);
      const back = await store.get(table, keys);
      expect(states.filter((state, i) => !back[i] || !sameState(state, back[i]))).toEqual([]);
      await store.drop(table.id);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it.each([true, false])('makes them tagged and on demand; recovery is on: %s', async (recovery) => {
    const table = newTable([]);
    const store = place.make({ recovery, tags: { project: 'headgate', stage: 'test' } });
    await active(store, table);
    const TableName = place.tablePrefix + table.id;
    const { Table } = await place.dynamo.send(new DescribeTableCommand({ TableName }));
    expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
    const { Tags = [] } = await place.dynamo.send(new ListTagsOfResourceCommand({ ResourceArn: Table!.TableArn }));
    expect(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))).toEqual({
      project: 'headgate',
      stage: 'test',
    });
    const backups = await place.dynamo.send(new DescribeContinuousBackupsCommand({ TableName }));
    const { PointInTimeRecoveryDescription } = backups.ContinuousBackupsDescription!;
    expect(PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe(recovery ? 'ENABLED' : 'DISABLED');
  });

  it('shows rows to a plain reader that skips what is deleted', async () => {
    const table = newTable([{ type: 'decimal', scale: 2 }, { type: 'timestamp', unit: 'ms' }, { type: 'idset' }]);
    const store = place.make();
    await active(store, table);
    await store.merge(table, [
      put(table, 1, [-510, 1_659_981_468_120, [7, 9_223_372_036_854_775_807n]]),
      put(table, 2, [null, undefined, []]),
      operationState({ update: { n1: 5 } }, '1', table.columns, 3),
      put(table, 4, [1, 1, [1]]),
    ]);
    await store.merge(table, [operationState({ delete: true }, '2', table.columns, 4)]);
    const scan = {
      TableName: place.tablePrefix + table.id,
      FilterExpression: 'attribute_not_exists(#deleted)',
      ExpressionAttributeNames: { '#deleted': '_deleted' },
    };
    const pages = await Array.fromAsync(paginateScan({ client: place.dynamo }, scan));
    const items = pages.flatMap(({ Items = [] }) => Items.map(({ _v, ...shown }) => shown));
    expect(items.toSorted((a, b) => Number(a['_id']!.N) - Number(b['_id']!.N))).toEqual([
      {
        _id: { N: '1' },
        n1: { N: '-5.1' },
        n2: { S: '2022-08-08T17:57:48.120Z' },
        n3: { NS: expect.arrayContaining(['7', '9223372036854775807']) },
      },
      { _id: { N: '2' } },
    ]);
  });

  it('fails on an item over 400 KB, which stays as it was, and merges the others', async () => {
    const table = newTable([{ type: 'string' }, { type: 'string' }]);
    const store = place.make({ rowBytesMax: 1_000_000 });
    await active(store, table);
    await store.merge(table, [put(table, 1, ['x'.repeat(300_000)])]);
    const rows = [
      put(table, 1, [undefined, 'y'.repeat(300_000)], '2'),
      put(table, 2, ['z'.repeat(500_000)]),
      put(table, 3, ['small']),
    ];
    await expect(store.merge(table, rows)).rejects.toThrow(/^2 of 3 rows of table .*400 KB/);
    expect(await valuesOf(store, table, [1, 2, 3])).toEqual([['x'.repeat(300_000), null], undefined, ['small', null]]);
  });

  it.each<[string, KeyType, ColumnType, (n: number) => Member]>([
    ['numbers of two digits or so', 'id', { type: 'idset' }, (n) => n],
    ['numbers of 19 digits', 'id', { type: 'idset' }, (n) => 1_000_000_000_000_000_001n + BigInt(n)],
    ['texts by a text key', 'string', { type: 'stringset' }, (n) => `é ${n}`],
    ['texts that JSON escapes, in time', 'id', { type: 'stringsetq', quantum: 'YMDH' }, (n) => `"\0${n}`],
  ])('takes the largest row that the limit allows: a set of %s', async (_, keyType, type, memberOf) => {
    const table = newTable([type], keyType);
    const store = place.make();
    await active(store, table);
    const key = keyType === 'id' ? 1 : 'k'.repeat(2_000);
    const rowOf = (size: number) => {
      const parts = Array.from({ length: 40 }, (_, part) => {
        const added = Array.from({ length: size }, (_, i) => memberOf(part * size + i));
        const operation = { put: { n1: added } };
        return operationState(operation, `01hq8zk3aab0000${10 + part}`, table.columns, key, part * 3_600_000);
      });
      return parts.reduce(mergeRows);
    };
    let [fits, tooLarge] = [1, 4_096];
    while (tooLarge - fits > 1) {
      const size = (fits + tooLarge) >> 1;
      if (rowBytes(rowOf(size), table.columns) <= rowBytesMax) fits = size;
      else tooLarge = size;
    }
    expect(await store.merge(table, [rowOf(fits)])).toEqual(['changed']);
    expect(sameState((await store.get(table, [key]))[0]!, rowOf(fits))).toBe(true);
    expect(await store.merge(table, [rowOf(tooLarge)])).toEqual(['too_large']);
  });

  it('has no rows of keys that DynamoDB can not hold, and finds the others beside them', async () => {
    const table = newTable([{ type: 'string' }], 'string');
    const store = place.make();
    await active(store, table);
    await store.merge(table, [put(table, 'k', ['a'])]);
    expect(await valuesOf(store, table, ['', 'k', 'é'.repeat(1_025)])).toEqual([undefined, ['a'], undefined]);
  });
});
