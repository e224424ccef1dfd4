import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, type RecordsAnswer, signInTo, uniqueName } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

const items = [
  { name: '_id', path: ['id'] },
  { name: 'n', path: ['n'] },
];
type Sent = RecordsAnswer & { readonly receipt?: { readonly id: string; readonly state: string } };
interface Errors {
  readonly resources: readonly Readonly<Record<string, unknown>>[];
}

describe('what a records call asks for', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', false, { n: { type: 'int' } });
    sinkId = (await api.createSink(databaseId, 'items', items, true)).id;
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const records = (...values: readonly object[]) => ({ records: values.map((value) => ({ value })) });

  it.each(['v1', 'v2'])('ack=visible: queries in /%s see the records as soon as it is answered', async (version) => {
    for (const id of [10, 11, 12]) {
      const path = `/${version}/sinks/${sinkId}?ack=visible`;
      const answer = expectStatus(await api.post<Sent>(path, records({ id, n: id })), 200);
      expect(answer.headers.get('x-headgate-receipt-state')).toBe('visible');
      expect(answer.body).toMatchObject({ success_count: 1, receipt: { state: 'visible' } });
      expect(await api.select(databaseId, `select n from items where _id = ${id}`)).toEqual([{ n: id }]);
      const row = await api.get(`/v2/tables/${databaseId}/items/rows/${id}`);
      expect(row.body).toEqual({ _id: id, n: id });
    }
  });

  it('nothing: the answer is the documented one to the byte', async () => {
    const answer = expectStatus(await api.post<Sent>(`/v2/sinks/${sinkId}`, records({ id: 13 })), 200);
    expect(answer.text).toBe('{"success_count":1,"error_count":0,"records":[{"status":"success"}]}');
    expect(answer.headers.get('x-headgate-receipt-state')).toBe('queued');
    const asked = expectStatus(await api.post<Sent>(`/v2/sinks/${sinkId}?ack=queued`, records({ id: 13 })), 200);
    const id = asked.headers.get('x-headgate-receipt');
    expect(asked.text).toBe(`${answer.text.slice(0, -1)},"receipt":{"id":"${id}","state":"queued"}}`);
  });

  it('something else: refused', async () => {
    const answer = expectStatus(await api.post(`/v2/sinks/${sinkId}?ack=soon`, records({ id: 14 })), 400);
    expect(answer.body).toMatchObject({ code: 'InvalidParameter', details: { parameter: 'ack' } });
  });

  it.each([
    [false, 0, ['batch_discarded', 'missing_field']],
    [true, 1, ['missing_field']],
  ])(
    'a sink with partial_acceptance %s takes of an incomplete request %i records, and logs the others',
    async (partial, taken, reasons) => {
      const definition = items;
      const schema = { id_field: '_id', allow_missing_fields: false, partial_acceptance: partial, definition };
      const details = { database_id: databaseId, table: 'items' };
      const asked = { name: uniqueName('sink'), sink_details: details, schema };
      const sink = expectStatus(await api.post<{ id: string; schema: object }>('/v2/sinks', asked), 201).body;
      expect(sink.schema).toEqual(schema);
      const path = `/v2/sinks/${sink.id}`;
      await waitUntil('the sink takes records', async () =>
        (await api.get<{ status: string }>(path)).body.status === 'ACTIVE' ? true : undefined,
      );

      const id = partial ? 21 : 20;
      const body = records({ id, n: 1 }, { id: 30 });
      const answer = expectStatus(await api.post<Sent>(`${path}?ack=visible`, body), 200);
      expect(answer.body).toMatchObject({ success_count: taken, receipt: { state: partial ? 'visible' : 'rejected' } });
      const errors = await waitUntil('the errors are logged', async () => {
        const { resources } = expectStatus(await api.get<Errors>(`${path}/errors`), 200).body;
        return resources.length === reasons.length ? resources : undefined;
      });
      expect(errors.map(({ reason }) => reason).sort()).toEqual(reasons);
      for (const error of errors) {
        expect(error).toMatchObject({ sink_id: sink.id, error_type: 'Error', receipt_id: answer.body.receipt!.id });
        expect(error['error_msg']).toMatch(/missing/);
      }
      expect(await api.select(databaseId, `select n from items where _id = ${id}`)).toHaveLength(taken);
      const newest = expectStatus(await api.get<Errors>(`/v1/sinks/${sink.id}/errors?limit=1`), 200);
      expect(newest.body.resources).toEqual(errors.slice(0, 1));
    },
  );
});
