import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeBatch } from '../../../lambdas/domain/batch.ts';
import type { DatabaseId, TenantId } from '../../../lambdas/domain/ids.ts';
import { rowKeyBytesMax } from '../../../lambdas/domain/limits.ts';
import { Problem } from '../../../lambdas/domain/problem.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { buryBatch } from '../../../lambdas/use-cases/bury-batch.ts';
import { createTable } from '../../../lambdas/use-cases/create-table.ts';
import { deleteRow, type RowPlace } from '../../../lambdas/use-cases/delete-row.ts';
import { redriveBatch } from '../../../lambdas/use-cases/redrive-batch.ts';
import { openReplays, type Replays } from '../../support/open-replays.ts';

let house: Replays;
beforeAll(() => {
  house = openReplays();
});
afterAll(() => house.close());

const columns = { n: { type: 'int' } } as const;
const placeIn = ({ databaseId, name }: Table, key: string, version?: string): RowPlace => ({
  ...{ databaseId, tableName: name, key },
  ...(version !== undefined && { version }),
});

async function remove(table: Table, key: string, version?: string) {
  const receipt = await deleteRow(house.ports, house.caller, placeIn(table, key, version));
  house.clock.advance(1_000);
  return receipt;
}

describe('a row that is deleted by its key', () => {
  it('is gone once its receipt is visible, and comes again with the next record', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 1, n: 1 }, { id: 2, n: 2 });
    const receipt = await remove(table, '1');
    expect(receipt).toMatchObject({ state: 'queued', received: 1, accepted: 1, operations: true, sinkId: table.id });
    expect(await house.rows(table, 1)).toEqual([[1]]);
    await house.consume();
    expect(await house.rows(table, 1, 2)).toEqual([undefined, [2]]);
    expect(await house.receipt(receipt.id)).toMatchObject({
      state: 'visible',
      written: 1,
      superseded: 0,
      quarantined: 0,
    });
    await house.load(sink.id, { id: 1 });
    expect(await house.rows(table, 1)).toEqual([[null]]);
    expect(await house.ports.catalog.hasPending(table.id as never)).toBe(false);
  });

  it.each([
    ['before it', false, undefined],
    ['after it', true, [5]],
  ])(
    'goes by the order of acceptance, however late it is written: a record accepted %s',
    async (_when, after, expected) => {
      const { table, sink } = await house.newSink(columns);
      const send = () =>
        house.accept(house.caller, { sinkId: sink.id, body: '{"records":[{"value":{"id":1,"n":5}}]}' });
      if (!after) await send();
      await remove(table, '1');
      if (after) await send();
      const messages = await house.take();
      expect(messages).toHaveLength(2);
      for (const order of [messages, messages.toReversed()]) for (const one of order) await house.write([one]);
      expect(await house.rows(table, 1)).toEqual([expected]);
    },
  );

  it('may be one that is not there', async () => {
    const { table } = await house.newSink(columns);
    const receipt = await remove(table, '77');
    await house.consume();
    expect(await house.receipt(receipt.id)).toMatchObject({ state: 'visible', accepted: 1, written: 1 });
    const again = await remove(table, '77');
    await house.consume();
    expect(await house.receipt(again.id)).toMatchObject({ state: 'visible' });
  });

  it('leaves no body in the archive and nothing in quarantine', async () => {
    const { table, sink } = await house.newSink(columns);
    await remove(table, '1');
    await house.consume();
    for (const id of [sink.id, table.id as never]) {
      expect(await house.archived(id)).toEqual([]);
      expect(await house.quarantined(id)).toEqual([]);
    }
  });

  it('of a batch that could not be written is redriven by its receipt', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.load(sink.id, { id: 1, n: 1 });
    const { id: receiptId } = await remove(table, '1');
    const [message] = await house.take();
    await buryBatch(house.ports, message!);
    await house.ports.queue.acknowledge([message!.handle]);
    await house.load(sink.id, { id: 1, n: 2 });
    expect(await house.receipt(receiptId)).toMatchObject({ state: 'failed', quarantined: 0 });
    const { tenantId } = house.caller;
    expect(await redriveBatch(house.ports, { tenantId, receiptId })).toMatchObject({ state: 'sent' });
    await house.consume();
    expect(await house.receipt(receiptId)).toMatchObject({ state: 'visible', written: 1, superseded: 0 });
    expect(await house.rows(table, 1)).toEqual([[2]]);
  });

  it('of a table that is gone meanwhile fails, and says nothing of a quarantine that has nothing of it', async () => {
    const { table } = await house.newSink(columns);
    const { id } = await remove(table, '1');
    const catalog = { ...house.ports.catalog, findTable: async () => undefined };
    await house.consume({ catalog });
    const receipt = await house.receipt(id);
    expect(receipt).toMatchObject({ state: 'failed', quarantined: 0, cause: expect.stringContaining(table.id) });
    expect(receipt!.cause).not.toContain('quarantine');
  });
});

describe('the key of a row that is to be deleted', () => {
  it.each([
    ['id', '0', 0],
    ['id', '007', 7],
    ['id', '9223372036854775807', 9_223_372_036_854_775_807n],
    ['string', '7', '7'],
    ['string', 'a/key with:odd|chars?&é', 'a/key with:odd|chars?&é'],
    ['string', 'x'.repeat(rowKeyBytesMax), 'x'.repeat(rowKeyBytesMax)],
  ] as const)('of kind %s may be %s', async (keyType, key, expected) => {
    const table = await newTable({ keyType });
    await remove(table, key);
    const [message] = await house.take();
    const { header, payload } = decodeBatch(message!.body);
    expect(header).toMatchObject({ operations: true, tableId: table.id, mappingRevision: 0 });
    expect(payload).toMatchObject({
      body: `[{"delete":${typeof expected === 'string' ? JSON.stringify(expected) : expected}}]`,
    });
    expect((await house.write([message!])).failed).toEqual([]);
    await house.ports.queue.acknowledge([message!.handle]);
  });

  it.each([
    ['id', 'seven'],
    ['id', '-1'],
    ['id', '1.5'],
    ['id', '9223372036854775808'],
    ['id', ''],
    ['string', 'x'.repeat(rowKeyBytesMax + 1)],
    ['string', 'é'.repeat(rowKeyBytesMax / 2 + 1)],
  ] as const)('of kind %s is not %s', async (keyType, key) => {
    const table = await newTable({ keyType });
    await expect(remove(table, key)).rejects.toMatchObject({ kind: 'invalid_parameter' });
    expect(await house.take()).toEqual([]);
  });
});

describe('a delete of a table', () => {
  it('whose producers have a clock of their own needs its version, and goes by it', async () => {
    const { table, sink } = await house.newSink(columns, true, 'v');
    await house.load(sink.id, { id: 1, n: 1, v: 10 }, { id: 2, n: 2, v: 20 });
    await expect(remove(table, '1')).rejects.toMatchObject({
      kind: 'missing_parameter',
      details: { parameter: 'version' },
    });
    await expect(remove(table, '1', 'ten')).rejects.toMatchObject({ kind: 'invalid_parameter' });
    await remove(table, '1', '15');
    await remove(table, '2', '15');
    await house.consume();
    expect(await house.rows(table, 1, 2)).toEqual([undefined, [2]]);
    await house.load(sink.id, { id: 1, n: 5, v: 14 });
    expect(await house.rows(table, 1)).toEqual([undefined]);
    await house.load(sink.id, { id: 1, n: 6, v: 16 });
    expect(await house.rows(table, 1)).toEqual([[6]]);
  });

  it('without versions takes none', async () => {
    const { table } = await house.newSink(columns);
    await expect(remove(table, '1', '5')).rejects.toMatchObject({
      kind: 'invalid_parameter',
      details: { parameter: 'version' },
    });
  });

  it('that is not there, of others, or not ready is refused', async () => {
    const { table } = await house.newSink(columns);
    const stranger = { ...house.caller, tenantId: 'theirs' as TenantId };
    await expect(deleteRow(house.ports, stranger, placeIn(table, '1'))).rejects.toMatchObject({ kind: 'not_found' });
    await expect(remove({ ...table, name: 'none' }, '1')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(remove({ ...table, databaseId: 'none' as DatabaseId }, '1')).rejects.toMatchObject({
      kind: 'not_found',
    });
    const creating = await newTable({});
    await house.ports.catalog.saveTable({ ...creating, status: 'FAILED' });
    await expect(remove(creating, '1')).rejects.toMatchObject({
      kind: 'incorrect_state',
      message: expect.stringContaining('FAILED'),
    });
    expect(await house.take()).toEqual([]);
  });

  it('waits for its place like records do, and is refused with it', async () => {
    const { table } = await house.newSink(columns);
    const pressure = {
      check: async () => ({ kind: 'refuse' as const, cause: 'the disk is full', retryAfterSeconds: 3 }),
    };
    const refused = deleteRow({ ...house.ports, pressure }, house.caller, placeIn(table, '1'));
    await expect(refused).rejects.toBeInstanceOf(Problem);
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable', details: { retry_after_seconds: 3 } });
    expect(await house.take()).toEqual([]);
  });
});

async function newTable(more: Partial<Pick<Table, 'keyType'>>): Promise<Table> {
  const { table } = await house.newSink(columns);
  const { databaseId } = table;
  const shape = { description: '', trackExistence: true, columns: [], keyType: 'id' as const, ...more };
  return createTable(house.ports, house.caller, { databaseId, name: 'other', ...shape });
}
