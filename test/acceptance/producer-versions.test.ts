import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import {
  expectStatus,
  type FieldItem,
  type HeadgateApi,
  type RecordsAnswer,
  signInTo,
  uniqueName,
} from '../support/headgate-api.ts';
import { expectStoresAgree } from '../support/stores-agree.ts';

jest.setTimeout(120_000);

const id: FieldItem = { name: '_id', path: ['id'] };
const version: FieldItem = { name: '_version', path: ['meta', 'version'] };
const price: FieldItem = { name: 'price', path: ['price'] };
const tags: FieldItem = { name: 'tags', path: ['tags'] };

describe('a table whose producers have a clock of their own', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  async function createTable(name: string, kind?: 'number' | 'time'): Promise<void> {
    const columns = [
      { name: 'price', type: 'int' },
      { name: 'tags', type: 'stringset' },
    ];
    const body = { name, options: { keys: false, ...(kind && { version: kind }) }, columns };
    const created = expectStatus(await api.post<{ options: object }>(`/v2/tables/${databaseId}`, body), 201);
    expect(created.body.options).toEqual({ keys: false, trackExistence: true, ...(kind && { version: kind }) });
  }

  /** Sends records as text, so that numbers of 64 bits keep their digits, and waits until they are in the table. */
  async function load(sinkId: string, ...records: readonly string[]): Promise<void> {
    const answer = await api.post<RecordsAnswer>(`/v2/sinks/${sinkId}`, `{"records":[${records.join()}]}`);
    expect(expectStatus(answer, 200).body).toMatchObject({ success_count: records.length, error_count: 0 });
    await api.visible(answer);
  }

  const put = (key: number, at: string, values: object) =>
    `{"value":{"id":${key},"meta":{"version":${at}},${JSON.stringify(values).slice(1)}}`;
  const deletion = (key: number, at: string) => `{"op":"delete","value":{"id":${key},"meta":{"version":${at}}}}`;

  it('keeps what the highest version says, through two sinks, whatever arrives last', async () => {
    await createTable('ticks', 'number');
    const facts = await api.createSink(databaseId, 'ticks', [id, version, price, tags], true);
    const prices = await api.createSink(databaseId, 'ticks', [id, version, price], true);
    await load(facts.id, put(1, '9007199254740993', { price: 5, tags: ['a'] }), put(2, '10', { price: 7 }));
    // One less, which a double would round to the other.
    await load(prices.id, put(1, '9007199254740992', { price: 4 }), put(2, '-5', { price: 6 }));
    await load(facts.id, put(1, '"9007199254740994"', { tags: ['b'] }), put(3, '1', { price: 1 }));
    await load(prices.id, put(3, '1', { price: 2 }));

    const rows = await expectStoresAgree(target, api, databaseId, 'ticks');
    expect(rows.toSorted((a, b) => Number(a['_id']) - Number(b['_id']))).toEqual([
      { _id: 1, price: 5, tags: ['a', 'b'] },
      { _id: 2, price: 7 },
      { _id: 3, price: 2 },
    ]);
  });

  it('goes by the versions of deletes too, which beat what is older, and of the same version what came before', async () => {
    await createTable('listings', 'number');
    const sink = await api.createSink(databaseId, 'listings', [id, version, price, tags], true);
    await load(sink.id, put(1, '10', { price: 1 }), deletion(2, '4'), put(3, '1', { price: 3 }), deletion(4, '1'));
    await load(sink.id, deletion(1, '9'), put(2, '3', { price: 2, tags: ['old'] }));
    await load(sink.id, deletion(3, '1'), put(4, '1', { price: 4 }));
    const found = () => api.select(databaseId, 'select _id, price from listings order by _id asc');
    expect(await found()).toEqual([
      { _id: 1, price: 1 },
      { _id: 4, price: 4 },
    ]);
    await load(sink.id, deletion(1, '11'), put(2, '5', { price: 5 }));
    expect(await found()).toEqual([
      { _id: 2, price: 5 },
      { _id: 4, price: 4 },
    ]);
    const byKey = (key: number) => api.get(`/v2/tables/${databaseId}/listings/rows/${key}`);
    expect((await byKey(1)).status).toBe(404);
    expect((await byKey(2)).body).toEqual({ _id: 2, price: 5, tags: null });
  });

  it('orders by times to the nanosecond, and takes whole numbers for milliseconds', async () => {
    await createTable('readings', 'time');
    const sink = await api.createSink(databaseId, 'readings', [id, version, price], true);
    await load(
      sink.id,
      put(1, '"2026-03-01T12:00:00.000000002Z"', { price: 2 }),
      put(2, '1772366400001', { price: 2 }),
    );
    await load(
      sink.id,
      put(1, '"2026-03-01T13:00:00.000000001+01:00"', { price: 1 }),
      put(2, '"2026-03-01T12:00:00.000999999Z"', { price: 1 }),
    );
    expect(await api.select(databaseId, 'select _id, price from readings order by _id asc')).toEqual([
      { _id: 1, price: 2 },
      { _id: 2, price: 2 },
    ]);
  });

  it('says of a receipt what came too late', async () => {
    await createTable('late', 'number');
    const sink = await api.createSink(databaseId, 'late', [id, version, price], true);
    await load(sink.id, put(1, '2', { price: 2 }));
    const late = await api.post(`/v2/sinks/${sink.id}`, `{"records":[${put(1, '1', { price: 1 })}]}`);
    await api.visible(late);
    const receipt = await api.get(`/v2/receipts/${late.headers.get('x-headgate-receipt')}`);
    expect(receipt.body).toMatchObject({ state: 'visible', accepted: 1, written: 0, superseded: 1 });
  });

  it('rejects the records without a version, and only those, also where all fields must be there', async () => {
    await createTable('strict', 'number');
    const sink = await api.createSink(databaseId, 'strict', [id, version, price], false);
    const records = [
      { value: { id: 1, price: 1, meta: { version: 1 } } },
      { value: { id: 2, price: 2, meta: {} } },
      { op: 'delete', value: { id: 1 } },
      { value: { id: 3, price: 3, meta: { version: 1.5 } } },
      { value: { id: 4, price: 4, meta: { version: null } } },
    ];
    const answer = await api.post<RecordsAnswer>(`/v2/sinks/${sink.id}`, { records });
    expect(expectStatus(answer, 200).body).toMatchObject({ success_count: 1, error_count: 4 });
    await api.visible(answer);
    const receipt = await api.get<{ exceptions: readonly { reason: string }[] }>(
      `/v2/receipts/${answer.headers.get('x-headgate-receipt')}`,
    );
    expect(receipt.body.exceptions.map(({ reason }) => reason)).toEqual([
      'missing_version',
      'missing_version',
      'invalid_version',
      'missing_version',
    ]);
    expect(await api.select(databaseId, 'select _id, price from strict')).toEqual([{ _id: 1, price: 1 }]);
  });

  it.each(['v1', 'v2'])('has no sink without _version, and no other table one with it (/%s)', async (dialect) => {
    const table = `kept-${dialect}`;
    await createTable(table, 'number');
    await createTable(`plain-${dialect}`);
    const create = (onto: string, items: readonly FieldItem[]) =>
      api.post<{ message: string }>(`/${dialect}/sinks`, {
        name: uniqueName('sink'),
        sink_details: { database_id: databaseId, table: onto },
        schema: {
          id_field: '_id',
          allow_missing_fields: true,
          definition: items.map((item) => ({ ...item, type: item === id ? 'id' : 'int' })),
        },
      });
    const without = expectStatus(await create(table, [id, price]), 409);
    expect(without.body.message).toContain('add {"name":"_version","path":[...]}');
    const onto = expectStatus(await create(`plain-${dialect}`, [id, version, price]), 409);
    expect(onto.body.message).toContain('without the option version: leave the item out');
    expectStatus(await create(table, [id, version, price]), 201);
  });
});
