import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { QueryLimitExceeded, QueryRefused } from '../../../lambdas/ports/query-engine.ts';
import { type Client, type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';

describe('query calls', () => {
  let place: HttpPlace;
  let call: Client;
  let databaseId: string;
  beforeAll(async () => {
    place = await openHttpPlace();
    call = await place.as(username);
    databaseId = (await call('POST', '/v2/databases', { name: 'data' })).json.id;
    await call('POST', `/v2/tables/${databaseId}`, { name: 'things', columns: [{ name: 'size', type: 'int' }] });
  });
  afterAll(() => place.close());
  beforeEach(() => {
    place.engine.asked.length = 0;
    place.engine.answer = {
      columns: [{ name: 'size', type: { type: 'int' }, raw: 'BIGINT' }],
      rows: [[9_223_372_036_854_775_807n], [null]],
      elapsedMs: 2,
      scanned: { segments: 1, bytes: 10 },
    };
  });

  it.each(['v1/deployments', 'v2/databases'])(
    '/%s/{id}/query answers a TableResponse on one line',
    async (resource) => {
      const body = { language: 'sql', statement: 'select size from things' };
      const answer = await call('POST', `/${resource}/${databaseId}/query`, body);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).not.toContain('\n');
      expect(answer.body).toContain(
        '{"columns":[{"ColumnVal":{"Int64Val":9223372036854775807}}]},{"columns":[{"ColumnVal":null}]}',
      );
      expect(answer.json.results.duration).toBe(2_000_000);
    },
  );

  it.each(['/v2/sql', '/v2/databases/{id}/sql'])('%s shows the databases of the tenant', async (path) => {
    const { statusCode, json } = await call('POST', path.replace('{id}', databaseId), ' show databases;');
    expect(statusCode).toBe(200);
    expect(json.schema.fields.map(({ name }: { name: string }) => name)).toEqual(
      '_id name owner created_at status units'.split(' '),
    );
    expect(json.data).toEqual([[databaseId, 'data', username, expect.any(String), 'RUNNING', null]]);
  });

  it.each(['select 1', 'show tables', 'drop table things', '', 'show databasesx', "'"])(
    '/v2/sql says where %j goes',
    async (statement) => {
      const { statusCode, json } = await call('POST', '/v2/sql', statement);
      expect([statusCode, json.error]).toEqual([200, expect.stringContaining('/v2/databases/{id}/query/sql')]);
      expect(place.engine.asked).toEqual([]);
    },
  );

  it('query/sql answers schema and data, and no error', async () => {
    const answer = await call('POST', `/v2/databases/${databaseId}/query/sql`, 'select size from things');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('"data":[[9223372036854775807],[null]]');
    expect(answer.json).not.toHaveProperty('error');
  });

  it.each([
    ['PQL on the PQL route', 'pql', '[things]Count(All())'],
    ['PQL on the SQL route', 'sql', ' [things]Count(All())'],
  ])('takes %s', async (_name, route, statement) => {
    place.engine.answer = { columns: [], rows: [[2]], elapsedMs: 0, scanned: { segments: 1, bytes: 10 } };
    const answer = await call('POST', `/v2/databases/${databaseId}/query/${route}`, statement);
    expect(answer.json.data).toEqual([[2]]);
  });

  it.each([
    ['a statement of no language', 'selec'],
    ['an unknown table', 'select * from nope'],
    ['nothing', ''],
  ])('answers %s with 400, and on the later routes with 200 and error', async (_name, statement) => {
    const older = await call('POST', `/v2/databases/${databaseId}/query`, { language: 'sql', statement });
    expect(older).toMatchObject({ statusCode: 400, json: { code: 'Bad Request', message: expect.any(String) } });
    const later = await call('POST', `/v2/databases/${databaseId}/query/sql`, statement);
    expect(later).toMatchObject({ statusCode: 200, json: { error: older.json.message, 'execution-time': 0 } });
    expect(later.json).not.toHaveProperty('data');
  });

  it.each([
    ['refuses', new QueryRefused('no function read_csv'), 'Bad Request'],
    ['reaches a limit', new QueryLimitExceeded('25 seconds'), 'ResourceLimitExceeded'],
  ])('tells why the engine %s', async (_name, error, code) => {
    place.engine.answer = error;
    const body = { language: 'sql', statement: 'select size from things' };
    const older = await call('POST', `/v1/deployments/${databaseId}/query`, body);
    expect(older).toMatchObject({ statusCode: 400, json: { code, message: error.message } });
    const later = await call('POST', `/v2/databases/${databaseId}/query/sql`, body.statement);
    expect(later).toMatchObject({ statusCode: 200, json: { error: error.message } });
  });

  it('does not drop a table with sinks: 409, and on the later route 200 and error', async () => {
    await call('POST', `/v2/tables/${databaseId}`, { name: 'busy', columns: [{ name: 'size', type: 'int' }] });
    await call('POST', '/v2/sinks', {
      name: 'radar',
      sink_details: { database_id: databaseId, table: 'busy' },
      schema: { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id', path: ['id'] }] },
    });
    const statement = 'drop table busy';
    const older = await call('POST', `/v2/databases/${databaseId}/query`, { language: 'sql', statement });
    expect(older).toMatchObject({
      statusCode: 409,
      json: { code: 'IncorrectState', message: expect.stringContaining("'busy' still has sinks") },
    });
    const later = await call('POST', `/v2/databases/${databaseId}/query/sql`, statement);
    expect(later).toMatchObject({ statusCode: 200, json: { error: older.json.message, 'execution-time': 0 } });
    expect(await call('GET', `/v2/tables/${databaseId}/busy`)).toMatchObject({ statusCode: 200 });
  });

  it.each(['sql', 'pql'])('blames no statement for a database on its way: query/%s', async (route) => {
    const { json: made } = await call('POST', '/v2/databases', { name: `early-${route}` });
    const { catalog } = place.ports;
    const { tenantId } = (await catalog.findUserByEmail(username))!;
    const database = (await catalog.findDatabase(tenantId, made.id))!;
    await catalog.saveDatabase({ ...database, status: 'CREATING' });
    const statement = route === 'sql' ? 'drop table busy' : '[busy]All()';
    const answer = await call('POST', `/v2/databases/${made.id}/query/${route}`, statement);
    expect(answer).toMatchObject({ statusCode: 409, json: { code: 'IncorrectState' } });
  });

  it('chooses the SQL dialect by header', async () => {
    const path = `/v2/databases/${databaseId}/query/sql`;
    const statement = 'select size from things qualify true';
    await call('POST', path, statement, { 'X-Headgate-SQL': 'DuckDB' });
    await call('POST', path, statement, { 'X-Headgate-SQL': 'featurebase' });
    expect(place.engine.asked.map((asked) => asked.kind === 'select' && asked.setEquals)).toEqual(['list', 'contains']);
    const wrong = await call('POST', path, statement, { 'X-Headgate-SQL': 'oracle' });
    expect(wrong).toMatchObject({
      statusCode: 400,
      json: { code: 'InvalidParameter', message: expect.stringContaining('oracle') },
    });
  });

  it.each([
    [{ statement: 'select 1' }, 'MissingParameter', 'language is missing.'],
    [{ language: 'sql' }, 'MissingParameter', 'statement is missing.'],
    [{ language: 'mdx', statement: '' }, 'InvalidParameter', 'language must be "sql" or "pql", not "mdx".'],
  ])('refuses the body %j', async (body, code, message) => {
    const answer = await call('POST', `/v2/databases/${databaseId}/query`, body);
    expect(answer).toMatchObject({ statusCode: 400, json: { code, message } });
  });

  it('does not know databases that are not there', async () => {
    const body = { language: 'sql', statement: 'select 1' };
    expect(await call('POST', '/v1/deployments/nope/query', body)).toMatchObject({ statusCode: 404 });
    expect(await call('POST', '/v2/databases/nope/query/sql', 'select 1')).toMatchObject({ statusCode: 404 });
  });
});
