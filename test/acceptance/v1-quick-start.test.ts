import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type HeadgateApi, type RecordsAnswer, signInTo } from '../support/headgate-api.ts';
import { extractionPipeline, pageCommand, runCurl, shellExtract } from '../support/page-curl.ts';
import { expectStoresAgree } from '../support/stores-agree.ts';
import { type TableResponse, tableRows } from '../support/table-response.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly deployment_status?: string;
  readonly status?: string;
}
type Resources = { readonly resources: readonly Resource[] };

/**
 * "Getting Started With Streaming" of the /v1 service, command by command as the page prints them, with ids taken out of
 * the answers by the shell pipelines of its successors. The tests build on each other, as the page does.
 */
describe('v1 quick start, pasted', () => {
  let target: AcceptanceTarget;
  const values: Record<string, string> = {};
  const paste = <T>(step: string) => runCurl<T>(pageCommand(`v1-quick-start/${step}.curl`, target.url, values));
  const extract = async (text: string, key: string) => (await shellExtract(text, extractionPipeline(key))).join(' ');

  beforeAll(async () => {
    target = await openAcceptanceTarget();
    values['username'] = target.username;
    values['password'] = target.password;
    await removeLeftover(await signInTo(target));
  });
  afterAll(() => target?.close());

  it('gets a token', async () => {
    const answer = await paste<{ AuthenticationResult: Record<string, unknown> }>('01-token');
    expect(answer.status).toBe(200);
    const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = answer.body.AuthenticationResult;
    expect({ ExpiresIn, TokenType }).toEqual({ ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(new Set([AccessToken, IdToken, RefreshToken]).size).toBe(3);
    expect(answer.body).toHaveProperty('ChallengeParameters', {});
    values['IdToken'] = await extract(answer.text, 'IdToken');
    expect(values['IdToken']).toBe(IdToken);
  });

  it('creates a deployment that comes to run', async () => {
    const created = await paste<Resource>('02-create-deployment');
    expect([200, 201]).toContain(created.status);
    const id = await extract(created.text, 'id');
    expect(id).toBe(created.body.id);
    expect(['CREATING', 'RUNNING']).toContain(await extract(created.text, 'deployment_status'));
    values['deployment_id'] = id;
    values['deployment id'] = id;
    await waitUntil('the deployment is RUNNING', async () => {
      const { body } = await paste<Resources>('03-list-deployments');
      const mine = body.resources.find((deployment) => deployment.id === id);
      expect(mine?.name).toBe('iris_demo_deployment');
      return mine?.deployment_status === 'RUNNING' || undefined;
    });
    const { text } = await paste('14-get-deployment');
    expect(await extract(text, 'deployment_status')).toBe('RUNNING');
  });

  it('creates the table', async () => {
    const created = await paste<Resource>('04-create-table');
    expect([200, 201]).toContain(created.status);
    expect(created.body.name).toBe('iris_table');
  });

  it('creates the source, which becomes active', async () => {
    const created = await paste<Resource>('05-create-source');
    expect([200, 201]).toContain(created.status);
    const id = await extract(created.text, 'id');
    expect(id).toBe(created.body.id);
    values['sourceId'] = id;
    values['sourceid'] = id;
    await waitUntil('the source is ACTIVE', async () => {
      const { body } = await paste<Resources>('06-list-sources');
      const mine = body.resources.find((source) => source.id === id);
      expect(mine?.name).toBe('iris_streaming_source');
      return mine?.status === 'ACTIVE' || undefined;
    });
    const { text } = await paste('11-get-source');
    expect(await extract(text, 'status')).toBe('ACTIVE');
  });

  it('ingests 150 records whose numbers are strings', async () => {
    const { status, body } = await paste<RecordsAnswer>('07-ingest');
    expect(status).toBe(200);
    expect(body).toMatchObject({ success_count: 150, error_count: 0 });
    expect(body.records).toEqual(Array.from({ length: 150 }, () => ({ status: 'success' })));
  });

  it('answers the PQL query with the species counts', async () => {
    const rows = await waitUntil('all 150 records are visible', async () => {
      const { status, body } = await paste<TableResponse>('09-query-pql');
      expect(status).toBe(200);
      const found = tableRows(body);
      return found.reduce((sum, row) => sum + Number(row['count']), 0) === 150 ? found : undefined;
    });
    const counts = Object.fromEntries(rows.map((row) => [row['species'], row['count']]));
    expect(counts).toEqual({ setosa: 50, versicolor: 50, virginica: 50 });
  });

  it('answers the SQL query with ten rows as they were sent', async () => {
    const { status, body } = await paste<TableResponse>('08-query-sql');
    expect(status).toBe(200);
    expect(body.results.headers.map((header) => header.name)).toEqual([
      '_id',
      'sepallength',
      'sepalwidth',
      'petallength',
      'petalwidth',
      'species',
    ]);
    const rows = tableRows(body);
    expect(new Set(rows.map((row) => row['_id'])).size).toBe(10);
    for (const row of rows) expect(row).toEqual(await sentRow(Number(row['_id'])));
  });

  it.each([
    ['select sum(sepallength) from iris_table', 876.5],
    ['select sum(sepalwidth) from iris_table', 458.6],
    ['select sum(petallength) from iris_table', 563.7],
    ['select sum(petalwidth) from iris_table', 179.9],
    ["select sum(petallength) from iris_table where species = 'setosa'", 73.1],
    ["select sum(petallength) from iris_table where species = 'versicolor'", 213.0],
    ["select sum(petallength) from iris_table where species = 'virginica'", 277.6],
    ['select count(*) from iris_table where petallength > 5', 42],
    ['select count(*) from iris_table', 150],
  ])('%s is %d', async (statement, expected) => {
    const command = pageCommand('v1-quick-start/08-query-sql.curl', target.url, values);
    const { body } = await runCurl<TableResponse>(
      command.replace('select * from iris_table limit 10', statement.replaceAll("'", `'"'"'`)),
    );
    const [row] = tableRows(body);
    expect(Object.values(row!)[0]).toBeCloseTo(expected, 10);
  });

  it('has the same rows by key, in queries and in the stores below', async () => {
    const rows = await expectStoresAgree(target, await signInTo(target), values['deployment_id']!, 'iris_table');
    expect(rows).toHaveLength(150);
    for (const row of rows) expect(row).toEqual(await sentRow(Number(row['_id'])));
  });

  it.each([
    ['the source', '10-delete-source', '11-get-source'],
    ['the table', '12-delete-table', undefined],
    ['the deployment', '13-delete-deployment', '14-get-deployment'],
  ])('deletes %s with 202, then it is no longer found', async (_name, remove, get) => {
    expect((await paste(remove)).status).toBe(202);
    if (get === undefined) return;
    await waitUntil('GET answers 404', async () => ((await paste(get)).status === 404 ? true : undefined));
  });

  /** The values of one record of the page, as numbers. */
  async function sentRow(id: number): Promise<Record<string, unknown>> {
    const command = pageCommand('v1-quick-start/07-ingest.curl', target.url, values);
    const line = command.split('\n').find((text) => text.includes(`{"id": ${id},`))!;
    const sent = JSON.parse(/\{"id".*?\}/.exec(line)![0]) as Record<string, string>;
    const { species, ...numbers } = sent;
    return {
      ...Object.fromEntries(
        Object.entries(numbers).map(([name, text]) => [name === 'id' ? '_id' : name.toLowerCase(), Number(text)]),
      ),
      species,
    };
  }
});

/** The page has one fixed name; what a broken run left under it would answer 409. */
async function removeLeftover(api: HeadgateApi): Promise<void> {
  const { body } = await api.get<Resources>('/v1/deployments');
  for (const { id, name } of body.resources) if (name === 'iris_demo_deployment') await api.removeDatabase(id);
}
