import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';

describe('the schema of a /v1 sink', () => {
  let place: HttpPlace;
  let client: Client;
  let databaseId: string;
  let sinkId: string;
  const id = { name: 'id', path: ['id'], type: 'id' };
  const schemaOf = (...definition: object[]) => ({ id_field: 'id', allow_missing_fields: true, definition });
  const change = (schema: object, headers = {}) => client('PUT', `/v1/sinks/${sinkId}/schema`, schema, headers);
  beforeAll(async () => {
    place = await openHttpPlace();
    client = await place.as(username);
    databaseId = (await client('POST', '/v1/deployments', { name: 'd' })).json.id;
    await client('POST', `/v1/tables/${databaseId}`, { name: 't', description: '' });
    const body = { name: 's', sink_details: { deployment_id: databaseId, table: 't' }, schema: schemaOf(id) };
    sinkId = (await client('POST', '/v1/sinks', body)).json.id;
  });
  afterAll(() => place?.close());

  it('changes with its types, and adds the columns that the table lacks', async () => {
    const tags = { name: 'tags', path: ['t'], type: 'string', config: { Mutex: false } };
    const schema = schemaOf(id, tags);
    const changed = await change(schema);
    expect(changed).toMatchObject({ statusCode: 200, json: { id: sinkId, schema, mapping_revision: 2 } });
    const { json: table } = await client('GET', `/v1/tables/${databaseId}/t`);
    expect(table.fields).toMatchObject([{ name: 'tags', type: 'stringset' }]);
    const { tenantId } = (await place.ports.catalog.findUserByEmail(username))!;
    const sink = (await place.ports.catalog.listSinks(tenantId))[0]!;
    const { items } = (await place.ports.catalog.findMapping(sink.id, 2))!;
    // One text is one member and is not split at its commas: what the column's type alone does not say.
    expect(items).toMatchObject([{ name: 'tags', path: ['t'], readAs: { oneMember: true } }]);
  });

  it.each([
    ['an unknown type', schemaOf(id, { name: 'x', type: 'text' }), 400, /unsupported type/],
    ['another type than the column has', schemaOf(id, { name: 'tags', type: 'int' }), 400, /tags/],
    ['no key', { allow_missing_fields: true, definition: [id] }, 400, /id_field/],
  ])('stays as it is for %s', async (_name, schema, status, message) => {
    const before = (await client('GET', `/v1/sinks/${sinkId}`)).json;
    const refused = await change(schema);
    expect([refused.statusCode, refused.json.message]).toEqual([status, expect.stringMatching(message)]);
    expect((await client('GET', `/v1/sinks/${sinkId}`)).json).toEqual(before);
  });

  it('changes over the revision that was read, if one is named', async () => {
    const etag = String((await client('GET', `/v1/sinks/${sinkId}`)).headers?.['etag']);
    expect((await change(schemaOf(id), { 'if-match': '"999"' })).statusCode).toBe(412);
    expect((await change(schemaOf(id), { 'if-match': etag })).statusCode).toBe(200);
    expect((await change(schemaOf(id), { 'if-match': etag })).statusCode).toBe(412);
  });
});
