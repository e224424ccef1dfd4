import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import type { Database } from '../../../lambdas/domain/database.ts';
import type { ReceiptId } from '../../../lambdas/domain/ids.ts';
import { memberKey } from '../../../lambdas/domain/merge.ts';
import type { MemberOp, RowState } from '../../../lambdas/domain/row.ts';
import { noStamp } from '../../../lambdas/domain/version.ts';
import { getReceipt } from '../../../lambdas/use-cases/get-receipt.ts';
import { getRow } from '../../../lambdas/use-cases/get-row.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { makeScriptedRowStore } from '../../support/scripted-row-store.ts';

const written = '00000000000001000';
const later = '00000000000002000';

const rows: readonly RowState[] = [
  { key: 7, exists: written, tombstone: noStamp, cells: [{ stamp: written, value: 70 }] },
  { key: 8, exists: written, tombstone: later, cells: [{ stamp: written, value: 80 }] },
  { key: 9_223_372_036_854_775_807n, exists: written, tombstone: noStamp, cells: [undefined] },
  { key: 'a/b', exists: written, tombstone: noStamp, cells: [{ stamp: written, value: null }] },
  { key: '7', exists: written, tombstone: noStamp, cells: [{ stamp: written, value: 71 }] },
];

describe('a row by its key', () => {
  let plane: ControlPlane;
  let caller: Caller;
  let database: Database;
  beforeAll(async () => {
    plane = await openControlPlane();
    caller = plane.newCaller();
    database = await plane.newDatabase(caller);
  });
  afterAll(() => plane?.close());

  async function read(keyType: 'id' | 'string' | 'undecided', key: string) {
    const { databaseId, name } = await plane.newTable(caller, database, { n: { type: 'int' } }, keyType);
    const rowStore = makeScriptedRowStore(rows);
    return getRow({ ...plane.ports, rowStore }, caller, { databaseId, tableName: name, key });
  }

  it.each([
    ['id', '7', 7, 70],
    ['id', '007', 7, 70],
    ['id', '9223372036854775807', 9_223_372_036_854_775_807n, null],
    ['string', 'a/b', 'a/b', null],
    ['string', '7', '7', 71],
  ] as const)('of kind %s: %s', async (keyType, text, key, value) => {
    const { table, row } = await read(keyType, text);
    expect(table.columns.map(({ name }) => name)).toEqual(['n']);
    expect(row).toEqual({ key, values: [value] });
  });

  it.each([
    ['2022-08-10T23:59:59Z', ['a', 'b']],
    ['2022-08-11T00:00:00Z', ['b']],
    ['2022-08-12T00:00:00Z', []],
  ])('shows of a column without a standard view, at %s, the members %j', async (now, members) => {
    const type: ColumnType = { type: 'stringsetq', quantum: 'YMD', ttl: '48h', noStandardView: true };
    const { databaseId, name } = await plane.newTable(caller, database, { tags: type }, 'id');
    const ops = [['c'], ['a', '2022-08-08'], ['b', '2022-08-09']].map(([member = '', bucket]): [string, MemberOp] => [
      memberKey(member, bucket),
      { member, stamp: written, present: true, ...(bucket !== undefined && { bucket }) },
    ]);
    const cells = [{ cleared: noStamp, touched: written, members: new Map(ops) }];
    const rowStore = makeScriptedRowStore([{ key: 1, exists: written, tombstone: noStamp, cells }]);
    const ports = { ...plane.ports, rowStore, clock: { now: () => Date.parse(now) } };
    const { row } = await getRow(ports, caller, { databaseId, tableName: name, key: '1' });
    expect(row.values).toEqual([members]);
  });

  it.each([
    ['never written', 'id', '1'],
    ['deleted', 'id', '8'],
    ['of a table without rows', 'undecided', '7'],
    ['of other text', 'string', 'a'],
    ['of no text', 'string', ''],
  ] as const)('%s is not found', async (_name, keyType, key) => {
    expect(await refusalOf(read(keyType, key))).toEqual({
      kind: 'not_found',
      message: expect.stringContaining(`has no row "${key}"`),
    });
  });

  it.each(['', 'seven', '-1', '1.5', '1e3', '9223372036854775808', '99999999999999999999', ' 7', '0x7'])(
    '%j names no row of a table of numbers',
    async (key) => {
      expect(await refusalOf(read('id', key))).toEqual({
        kind: 'invalid_parameter',
        message: expect.stringContaining('whole numbers from 0 to 9223372036854775807'),
      });
    },
  );

  it('of an unknown table is not found', async () => {
    const place = { databaseId: database.id, tableName: 'nope', key: '7' };
    expect(await refusalOf(getRow(plane.ports, caller, place))).toEqual({
      kind: 'not_found',
      message: expect.stringContaining('"nope"'),
    });
  });

  it('is not read before the store is there', async () => {
    plane.rowStore.makes = 'slowly';
    const { databaseId, name } = await plane.newTable(caller, database);
    expect(await refusalOf(getRow(plane.ports, caller, { databaseId, tableName: name, key: '7' }))).toEqual({
      kind: 'incorrect_state',
      message: expect.stringContaining('CREATING'),
    });
  });
});

describe('a receipt', () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());

  it('is found by its tenant alone', async () => {
    const caller = plane.newCaller();
    const sink = await plane.newSink(caller, await plane.newTable(caller, await plane.newDatabase(caller)));
    const receipt = plane.queuedReceipt(sink);
    await plane.ports.catalog.openReceipt(receipt);
    const place = { receiptId: receipt.id };
    expect(await getReceipt(plane.ports, caller, place)).toEqual(receipt);
    const refusals = [
      await refusalOf(getReceipt(plane.ports, plane.newCaller(), place)),
      await refusalOf(getReceipt(plane.ports, caller, { receiptId: 'nope' as ReceiptId })),
    ];
    expect(refusals).toEqual(
      [receipt.id, 'nope'].map((id) => ({ kind: 'not_found', message: `Receipt "${id}" does not exist.` })),
    );
  });
});
