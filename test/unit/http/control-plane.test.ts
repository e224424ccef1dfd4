import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, type HttpPlace, openHttpPlace, stranger, username } from '../../support/http-place.ts';

/** The life of databases, tables and sinks in both dialects; every answer is held against the OpenAPI document too. */
describe('control plane', () => {
  let place: HttpPlace;
  let call: Client;
  beforeAll(async () => {
    place = await openHttpPlace();
    call = await place.as(username);
  });
  afterAll(() => place.close());

  const v1Schema = {
    id_field: 'id',
    allow_missing_fields: false,
    definition: [
      { name: 'id', path: ['id'], type: 'id', config: { Mutex: false } },
      { name: 'sepallength', path: ['sepalLength'], type: 'decimal', config: { Scale: 2 } },
      { name: 'species', type: 'string', config: { mutex: true } },
      { name: 'size', path: ['size'], type: 'int', config: { Min: -9223372036854775807n, Max: 5 } },
    ],
  };
  const exact = (value: unknown) =>
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? JSON.rawJSON(String(part)) : part));

  it('/v1: deployment, table, source, and back', async () => {
    const deployment = await call('POST', '/v1/deployments', { name: 'iris', deployment_options: { shape: '8GB' } });
    expect(deployment).toMatchObject({ statusCode: 201, json: { name: 'iris', deployment_status: 'RUNNING' } });
    const { id } = deployment.json;
    expect(Object.keys(deployment.json)).toEqual([
      'id',
      'name',
      'deployment_status',
      'deployment_options',
      'owner',
      'created_at',
      'revision',
    ]);
    const table = await call('POST', `/v1/tables/${id}/`, { name: 'iris_table', description: 'flowers' });
    expect(table).toMatchObject({ statusCode: 201, json: { name: 'iris_table', status: 'ACTIVE', fields: [] } });

    const details = { deployment_id: id, table: 'iris_table' };
    const body = exact({ name: '1st_source', sink_details: details, schema: v1Schema });
    const source = await call('POST', '/v1/sinks', body);
    expect(source).toMatchObject({
      statusCode: 201,
      json: {
        name: '1st_source',
        status: 'ACTIVE',
        sink_details: { deployment_id: id, database_id: id, table: 'iris_table' },
        ingest_endpoint: `http://headgate.test/v1/sinks/${source.json.id}`,
      },
    });
    const sinkPath = `/v1/sinks/${source.json.id}`;
    const shown = await call('GET', sinkPath);
    expect(shown.json).toEqual(source.json);
    expect(shown.json.schema.definition[3].config).toEqual({ Min: '-9223372036854775807', Max: 5 });
    expect((await call('GET', '/v1/sinks')).json).toEqual({ resources: [shown.json] });
    expect((await call('GET', `/v1/tables/${id}`)).json.resources[0].fields).toEqual([
      { name: 'sepallength', type: 'decimal(2)', options: { type: 'decimal', scale: 2 } },
      { name: 'species', type: 'string', options: { type: 'mutex', keys: true } },
      { name: 'size', type: 'int', options: { type: 'int', min: '-9223372036854775807', max: 5 } },
    ]);

    const listed = await call('GET', '/v1/deployments');
    expect(listed.json.resources).toEqual([
      {
        ...deployment.json,
        sinks: [expect.objectContaining({ id: source.json.id, name: '1st_source', status: 'ACTIVE' })],
      },
    ]);
    expect(await call('DELETE', `/v1/deployments/${id}`)).toMatchObject({
      statusCode: 409,
      json: { code: 'IncorrectState' },
    });
    for (const path of [sinkPath, `/v1/tables/${id}/iris_table`, `/v1/deployments/${id}`]) {
      expect(await call('DELETE', path)).toMatchObject({ statusCode: 202 });
      expect(await call('GET', path)).toMatchObject({ statusCode: 404, json: { code: 'ResourceNotFound' } });
    }
  });

  it('/v2: database, table with columns, columns one by one, sink, and back', async () => {
    const options = { shape: '8GB-Development', sql_dialect: 'duckdb' };
    const database = await call('POST', '/v2/databases', { name: 'clicks', database_options: options });
    expect(database).toMatchObject({
      statusCode: 201,
      json: { database_status: 'RUNNING', database_options: options },
    });
    const { id } = database.json;
    const table = await call('POST', `/v2/tables/${id}`, {
      name: 'aircraft',
      options: { keys: true },
      columns: [
        { name: '_id', type: 'STRING' },
        { name: 'altitude', type: 'INT', options: { MIN: 0 } },
      ],
    });
    expect(table).toMatchObject({ statusCode: 201, json: { options: { keys: true, trackExistence: true } } });
    const added = await call('POST', `/v2/tables/${id}/aircraft/fields/seen`, {
      options: { type: 'timestamp', timeUnit: 'ms' },
    });
    expect(added.statusCode).toBe(201);
    expect(added.json.columns).toEqual([
      { name: '_id', type: 'string', options: { keys: true } },
      { name: 'altitude', type: 'int', options: { type: 'int', min: 0 } },
      { name: 'seen', type: 'timestamp', options: { type: 'timestamp', timeUnit: 'ms' } },
    ]);
    // What GET shows of columns, POST takes.
    const copy = await call('POST', `/v2/tables/${id}`, { ...added.json, name: 'copy' });
    expect(copy.json.columns).toEqual(added.json.columns);

    const schema = {
      type: 'json',
      id_field: null,
      primary_key_fields: ['_id'],
      allow_missing_fields: true,
      definition: [
        { name: '_id', path: ['data', 'id'], type: 'string', config: { Mutex: true } },
        { name: 'altitude', path: ['data', 'altitude'] },
      ],
    };
    const sink = await call('POST', '/v2/sinks', {
      name: 'radar',
      sink_details: { database_id: id, table: 'aircraft' },
      schema,
    });
    expect(sink).toMatchObject({
      statusCode: 201,
      json: { schema, sink_details: { database_id: id, table: 'aircraft' } },
    });
    expect((await call('GET', '/v2/sinks')).json.resources).toEqual([sink.json]);

    const dropped = await call('DELETE', `/v2/tables/${id}/aircraft/fields/seen`);
    expect(dropped).toMatchObject({ statusCode: 202, json: { columns: [{ name: '_id' }, { name: 'altitude' }] } });
    expect((await call('GET', `/v2/tables/${id}`)).json.resources).toEqual([dropped.json, copy.json]);
    const paths = [
      `/v2/sinks/${sink.json.id}`,
      `/v2/tables/${id}/aircraft`,
      `/v2/tables/${id}/copy`,
      `/v2/databases/${id}`,
    ];
    for (const path of paths) {
      expect(await call('DELETE', path)).toMatchObject({ statusCode: 202 });
      expect(await call('GET', path)).toMatchObject({ statusCode: 404, json: { code: 'ResourceNotFound' } });
    }
    expect((await call('GET', '/v2/databases')).json).toEqual({ resources: [] });
  });

  it.each(['v1', 'v2'])(
    '/%s: a sink maps _version where the table has that option, and only there',
    async (dialect) => {
      const { id } = (await call('POST', '/v2/databases', { name: `prices-${dialect}` })).json;
      const plain = await call('POST', `/v2/tables/${id}`, { name: 'plain', options: { version: null } });
      expect(plain.json.options).toEqual({ keys: false, trackExistence: true });
      const versioned = await call('POST', `/v2/tables/${id}`, { name: 'versioned', options: { version: 'time' } });
      expect(versioned.json.options).toEqual({ keys: false, trackExistence: true, version: 'time' });
      expect((await call('GET', `/v2/tables/${id}/versioned`)).json).toEqual(versioned.json);
      const other = await call('POST', `/v2/tables/${id}`, { name: 'other', options: { version: 'clock' } });
      expect(other).toMatchObject({ statusCode: 400, json: { code: 'InvalidParameter' } });

      const key = { name: '_id', type: 'id' };
      const version = { name: '_version', path: ['at'], type: 'timestamp' };
      const create = (table: string, definition: object[]) =>
        call('POST', `/${dialect}/sinks`, {
          name: `onto-${table}`,
          sink_details: { database_id: id, table },
          schema: { id_field: '_id', allow_missing_fields: true, definition },
        });
      for (const [table, definition] of [
        ['plain', [key, version]],
        ['versioned', [key]],
      ] as const) {
        const refused = await create(table, [...definition]);
        expect(refused).toMatchObject({ statusCode: 409, json: { code: 'IncorrectState' } });
        expect(refused.json.message).toContain('_version');
      }
      expect(await create('plain', [key])).toMatchObject({ statusCode: 201 });
      expect(await create('versioned', [key, version])).toMatchObject({ statusCode: 201 });
      expect((await call('GET', `/v2/tables/${id}/versioned`)).json.columns).toEqual([
        { name: '_id', type: 'id', options: { keys: false } },
      ]);
    },
  );

  it('shows nothing of another tenant', async () => {
    const { json: database } = await call('POST', '/v2/databases', { name: 'secret' });
    await call('POST', `/v2/tables/${database.id}`, { name: 'rows' });
    const sinkBody = {
      name: 'in',
      sink_details: { database_id: database.id, table: 'rows' },
      schema: { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id', path: ['id'] }] },
    };
    const { json: sink } = await call('POST', '/v2/sinks', sinkBody);
    const other = await place.as(stranger);
    const requests: readonly (readonly [string, string, unknown?])[] = [
      ['GET', `/v1/deployments/${database.id}`],
      ['GET', `/v2/databases/${database.id}`],
      ['DELETE', `/v2/databases/${database.id}`],
      ['GET', `/v2/tables/${database.id}`],
      ['POST', `/v2/tables/${database.id}`, { name: 'mine' }],
      ['GET', `/v2/tables/${database.id}/rows`],
      ['GET', `/v2/tables/${database.id}/rows/rows/1`],
      ['DELETE', `/v1/tables/${database.id}/rows`],
      ['POST', `/v2/tables/${database.id}/rows/fields/a`, { options: { type: 'int' } }],
      ['GET', `/v2/sinks/${sink.id}`],
      ['DELETE', `/v1/sinks/${sink.id}`],
      ['POST', `/v2/sinks/${sink.id}`, { records: [] }],
      ['POST', `/v1/deployments/${database.id}/query`, { language: 'sql', statement: 'select * from rows' }],
      ['POST', `/v2/databases/${database.id}/query/sql`, 'select * from rows'],
    ];
    for (const [method, path, body] of requests) {
      const answer = await other(method, path, body);
      expect([path, answer.statusCode, answer.json.code]).toEqual([path, 404, 'ResourceNotFound']);
    }
    expect(await other('POST', '/v2/sinks', sinkBody)).toMatchObject({
      statusCode: 400,
      json: { code: 'RelatedResourceNotFound' },
    });
    for (const path of ['/v1/deployments', '/v2/databases', '/v1/sinks', '/v2/sinks'])
      expect((await other('GET', path)).json).toEqual({ resources: [] });
    expect((await call('GET', `/v2/sinks/${sink.id}`)).json).toEqual(sink);
  });

  it('keeps each value that shell clients cut out on a line of its own, with a key after it', async () => {
    const { json: database } = await call('POST', '/v2/databases', { name: 'shell' });
    const answers = [
      await call('GET', '/v1/deployments'),
      await call('GET', `/v1/deployments/${database.id}`),
      await call('GET', '/v2/databases'),
      await call('GET', '/v1/sinks'),
      await place.call('GET', '/health'),
    ];
    for (const { body } of answers) {
      const lines = body
        .split('\n')
        .filter((line) => /"(id|name|status|deployment_status|database_status)":/.test(line));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).toMatch(/^ +"\w+": "[^"]*",$/);
    }
  });
});
