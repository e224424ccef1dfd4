import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import {
  expectStatus,
  type HeadgateApi,
  type RecordsAnswer,
  type SinkAnswer,
  signInTo,
  uniqueName,
} from '../support/headgate-api.ts';
import { makeHttpClient } from '../support/http-client.ts';
import { extractionPipeline, shellExtract } from '../support/page-curl.ts';
import { type TableResponse, tableRows } from '../support/table-response.ts';

jest.setTimeout(120_000);

/** What real clients of FeatureBase's service send and read, beside what its pages print. */
describe('habits of clients in the wild', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  let sink: SinkAnswer;
  let nextId = 1;
  const definition = [
    { name: '_id', path: ['id'] },
    { name: 'name', path: ['name'] },
    { name: 'copy', path: ['name'] },
  ];
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    const text = { type: 'mutex', keys: true };
    await api.createTable(databaseId, 'habits', false, { name: text, copy: text });
    sink = await api.createSink(databaseId, 'habits', definition, true);
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });
  const oneRecord = () => ({ records: [{ value: { id: nextId++, name: 'x' } }] });

  describe('tokens', () => {
    it.each([
      ['Bearer', (token: string) => `Bearer ${token}`],
      ['bearer, in lower case', (token: string) => `bearer ${token}`],
      ['bare', (token: string) => token],
    ])('takes the IdToken %s, on control, data and query calls', async (_name, header) => {
      const client = makeHttpClient(target.url, header(api.idToken));
      expect((await client.get('/v1/deployments')).status).toBe(200);
      expect((await client.get(`/v2/databases/${databaseId}`)).status).toBe(200);
      expect((await client.post(`/v1/sinks/${sink.id}`, oneRecord())).status).toBe(200);
      const query = { language: 'pql', statement: '[habits]Count(All());' };
      expect((await client.post(`/v1/deployments/${databaseId}/query`, query)).status).toBe(200);
    });

    it('takes the envelope that the shell client sends to Cognito', async () => {
      const answer = await makeHttpClient(target.url).post<{ AuthenticationResult: { IdToken: string } }>(
        '/',
        {
          AuthParameters: { USERNAME: target.username, PASSWORD: target.password },
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: 'anything',
        },
        {
          contentType: 'application/x-amz-json-1.1',
          headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
        },
      );
      expect(answer.status).toBe(200);
      const { IdToken } = answer.body.AuthenticationResult;
      expect((await makeHttpClient(target.url, IdToken).get('/v2/sinks')).status).toBe(200);
    });

    it.each([
      ['a wrong password', (username: string) => ({ USERNAME: username, PASSWORD: 'wrong' })],
      ['an unknown user', () => ({ USERNAME: `${uniqueName('nobody')}@example.com`, PASSWORD: 'wrong' })],
    ])('refuses %s with one and the same message', async (_name, credentials) => {
      const answer = await makeHttpClient(target.url).post<{ message: string }>('/', credentials(target.username));
      expect(answer.status).toBe(401);
      expect(answer.body.message).toBe('Incorrect username or password.');
    });
  });

  describe('content types and slashes', () => {
    it.each([
      ['none', null],
      ['text/plain', 'text/plain'],
      ['the typo that a page doubles', 'Content-Type: application/json'],
      ['another typo', 'tapplication/json'],
      ['form', 'application/x-www-form-urlencoded'],
    ])('takes records, control and query calls with content type %s', async (_name, contentType) => {
      const options = { contentType };
      expectStatus(await api.post<RecordsAnswer>(`/v2/sinks/${sink.id}`, oneRecord(), options), 200);
      const query = { language: 'sql', statement: 'select count(*) from habits' };
      expectStatus(await api.post(`/v2/databases/${databaseId}/query`, query, options), 200);
      const table = { name: uniqueName('t'), description: '' };
      expect([200, 201]).toContain((await api.post(`/v1/tables/${databaseId}`, table, options)).status);
    });

    it.each(['pql', 'sql'])('takes the content type of the %s scripts with a JSON body', async (language) => {
      const statement = language === 'pql' ? '[habits]Count(All())' : 'select count(*) from habits';
      const contentType = `application/vnd.molecula.${language}`;
      const path = `/v1/deployments/${databaseId}/query`;
      const answer = expectStatus(await api.post<TableResponse>(path, { language, statement }, { contentType }), 200);
      expect(tableRows(answer.body)).toHaveLength(1);
      // The scripts cut the number out of one line.
      expect(answer.text.trim()).not.toContain('\n');
      expect(answer.text).toMatch(/"Uint64Val":\d+\}/);
    });

    it('takes a slash at the end', async () => {
      const created = await api.post(
        `/v1/tables/${databaseId}/`,
        { name: uniqueName('t'), description: '' },
        { contentType: 'text/plain' },
      );
      expect([200, 201]).toContain(created.status);
      for (const path of [
        '/v1/deployments/',
        `/v2/databases/${databaseId}/`,
        '/v2/sinks/',
        `/v1/tables/${databaseId}/`,
      ])
        expect((await api.get(path)).status).toBe(200);
      expect((await api.post(`/v2/sinks/${sink.id}/`, oneRecord())).status).toBe(200);
    });
  });

  describe('sinks', () => {
    it('GET answers the endpoint, the schema and every choice made at creation', async () => {
      for (const version of ['v1', 'v2']) {
        const { body } = expectStatus(await api.get<SinkAnswer>(`/${version}/sinks/${sink.id}`), 200);
        expect(body).toMatchObject({
          id: sink.id,
          name: sink.name,
          status: 'ACTIVE',
          sink_details: { table: 'habits' },
          schema: { id_field: '_id', allow_missing_fields: true, definition },
        });
      }
      expect(sink.sink_details['database_id']).toBe(databaseId);
    });

    it('ingest_endpoint is absolute, and records can be posted to it as it is', async () => {
      const endpoint = new URL(sink.ingest_endpoint);
      expect(endpoint.pathname.endsWith(`/v2/sinks/${sink.id}`)).toBe(true);
      const answer = await api.post<RecordsAnswer>(sink.ingest_endpoint, oneRecord());
      expect(answer).toMatchObject({ status: 200, body: { success_count: 1, error_count: 0 } });
    });

    it('two columns may share a path', async () => {
      await api.load(sink.id, [{ id: 5_000, name: 'twice' }]);
      expect(await api.select(databaseId, 'select name, copy from habits where _id = 5000')).toEqual([
        { name: 'twice', copy: 'twice' },
      ]);
    });

    it('lists of deployments carry their sinks with status', async () => {
      type Listed = { resources: { id: string; sinks: { id: string; name: string; status: string }[] }[] };
      const { body } = expectStatus(await api.get<Listed>('/v1/deployments'), 200);
      const mine = body.resources.find((deployment) => deployment.id === databaseId);
      expect(mine?.sinks).toEqual([expect.objectContaining({ id: sink.id, name: sink.name, status: 'ACTIVE' })]);
    });

    it.each(['1st_source', '-dash', '_under'])('a v1 source may be called %s', async (name) => {
      const table = uniqueName('t');
      await api.post(`/v1/tables/${databaseId}`, { name: table, description: '' });
      const created = await api.post<SinkAnswer>('/v1/sinks', {
        name,
        sink_details: { deployment_id: databaseId, table },
        schema: {
          type: 'json',
          id_field: 'id',
          primary_key_fields: null,
          allow_missing_fields: true,
          definition: [
            { name: 'id', path: ['id'], type: 'id' },
            { name: 'n', path: ['n'], type: 'int', config: { Min: -5, Max: 5 } },
          ],
        },
      });
      expect([200, 201]).toContain(created.status);
      expect(created.body.name).toBe(name);
      const again = await api.post<{ code: string }>('/v1/sinks', {
        name,
        sink_details: { deployment_id: databaseId, table },
        schema: { id_field: 'id', allow_missing_fields: true, definition: [{ name: 'id', path: ['id'], type: 'id' }] },
      });
      expect(again).toMatchObject({ status: 409, body: { code: 'ResourceAlreadyExists' } });
    });

    it('a table may be made with its columns, and a sink with primary_key_fields and id_field null', async () => {
      const table = uniqueName('t');
      const columns = [
        { name: 'size', type: 'int', options: { min: 0, max: 9 } },
        { name: 'price', type: 'decimal', options: { scale: 3 } },
        { name: 'at', type: 'timestamp', options: { timeUnit: 'ms' } },
        { name: 'tags', type: 'stringset' },
      ];
      const body = { name: table, description: 'with columns', options: { keys: true, trackExistence: true }, columns };
      expectStatus(await api.post(`/v2/tables/${databaseId}`, body), 201);
      const mapped = ['size', 'price', 'at', 'tags'].map((name) => ({ name, path: [name] }));
      const created = await api.post<SinkAnswer>('/v2/sinks', {
        name: uniqueName('sink'),
        sink_details: { database_id: databaseId, table },
        schema: {
          type: 'json',
          id_field: null,
          primary_key_fields: ['_id'],
          allow_missing_fields: true,
          definition: [{ name: '_id', path: ['key'] }, ...mapped],
        },
      });
      expectStatus(created, 201);
      await api.load(created.body.id, [
        { key: 'k', size: '7', price: '1.2345', at: '2022-08-08T17:57:48.123Z', tags: ['x'] },
      ]);
      expect(await api.select(databaseId, `select * from "${table}"`)).toEqual([
        { _id: 'k', size: 7, price: 1.234, at: '2022-08-08T17:57:48.123Z', tags: ['x'] },
      ]);
    });
  });

  it('control answers keep each value on a line of its own, with a key after it', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [`/v1/deployments/${databaseId}`, 'id', databaseId],
      [`/v1/deployments/${databaseId}`, 'deployment_status', 'RUNNING'],
      [`/v2/databases/${databaseId}`, 'id', databaseId],
      [`/v2/databases/${databaseId}`, 'database_status', 'RUNNING'],
      [`/v1/sinks/${sink.id}`, 'id', sink.id],
      [`/v2/sinks/${sink.id}`, 'status', 'ACTIVE'],
    ];
    for (const [path, key, value] of cases) {
      const { text } = await api.get(path);
      expect([path, await shellExtract(text, extractionPipeline(key))]).toEqual([path, [value]]);
    }
  });

  it('health answers without a token', async () => {
    expect((await makeHttpClient(target.url).get('/health')).status).toBe(200);
  });
});
