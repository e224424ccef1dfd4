import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { gone, type HeadgateApi, type SinkAnswer, signInTo, uniqueName } from '../support/headgate-api.ts';
import { pageCommand, runCurl } from '../support/page-curl.ts';
import { readFixture } from '../support/read-fixture.ts';
import { expectStoresAgree } from '../support/stores-agree.ts';
import { type TableResponse, tableRows } from '../support/table-response.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

/** A stringset with time views down to the hour, as the column call of the /v2 service spells it. */
const stringSetQuantum = { type: 'time', keys: true, timeQuantum: 'YMDH' };

/** "Create An Ingest Endpoint" of the /v2 service: types in the table, mappings by path, `_timeQuantum`. */
describe('v2 ingest endpoint page, pasted', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  const sources: string[] = [];
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
  });
  afterAll(() => target?.close());

  /** Runs the page's command for a table and polls the list of sources as the page does. */
  async function createSource(table: string, definition: readonly object[]): Promise<string> {
    const items = JSON.stringify(definition).slice(1, -1);
    const command = pageCommand('v2-ingest-endpoint/01-create-source.curl', target.url, {
      IdToken: api.idToken,
      'source name': uniqueName('web_clicks_production'),
      database_id: databaseId,
      'table name': table,
      'json mapping like example below': items,
    });
    const created = await runCurl<SinkAnswer>(command);
    expect(created.status).toBe(201);
    const { id } = created.body;
    sources.push(id);
    const poll = pageCommand('v2-ingest-endpoint/02-list-sources.curl', target.url, { IdToken: api.idToken });
    await waitUntil(`GET /v2/sinks shows source ${id} as ACTIVE`, async () => {
      const { status, body } = await runCurl<{ resources: SinkAnswer[] }>(poll);
      expect(status).toBe(200);
      return body.resources.find((sink) => sink.id === id)?.status === 'ACTIVE' || undefined;
    });
    return id;
  }

  async function pql(statement: string): Promise<Record<string, unknown>[]> {
    const path = `/v2/databases/${databaseId}/query`;
    const answer = await api.post<TableResponse>(path, { language: 'pql', statement });
    expect(answer.status).toBe(200);
    return tableRows(answer.body);
  }

  it('takes the nested record of the page by its paths', async () => {
    await api.createTable(databaseId, 'aircraft', true, {
      lat: { type: 'decimal', scale: 4 },
      long: { type: 'decimal', scale: 3 },
      altitude: { type: 'int', min: -9007199254740991, max: 9007199254740991 },
      origin: { type: 'mutex', keys: true },
      airlines: { type: 'set', keys: true },
      destinations: stringSetQuantum,
    });
    const source = await createSource('aircraft', [
      { name: '_id', path: ['data', 'aircraftId'] },
      { name: 'lat', path: ['data', 'lat'] },
      { name: 'long', path: ['data', 'long'] },
      { name: 'altitude', path: ['data', 'altitude'] },
      { name: 'origin', path: ['data', 'origin'] },
      { name: 'airlines', path: ['data', 'airline'] },
      { name: 'destinations', path: ['data', 'destination'] },
      { name: '_timeQuantum', path: ['timestamp'] },
    ]);
    const record = readFixture<{ timestamp: number; data: object }>('pages/v2-ingest-endpoint/aircraft-record.json');
    const twoDaysLater = {
      ...record,
      timestamp: record.timestamp + 2 * 86_400_000,
      data: { ...record.data, destination: 'JFK' },
    };
    await api.load(source, [record]);
    await api.load(source, [twoDaysLater]);
    expect(await api.select(databaseId, 'select * from aircraft')).toEqual([
      {
        _id: '40688E',
        lat: 45.1199,
        long: -43.416,
        altitude: 37996,
        origin: 'LHR',
        airlines: ['BAW'],
        destinations: ['BNA', 'JFK'],
      },
    ]);
  });

  // 1659981468260 is 2022-08-08T17:57:48.260Z; the second destination was added two days later.
  it.each([
    ["Row(destinations='BNA')", ['40688E']],
    ["Row(destinations='BNA', from='2022-08-08T17:00', to='2022-08-08T18:00')", ['40688E']],
    ["Row(destinations='BNA', from='2022-08-08T17:40', to='2022-08-08T18:00')", ['40688E']],
    ["Row(destinations='BNA', from='2022-08-08', to='2022-08-09')", ['40688E']],
    ["Row(destinations='BNA', from='2022', to='2023')", ['40688E']],
    ["Row(destinations='BNA', from='2022-08-08T18:00', to='2022-08-08T19:00')", []],
    ["Row(destinations='BNA', from='2022-08-09', to='2022-08-12')", []],
    ["Row(destinations='BNA', from='2022-08-08T16:00', to='2022-08-08T17:00')", []],
    ["Row(destinations='JFK', from='2022-08-10', to='2022-08-11')", ['40688E']],
    ["Row(destinations='JFK', from='2022-08-08', to='2022-08-10')", []],
    ["Intersect(Row(origin='LHR'), Row(destinations='JFK', from='2022-08-10', to='2022-08-11'))", ['40688E']],
    ["Row(origin='BNA')", []],
  ])('PQL %s finds %j', async (call, keys) => {
    expect((await pql(`[aircraft]${call}`)).map((row) => row['_id'])).toEqual(keys);
  });

  it('takes the mapping of the page as it stands there', async () => {
    await api.createTable(databaseId, 'projects', false, { language: stringSetQuantum });
    const source = await createSource('projects', readFixture<object[]>('pages/v2-ingest-endpoint/definition.json'));
    await api.load(source, [{ language: 'python', project: { project_id: 2 }, timestamp: 1659981468260 }]);
    await api.load(source, [{ language: 'go', project: { project_id: 2 }, timestamp: '2022-09-01T00:00:00Z' }]);
    expect(await api.select(databaseId, 'select _id, language from projects')).toEqual([
      { _id: 2, language: ['go', 'python'] },
    ]);
    const august = await pql("[projects]Row(language='python', from='2022-08', to='2022-09')");
    const september = await pql("[projects]Row(language='go', from='2022-09', to='2022-10')");
    expect([august, september]).toEqual([[{ _id: 2 }], [{ _id: 2 }]]);
    expect(await pql("[projects]Row(language='go', from='2022-08', to='2022-09')")).toEqual([]);
  });

  it.each([
    ['aircraft', 1],
    ['projects', 1],
  ])('has the same rows of %s by key, in queries and in the stores below', async (table, count) => {
    expect(await expectStoresAgree(target, api, databaseId, table)).toHaveLength(count);
  });

  it('deletes sources, tables and the database, each with 202, then none is found', async () => {
    const paths = [
      ...sources.map((id) => `/v2/sinks/${id}`),
      `/v2/tables/${databaseId}/aircraft`,
      `/v2/tables/${databaseId}/projects`,
      `/v2/databases/${databaseId}`,
    ];
    for (const path of paths) {
      expect((await api.delete(path)).status).toBe(202);
      await gone(api, path);
    }
  });
});
