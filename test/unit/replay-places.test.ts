import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantId } from '../../lambdas/domain/ids.ts';
import { rowBytesMax } from '../../lambdas/domain/limits.ts';
import { getArchivedBody, listArchive } from '../../lambdas/use-cases/read-archive.ts';
import { bodyOf } from '../support/open-pipeline.ts';
import { openReplays, type Replays } from '../support/open-replays.ts';

let house: Replays;
beforeAll(() => {
  house = openReplays();
});
afterAll(() => house.close());

describe('replayed records in a table whose producers have a clock of their own', () => {
  it('go by their versions, whenever they were sent', async () => {
    const { table, sink } = await house.newSink({ n: { type: 'int' } }, true, 'v');
    await house.load(sink.id, { id: 1, n: 1, m: 10, v: 20 }, { id: 2, n: 2, m: 20, v: 5 });
    await house.load(sink.id, { id: 2, n: 7, m: 70, v: 9 }, { id: 1, n: 8, v: 10 });
    await house.remap(sink.id, { _id: 'id', n: 'm', _version: 'v' });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(await house.rows(table, 1, 2)).toEqual([[10], [70]]);
  });

  it('stay below what has a higher version, also where the newer mapping reads another one', async () => {
    const { table, sink } = await house.newSink({ n: { type: 'int' } }, true, 'v');
    await house.load(sink.id, { id: 1, n: 1, m: 10, v: 20, w: 30 }, { id: 2, n: 2, m: 20, v: 20, w: 10 });
    await house.remap(sink.id, { _id: 'id', n: 'm', _version: 'w' });
    const replay = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(replay.counts).toMatchObject({ written: 1, superseded: 1 });
    expect(await house.rows(table, 1, 2)).toEqual([[10], [2]]);
  });
});

describe('replayed records that do not fit into their row', () => {
  it('are quarantined under the receipt that first brought them, and counted', async () => {
    const { table, sink } = await house.newSink({ s: { type: 'string' }, t: { type: 'string' } });
    const long = 'x'.repeat(rowBytesMax * 0.6);
    const sent = await house.load(sink.id, { id: 1, s: long, u: long }, { id: 2, u: 'short' });
    await house.remap(sink.id, { _id: 'id', s: 's', t: 'u' });
    const replay = await house.replay({ sinkId: sink.id, from: 'archive' });
    expect(replay.counts).toMatchObject({ received: 2, accepted: 2, written: 1, quarantined: 1, rejected: 0 });
    const [entry] = await house.quarantined(sink.id);
    expect(entry).toMatchObject({ receiptId: sent.id, position: 0, reason: 'row_too_large', mappingRevision: 2 });
    expect((await house.rows(table, 2))[0]).toEqual([null, 'short']);
  });
});

describe('the archive of a sink', () => {
  it('has what was accepted whether any of it was good or not, and nothing that was refused whole', async () => {
    const { sink } = await house.newSink({ n: { type: 'int' } });
    await house.load(sink.id, { id: 1 });
    await house.load(sink.id, { id: 'bad' });
    const refused = house.accept(house.caller, { sinkId: sink.id, body: '{"records":' });
    await expect(refused).rejects.toMatchObject({ kind: 'invalid_body' });
    await house.accept(house.caller, { sinkId: sink.id, body: bodyOf() });
    await house.consume();
    const entries = await house.archived(sink.id);
    expect(entries.map(({ applied }) => applied)).toEqual([
      [{ revision: 1, except: [] }],
      [{ revision: 1, except: [0] }],
    ]);
  });

  it('keeps one object for the bodies that one flush wrote, and one entry for a batch that came twice', async () => {
    const { sink } = await house.newSink({ n: { type: 'int' } });
    for (const id of [1, 2, 3]) await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id }) });
    const messages = await house.take();
    await house.write(messages);
    await house.write(messages);
    await house.ports.queue.acknowledge(messages.map(({ handle }) => handle));
    const entries = await house.archived(sink.id);
    expect(entries).toHaveLength(3);
    expect(new Set(entries.map(({ objectKey }) => objectKey)).size).toBe(1);
    const place = { sinkId: sink.id, id: entries[1]!.id };
    expect(await getArchivedBody(house.ports, house.caller, place)).toBe(bodyOf({ id: 2 }));
    const stranger = { tenantId: 'theirs' as TenantId };
    await expect(getArchivedBody(house.ports, stranger, place)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await listArchive(house.ports, stranger, { sinkId: sink.id, limit: 9 })).toEqual({ entries: [] });
    const page = await listArchive(house.ports, house.caller, { sinkId: sink.id, limit: 2 });
    expect(page).toEqual({ entries: entries.slice(0, 2), next: entries[1]!.id });
    const gone = { ...house.ports, objects: { get: async () => undefined } };
    await expect(getArchivedBody(gone, house.caller, place)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('lists requests, and of a replay no more than its dead letters', async () => {
    const { sink } = await house.newSink({ n: { type: 'int' } });
    await house.load(sink.id, { id: 1 });
    await house.replay({ sinkId: sink.id, from: 'archive' });
    const [request, ...others] = (await listArchive(house.ports, house.caller, { sinkId: sink.id, limit: 9 })).entries;
    expect([request!.ofReplay, others]).toEqual([undefined, []]);
    const [noted] = (await house.ports.catalog.listArchived(sink.id, { limit: 9 })).filter(({ ofReplay }) => ofReplay);
    const place = { sinkId: sink.id, id: noted!.id };
    await expect(getArchivedBody(house.ports, house.caller, place)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('comes before the receipt: what is visible can be replayed', async () => {
    const { sink } = await house.newSink({ n: { type: 'int' } });
    const { receipt } = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 1 }) });
    const addArchived = () => Promise.reject(new Error('no answer'));
    const broken = house.consume({ catalog: { ...house.ports.catalog, addArchived } });
    await expect(broken).rejects.toThrow('no answer');
    expect(await house.receipt(receipt.id)).toMatchObject({ state: 'queued' });
  });
});
