import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';

describe('a sink whose schema changed, in a place where nothing is written', () => {
  let place: HttpPlace;
  let client: Client;
  let databaseId: string;
  let sinkId: string;
  const schema = { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id', path: ['id'] }] };
  beforeAll(async () => {
    place = await openHttpPlace();
    client = await place.as(username);
    databaseId = (await client('POST', '/v2/databases', { name: 'd' })).json.id;
    await client('POST', `/v2/tables/${databaseId}`, { name: 't', options: { keys: false } });
    const details = { database_id: databaseId, table: 't' };
    sinkId = (await client('POST', '/v2/sinks', { name: 's', sink_details: details, schema })).json.id;
  });
  afterAll(() => place?.close());

  const send = (id: number) => client('POST', `/v2/sinks/${sinkId}`, { records: [{ value: { id } }] });
  const change = () => client('PUT', `/v2/sinks/${sinkId}/schema`, schema);

  it('is ACTIVE if it took nothing before', async () => {
    expect(await change()).toMatchObject({ statusCode: 200, json: { status: 'ACTIVE', mapping_revision: 2 } });
  });

  it('says which columns it has lost, until it gets its schema once more', async () => {
    const table = `/v2/tables/${databaseId}/t/fields/n`;
    const column = { options: { type: 'int' } };
    const lost = async () => (await client('GET', `/v2/sinks/${sinkId}`)).json.lost_columns;
    await client('POST', table, column);
    const wider = { ...schema, definition: [...schema.definition, { name: 'n', path: ['n'] }] };
    expect((await client('PUT', `/v2/sinks/${sinkId}/schema`, wider)).statusCode).toBe(200);
    expect(await lost()).toBeUndefined();
    await client('DELETE', table);
    expect(await lost()).toEqual(['n']);
    await client('POST', table, column);
    expect(await lost()).toEqual(['n']);
    expect((await client('PUT', `/v2/sinks/${sinkId}/schema`, wider)).json.lost_columns).toBeUndefined();
    expect((await change()).json.mapping_revision).toBe(5);
  });

  it('is RESTARTING in /v2, UPDATING in /v1, takes records and changes, and is deleted like any other', async () => {
    expect((await send(1)).statusCode).toBe(200);
    const restarting = { id: sinkId, status: 'RESTARTING' };
    expect(await change()).toMatchObject({ statusCode: 200, json: { ...restarting, mapping_revision: 6 } });
    expect((await client('GET', '/v2/sinks')).json.resources).toEqual([expect.objectContaining(restarting)]);
    const updating = { id: sinkId, status: 'UPDATING' };
    expect((await client('GET', `/v1/sinks/${sinkId}`)).json).toMatchObject(updating);
    expect((await client('GET', '/v1/sinks')).json.resources).toEqual([expect.objectContaining(updating)]);
    expect((await client('GET', '/v1/deployments')).json.resources).toMatchObject([{ sinks: [updating] }]);
    expect(await send(2)).toMatchObject({ statusCode: 200, json: { success_count: 1 } });
    expect(await change()).toMatchObject({ statusCode: 200, json: { ...restarting, mapping_revision: 7 } });
    expect(await client('DELETE', `/v2/sinks/${sinkId}`)).toMatchObject({
      statusCode: 202,
      json: { status: 'DELETING' },
    });
    expect((await send(3)).statusCode).toBe(409);
    expect((await change()).statusCode).toBe(409);
  });
});
