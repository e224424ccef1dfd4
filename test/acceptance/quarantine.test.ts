import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type FieldItem, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type StoredRecordsApi, storedRecordsOf } from '../support/stored-records-api.ts';

jest.setTimeout(180_000);

const mapped: readonly FieldItem[] = ['_id', 'n', 'note'].map((name) => ({
  name,
  path: [name === '_id' ? 'id' : name],
}));

describe('records in quarantine', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let stored: StoredRecordsApi;
  let databaseId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    stored = storedRecordsOf(api);
    databaseId = await api.createDatabase();
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  async function newSink(table: string): Promise<string> {
    await api.createTable(databaseId, table, false, {
      n: { type: 'int', max: 100 },
      note: { type: 'mutex', keys: true },
    });
    return (await api.createSink(databaseId, table, mapped, true)).id;
  }
  const placesOf = (entries: readonly { position: number; reason: string }[]) =>
    entries.map(({ position, reason }) => [position, reason]);

  it('are listed with why, chosen by what they are, mended, replayed, and then in the table and there no more', async () => {
    const sinkId = await newSink('mended');
    const first = await api.send(sinkId, [
      { id: 1, n: 'one' },
      { id: 2, n: 2 },
      { id: 3, n: 300, note: 'large' },
    ]);
    expect(first.body).toMatchObject({ success_count: 1, error_count: 2 });
    await api.visible(first);
    const receiptId = first.headers.get('x-headgate-receipt')!;
    await api.send(sinkId, [{ id: 'four', n: 4 }]);
    const entries = await stored.quarantined(sinkId, 3);
    expect(placesOf(entries)).toEqual([
      [0, 'invalid_key'],
      [2, 'out_of_range'],
      [0, 'wrong_type'],
    ]);
    const [, large, wrong] = entries as [unknown, (typeof entries)[number], (typeof entries)[number]];
    expect(wrong).toMatchObject({
      receipt_id: receiptId,
      pointer: '/value/n',
      mapping_revision: 1,
      record: { value: { id: 1, n: 'one' } },
    });
    const path = `/v2/sinks/${sinkId}/quarantine/${wrong.id}`;
    expect(await stored.call('getQuarantined', 200, 'GET', path)).toEqual(wrong);

    for (const [query, expected] of [
      [`receipt_id=${receiptId}`, [2, 0]],
      ['reason=wrong_type', [0]],
      ['pointer=%2Fvalue%2Fid', [0]],
      ['mapping_revision=2', []],
      [`accepted_from=${encodeURIComponent(wrong.accepted_at)}`, [0, 2, 0]],
      [`accepted_to=${encodeURIComponent(wrong.accepted_at)}`, []],
    ] as const) {
      const { resources } = await stored.quarantine(sinkId, `?${query}`);
      expect([query, resources.map(({ position }) => position)]).toEqual([query, expected]);
    }
    const page = await stored.quarantine(sinkId, '?limit=2');
    const rest = await stored.quarantine(sinkId, `?limit=2&after=${page.next}`);
    expect([...page.resources, ...rest.resources]).toEqual(entries);

    expect(await stored.edit(sinkId, large.id, { value: { id: 3, n: 999 } })).toMatchObject({
      accepted: false,
      reason: 'out_of_range',
    });
    expect(await stored.edit(sinkId, large.id, { value: { id: 3, n: 30, note: 'mended' } })).toMatchObject({
      accepted: true,
    });
    expect(await stored.edit(sinkId, wrong.id, { value: { id: 1, n: 11 } })).toMatchObject({
      accepted: true,
      edited: { value: { id: 1, n: 11 } },
    });
    const { edited: _, ...asItCame } = await stored.edit(sinkId, wrong.id, null);
    expect(asItCame).toEqual({ ...wrong, accepted: false });
    await stored.edit(sinkId, wrong.id, { value: { id: 1, n: 12 } });

    const request = { from: 'quarantine', receipt_id: receiptId };
    expect(await stored.tryReplay(sinkId, request)).toMatchObject({
      received: 2,
      accepted: 2,
      rejected: 0,
      complete: true,
    });
    expect(await stored.replay(sinkId, request)).toMatchObject({
      state: 'completed',
      received: 2,
      accepted: 2,
      written: 2,
    });
    expect(await api.select(databaseId, 'select * from mended order by _id')).toEqual([
      { _id: 1, n: 12, note: null },
      { _id: 2, n: 2, note: null },
      { _id: 3, n: 30, note: 'mended' },
    ]);
    expect(placesOf(await stored.quarantined(sinkId, 1))).toEqual([[0, 'invalid_key']]);
  });

  it('go in when a new schema takes them, and out for good when they are discarded', async () => {
    const sinkId = await newSink('remapped');
    await api.load(sinkId, [{ id: 2, note: 'later' }]);
    await api.send(sinkId, [{ id: 1, n: 'one' }, { id: 'two' }]);
    await stored.quarantined(sinkId, 2);
    await stored.remap(sinkId, [mapped[0]!, { name: 'note', path: ['n'] }]);
    const replay = await stored.replay(sinkId, { from: 'quarantine' });
    expect(replay).toMatchObject({ state: 'completed', received: 2, accepted: 1, rejected: 1, written: 1 });
    expect(await api.select(databaseId, 'select * from remapped order by _id')).toEqual([
      { _id: 1, n: null, note: 'one' },
      { _id: 2, n: null, note: 'later' },
    ]);
    const [left] = await stored.quarantined(sinkId, 1);
    const path = `/v2/sinks/${sinkId}/quarantine/${left!.id}`;
    expect(await stored.call('discardQuarantined', 200, 'DELETE', path)).toMatchObject({ id: left!.id });
    await stored.quarantined(sinkId, 0);
    for (const [operation, method] of [
      ['getQuarantined', 'GET'],
      ['discardQuarantined', 'DELETE'],
    ] as const)
      await stored.call(operation, 404, method, path);
    await stored.call('editQuarantined', 404, 'PUT', path, { record: null });
  });

  it('are chosen by nothing that is no time, no reason, no number', async () => {
    for (const query of ['accepted_from=yesterday', 'reason=bad_mood', 'mapping_revision=x', 'limit=0', 'limit=many'])
      await stored.call('listQuarantine', 400, 'GET', `/v2/sinks/any/quarantine?${query}`);
    await stored.call('listQuarantine', 404, 'GET', '/v2/sinks/any/quarantine');
  });
});
