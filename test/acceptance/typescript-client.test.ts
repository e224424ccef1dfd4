import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HeadgateClient, makeHeadgateClient } from '../../clients/typescript/client.ts';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { uniqueName } from '../support/headgate-api.ts';
import { expectContract } from '../support/http-client.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

/** The generated client from token to query, typed all the way: what does not compile here is wrong in the document. */
describe('the client in TypeScript', () => {
  let target: AcceptanceTarget;
  let headgate: HeadgateClient;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    const credentials = { USERNAME: target.username, PASSWORD: target.password };
    const { data } = await clientOf(target).POST('/', { body: credentials });
    headgate = clientOf(target, data!.AuthenticationResult.IdToken);
  });
  afterAll(() => target?.close());

  it('makes a database, a table and a sink, sends records, reads them, and deletes all of it', async () => {
    const created = await headgate.POST('/v2/databases', { body: { name: uniqueName('typed') } });
    const database_id = created.data!.id;
    await waitUntil('the database runs', async () => {
      const { data } = await headgate.GET('/v2/databases/{database_id}', { params: { path: { database_id } } });
      return data?.database_status === 'RUNNING' || undefined;
    });
    const table = await headgate.POST('/v2/tables/{database_id}', {
      params: { path: { database_id } },
      body: {
        name: 'people',
        options: { keys: false, trackExistence: true },
        columns: [{ name: 'name', type: 'string' }],
      },
    });
    expect(table.data?.columns.map(({ name, type }) => [name, type])).toEqual([
      ['_id', 'id'],
      ['name', 'string'],
    ]);
    const sink = await headgate.POST('/v2/sinks', {
      body: {
        name: uniqueName('sink'),
        sink_details: { database_id, table: 'people' },
        schema: {
          id_field: '_id',
          allow_missing_fields: false,
          definition: [
            { name: '_id', path: ['id'] },
            { name: 'name', path: ['name'] },
          ],
        },
      },
    });
    const sink_id = sink.data!.id;
    await waitUntil('the sink is active', async () => {
      const { data } = await headgate.GET('/v2/sinks/{sink_id}', { params: { path: { sink_id } } });
      return data?.status === 'ACTIVE' || undefined;
    });

    const sent = await headgate.POST('/v2/sinks/{sink_id}', {
      params: { path: { sink_id }, query: { ack: 'visible' } },
      body: { records: [{ value: { id: 1, name: 'Ada' } }, { value: { id: 'x', name: '' } }] },
    });
    expect(sent.data?.receipt?.id).toBe(sent.response.headers.get('x-headgate-receipt'));
    expect(sent.data?.records.map(({ status }) => status)).toEqual(['success', 'error']);
    const again = await headgate.POST('/v2/sinks/{sink_id}', {
      params: { path: { sink_id }, query: { ack: 'visible' } },
      body: { records: [{ value: { id: 1, name: 'Ada' } }, { value: { id: 2, name: 'Grace' } }] },
    });
    expect(again.data).toMatchObject({ success_count: 2, error_count: 0, receipt: { state: 'visible' } });

    const answer = await headgate.POST('/v2/databases/{database_id}/query/sql', {
      params: { path: { database_id } },
      body: 'select _id, name from people order by _id',
    });
    expect(answer.data?.data).toEqual([
      [1, 'Ada'],
      [2, 'Grace'],
    ]);

    const path = { database_id, table: 'people' };
    const removals = [
      await headgate.DELETE('/v2/sinks/{sink_id}', { params: { path: { sink_id } } }),
      await waitUntil('the table may go', async () => {
        const removed = await headgate.DELETE('/v2/tables/{database_id}/{table}', { params: { path } });
        return removed.response.status === 202 ? removed : undefined;
      }),
      await waitUntil('the database may go', async () => {
        const removed = await headgate.DELETE('/v2/databases/{database_id}', { params: { path } });
        return removed.response.status === 202 ? removed : undefined;
      }),
    ];
    expect(removals.map(({ response }) => response.status)).toEqual([202, 202, 202]);
  });

  it('has refusals as typed problems', async () => {
    const { data, error, response } = await headgate.GET('/v2/sinks/{sink_id}', {
      params: { path: { sink_id: 'none' } },
    });
    expect(data).toBeUndefined();
    expect([response.status, error?.code]).toEqual([404, 'ResourceNotFound']);
    const anonymous = await clientOf(target).GET('/v2/sinks');
    expect([anonymous.response.status, anonymous.error?.code]).toEqual([401, 'MissingAuthenticationToken']);
  });
});

/** Its exchanges are held against the document like those of every other test. */
function clientOf({ url }: AcceptanceTarget, token?: string): HeadgateClient {
  return makeHeadgateClient({
    url,
    ...(token !== undefined && { token }),
    fetch: async (request) => {
      const response = await fetch(request);
      const contentType = response.headers.get('content-type') ?? undefined;
      const { method, url: sentTo } = request;
      const text = await response.clone().text();
      expectContract({ baseUrl: url, method, url: sentTo, status: response.status, contentType, text });
      return response;
    },
  });
}
