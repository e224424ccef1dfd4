import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceiptId, TenantId } from '../../lambdas/domain/ids.ts';
import { flushMsMin } from '../../lambdas/domain/limits.ts';
import { type RowStore, RowStoreBusy } from '../../lambdas/ports/row-store.ts';
import { buryBatch } from '../../lambdas/use-cases/bury-batch.ts';
import { redriveBatch } from '../../lambdas/use-cases/redrive-batch.ts';
import { bodyOf, openPipeline } from '../support/open-pipeline.ts';

let house: ReturnType<typeof openPipeline>;
beforeAll(() => {
  house = openPipeline();
});
afterAll(() => house.close());

const columns = { n: { type: 'int' }, s: { type: 'string' }, tags: { type: 'stringset' } } as const;

describe('from accept to visible', () => {
  it('answers per record, queues the body as sent, and writes exactly what it accepted', async () => {
    const { table, sink } = await house.newSink(columns);
    const body = bodyOf({ id: 1, n: 5, tags: ['a'] }, { id: 2, n: 'five' }, { id: 3, s: 'x' });
    const { receipt, outcomes } = await house.accept(house.caller, { sinkId: sink.id, body });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['row', 'rejected', 'row']);
    expect(receipt).toMatchObject({ state: 'queued', received: 3, accepted: 2, rejected: 1, dropped: 0 });
    expect(receipt.exceptions).toMatchObject([{ position: 1, reason: 'wrong_type', pointer: '/value/n', column: 'n' }]);

    const messages = await house.take();
    expect(messages).toHaveLength(1);
    expect(messages[0]!.body.endsWith(`\n${body}`)).toBe(true);
    expect(await house.write(messages)).toMatchObject({ failed: [] });

    expect(await house.row(table, 1)).toEqual({ key: 1, values: [5, null, ['a']] });
    expect(await house.row(table, 2)).toBeUndefined();
    expect(await house.row(table, 3)).toEqual({ key: 3, values: [null, 'x', null] });
    const closed = await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id);
    expect(closed).toMatchObject({ state: 'visible', written: 2, superseded: 0, changed: 0 });
    expect(await house.ports.catalog.currentSegments(table.id)).toHaveLength(1);
    const quarantined = await house.ports.catalog.listQuarantined(sink.id, { limit: 10 });
    expect(quarantined).toMatchObject([{ position: 1, reason: 'wrong_type', record: '{"value":{"id":2,"n":"five"}}' }]);
  });

  it('may deliver a batch twice: rows, receipt and quarantine stay as they are', async () => {
    const { table, sink } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, {
      sinkId: sink.id,
      body: bodyOf({ id: 1, n: 1, tags: ['a', 'b'] }, { id: true }),
    });
    const messages = await house.take();
    await house.write(messages);
    const first = await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id);
    await house.write(messages);
    expect(await house.row(table, 1)).toEqual({ key: 1, values: [1, null, ['a', 'b']] });
    expect(await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id)).toEqual(first);
    expect(await house.ports.catalog.listQuarantined(sink.id, { limit: 10 })).toHaveLength(1);
  });

  it('keeps the order of acceptance when batches arrive in another', async () => {
    const { table, sink } = await house.newSink(columns);
    for (const n of [1, 2, 3]) await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 7, n }) });
    const messages = await house.take();
    for (const message of [...messages].reverse()) await house.write([message]);
    expect(await house.row(table, 7)).toMatchObject({ values: [3, null, null] });
  });

  it('counts a record that later ones had superseded already', async () => {
    const { sink } = await house.newSink(columns);
    const early = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 7, n: 1 }) });
    const late = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 7, n: 2 }) });
    const [first, second] = await house.take();
    await house.write([second!]);
    await house.write([first!]);
    const read = (id: typeof early.receipt.id) => house.ports.catalog.findReceipt(house.caller.tenantId, id);
    expect(await read(late.receipt.id)).toMatchObject({ written: 1, superseded: 0 });
    expect(await read(early.receipt.id)).toMatchObject({ written: 0, superseded: 1 });
  });

  it('counts a record as written whose only news is a member of a set', async () => {
    const { sink } = await house.newSink(columns);
    const body = bodyOf({ id: 14, tags: ['a'] }, { id: 14, tags: ['b'] });
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body });
    await house.write(await house.take());
    const closed = await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id);
    expect(closed).toMatchObject({ written: 2, superseded: 0 });
  });

  it('discards a request whole when a field is missing that must not be', async () => {
    const { table, sink } = await house.newSink({ n: { type: 'int' } }, false);
    const { receipt, outcomes } = await house.accept(house.caller, {
      sinkId: sink.id,
      body: bodyOf({ id: 1, n: 1 }, { id: 2 }),
    });
    expect(outcomes.map((outcome) => outcome.kind === 'rejected' && outcome.reason)).toEqual([
      'batch_discarded',
      'missing_field',
    ]);
    expect(receipt).toMatchObject({ state: 'rejected', accepted: 0, rejected: 2 });
    await house.write(await house.take());
    expect(await house.row(table, 1)).toBeUndefined();
    const reasons = (await house.ports.catalog.listQuarantined(sink.id, { limit: 10 })).map(({ reason }) => reason);
    expect(reasons.sort()).toEqual(['batch_discarded', 'missing_field']);
  });

  it('lets a poison message fail alone', async () => {
    const { table, sink } = await house.newSink(columns);
    await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1, n: 1 }) });
    const [good] = await house.take();
    const poison = { messageId: 'poison', body: 'what is this' };
    const broken = { messageId: 'broken', body: good!.body.slice(0, -5) };
    const { failed } = await house.write([poison, broken, good!]);
    expect(failed.map(({ messageId }) => messageId).sort()).toEqual(['broken', 'poison']);
    expect(await house.row(table, 1)).toMatchObject({ values: [1, null, null] });
  });

  it('hands back what there is no time for, and what a table without capacity keeps it from, and writes the rest', async () => {
    const [slow, quick] = [await house.newSink(columns), await house.newSink(columns)];
    const accepted = [];
    for (const id of [1, 2, 3]) {
      accepted.push(await house.accept(house.caller, { sinkId: slow.sink.id, body: bodyOf({ id, n: 1, s: 'long' }) }));
    }
    await house.accept(house.caller, { sinkId: quick.sink.id, body: bodyOf({ id: 1, n: 1 }) });
    const messages = await house.take();
    const ofSlow = messages.filter(({ group }) => group === slow.sink.id).map(({ messageId }) => messageId);
    let merges = 0;
    const busy = {
      ...house.ports.rowStore,
      async merge(...args: Parameters<RowStore['merge']>) {
        if (args[0].id !== slow.table.id) return house.ports.rowStore.merge(...args);
        merges += 1;
        throw new RowStoreBusy('no capacity');
      },
    };
    const { failed } = await house.write(messages, { rowStore: busy });
    expect(failed.map(({ messageId }) => messageId).sort()).toEqual(ofSlow.toSorted());
    expect(merges).toBe(1);
    expect(await house.row(quick.table, 1)).toMatchObject({ values: [1, null, null] });

    const now = house.ports.clock.now();
    const late = await house.write(messages, {}, now + flushMsMin - 1_000);
    expect(late.failed.map(({ cause }) => (cause as Error).name)).toEqual(Array(4).fill('OutOfTime'));
    expect(await house.write(messages, {}, now + 600_000)).toEqual({ failed: [] });
    const receipt = await house.ports.catalog.findReceipt(house.caller.tenantId, accepted[0]!.receipt.id);
    expect(receipt).toMatchObject({ state: 'visible', written: 1 });
  });

  it('shows no receipt as visible whose segment could not be stored', async () => {
    const { sink, table } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1, n: 1 }) });
    const messages = await house.take();
    const full = { ...house.ports.objects, putIfAbsent: () => Promise.reject(new Error('no space left')) };
    const { failed } = await house.write(messages, { objects: full });
    expect(failed).toHaveLength(1);
    expect(await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id)).toMatchObject({ state: 'queued' });
    expect(await house.ports.catalog.currentSegments(table.id)).toEqual([]);
    expect((await house.write(messages)).failed).toEqual([]);
    expect(await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id)).toMatchObject({
      state: 'visible',
    });
  });

  it('redrives a dead-lettered batch into its old place in the order, and only what is refused stays in quarantine', async () => {
    const { table, sink } = await house.newSink(columns);
    const { tenantId } = house.caller;
    const body = bodyOf({ id: 1, n: 1, s: 'old' }, { id: 'one' }, { id: 2, n: 2 });
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body });
    const [message] = await house.take();
    await buryBatch(house.ports, message!);
    await buryBatch(house.ports, message!);
    expect(await house.ports.catalog.findReceipt(tenantId, receipt.id)).toMatchObject({ state: 'failed' });
    const archived = await house.ports.catalog.listArchived(sink.id, { limit: 9 });
    expect(archived).toMatchObject([{ reason: 'write_failed', receiptId: receipt.id }]);
    expect(String(await house.ports.objects.get(archived[0]!.objectKey!).then((found) => Buffer.from(found!)))).toBe(
      body,
    );
    const buried = await house.ports.catalog.listQuarantined(sink.id, { limit: 9 });
    expect(buried.map(({ position, reason }) => [position, reason])).toEqual([
      [2, 'write_failed'],
      [1, 'invalid_key'],
      [0, 'write_failed'],
    ]);

    await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1, n: 9 }) });
    await house.write(await house.take());
    const letter = { tenantId, receiptId: receipt.id };
    expect(await redriveBatch(house.ports, letter)).toMatchObject({ state: 'sent' });
    expect(await redriveBatch(house.ports, letter)).toMatchObject({ state: 'sent' });
    const sentAgain = await house.take();
    expect(await house.write(sentAgain)).toEqual({ failed: [] });
    expect(await house.row(table, 1)).toEqual({ key: 1, values: [9, 'old', null] });
    expect(await house.row(table, 2)).toEqual({ key: 2, values: [2, null, null] });
    const closed = await house.ports.catalog.findReceipt(tenantId, receipt.id);
    expect(closed).toMatchObject({ state: 'visible', accepted: 2, rejected: 1, written: 2, superseded: 0 });
    expect(closed).not.toHaveProperty('cause');
    const left = await house.ports.catalog.listQuarantined(sink.id, { limit: 9 });
    expect(left).toMatchObject([{ position: 1, reason: 'invalid_key' }]);
    expect(await redriveBatch(house.ports, letter)).toMatchObject({ state: 'not_failed' });
    expect(await house.ports.catalog.listArchived(sink.id, { limit: 1 })).not.toMatchObject([
      { reason: 'write_failed' },
    ]);
    await buryBatch(house.ports, message!);
    expect(await house.ports.catalog.listQuarantined(sink.id, { limit: 9 })).toEqual(left);
    // What somebody has settled, a message that comes once more does not bring back.
    await house.ports.catalog.removeQuarantined(sink.id, [left[0]!.id]);
    expect(await house.write(sentAgain)).toEqual({ failed: [] });
    expect(await house.ports.catalog.listQuarantined(sink.id, { limit: 9 })).toEqual([]);
    const none = { ...letter, receiptId: 'none' as ReceiptId };
    expect(await redriveBatch(house.ports, none)).toEqual({ state: 'absent' });
    expect(await redriveBatch(house.ports, { ...letter, tenantId: 'theirs' as TenantId })).toEqual({ state: 'absent' });
  });

  it('makes the receipt of an accept that crashed after queueing', async () => {
    const { sink } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, {
      sinkId: sink.id,
      body: bodyOf({ id: 1, n: 1 }, { id: 'x' }),
    });
    const [message] = await house.take();
    const renamed = { ...message!, body: message!.body.replaceAll(receipt.id, `${receipt.id.slice(0, -4)}0000`) };
    await house.write([renamed]);
    const made = await house.ports.catalog.findReceipt(
      house.caller.tenantId,
      `${receipt.id.slice(0, -4)}0000` as typeof receipt.id,
    );
    const { state: _, id: __, ...facts } = receipt;
    expect(made).toMatchObject({ ...facts, state: 'visible', written: 1 });
  });

  it('quarantines what was accepted for a table that is gone, and says so on the receipt', async () => {
    const { sink, table } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1, n: 1 }) });
    const messages = await house.take();
    const catalog = { ...house.ports.catalog, findTable: async () => undefined };
    expect((await house.write(messages, { catalog })).failed).toEqual([]);
    const closed = await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id);
    expect(closed).toMatchObject({ state: 'failed', cause: expect.stringContaining(table.id) });
    expect(await house.ports.catalog.listQuarantined(sink.id, { limit: 10 })).toMatchObject([{ reason: 'table_gone' }]);
  });

  it('counts values whose column was dropped meanwhile, and writes the rest', async () => {
    const { sink, table } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1, n: 1, s: 'x' }) });
    const messages = await house.take();
    const without = { ...table, columns: table.columns.filter(({ name }) => name !== 'n') };
    const catalog = { ...house.ports.catalog, findTable: async () => without };
    await house.write(messages, { catalog });
    expect(await house.row(without, 1)).toEqual({ key: 1, values: ['x', null] });
    expect(await house.ports.catalog.findReceipt(house.caller.tenantId, receipt.id)).toMatchObject({ changed: 1 });
  });
});

describe('accept refuses', () => {
  it("an unknown sink and another tenant's alike", async () => {
    const { sink } = await house.newSink(columns);
    const stranger = { ...house.caller, tenantId: 'other' as typeof house.caller.tenantId };
    await expect(house.accept(stranger, { sinkId: sink.id, body: bodyOf({ id: 1 }) })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('a sink that is being deleted, naming its state', async () => {
    const { sink } = await house.newSink(columns);
    await house.ports.catalog.saveSink({ ...sink, status: 'DELETING' });
    await expect(house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1 }) })).rejects.toMatchObject({
      kind: 'incorrect_state',
      message: expect.stringContaining('DELETING'),
    });
  });

  it('and an empty list is answered and queues nothing', async () => {
    const { sink } = await house.newSink(columns);
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: '{"records":[]}' });
    expect(receipt).toMatchObject({ received: 0, state: 'rejected' });
    expect(await house.take()).toEqual([]);
  });
});
