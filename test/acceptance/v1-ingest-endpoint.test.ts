import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { gone, type HeadgateApi, signInTo, uniqueName } from '../support/headgate-api.ts';
import { pageCommand, runCurl } from '../support/page-curl.ts';
import { readFixtureText } from '../support/read-fixture.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

interface Deployments {
  readonly resources: readonly {
    readonly id: string;
    readonly sinks: readonly { readonly id: string; readonly name: string; readonly status: string }[];
  }[];
}

/** "Create An Ingest Endpoint" of the /v1 service: its own definition, `database_id`, and both ways to name a row. */
describe('v1 ingest endpoint page, pasted', () => {
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

  /** Runs the page's command for a new table; `edit` changes the pasted text as the page tells its reader to. */
  async function createSource(table: string, edit: (command: string) => string): Promise<string> {
    const created = await api.post(`/v1/tables/${databaseId}`, { name: table, description: '' });
    expect([200, 201]).toContain(created.status);
    const command = pageCommand('v1-ingest-endpoint/01-create-source.curl', target.url, {
      IdToken: api.idToken,
      'sink name': uniqueName('web_clicks_production'),
      database_id: databaseId,
      'table name': table,
      'field-name': 'project_id',
      'schema-definition-json like example above': readFixtureText('pages/v1-ingest-endpoint/definition.json'),
    });
    const answer = await runCurl<{ id: string }>(edit(command));
    expect([200, 201]).toContain(answer.status);
    sources.push(answer.body.id);
    await active(answer.body.id);
    return answer.body.id;
  }

  /** The page polls the list of deployments, which carries each one's sources with their status. */
  async function active(id: string): Promise<void> {
    const poll = pageCommand('v1-ingest-endpoint/02-list-deployments.curl', target.url, { IdToken: api.idToken });
    await waitUntil(`GET /v1/deployments shows source ${id} as ACTIVE`, async () => {
      const { status, body } = await runCurl<Deployments>(poll);
      expect(status).toBe(200);
      const mine = body.resources.find((deployment) => deployment.id === databaseId)?.sinks ?? [];
      return mine.find((sink) => sink.id === id)?.status === 'ACTIVE' || undefined;
    });
  }

  async function ingest(sourceId: string, values: readonly object[]): Promise<void> {
    const answer = await api.post<{ success_count: number }>(`/v1/sinks/${sourceId}`, {
      records: values.map((value) => ({ value })),
    });
    expect(answer).toMatchObject({ status: 200, body: { success_count: values.length, error_count: 0 } });
    await api.visible(answer);
  }

  it('names rows by its id_field, which is no column of its own', async () => {
    const source = await createSource('by_project', (command) => command);
    await ingest(source, [
      { language: 'go', project_id: 2 },
      { language: 'python', project_id: '3' },
    ]);
    await ingest(source, [{ language: 'rust', project_id: 2 }]);
    expect(await api.select(databaseId, 'select * from by_project order by _id')).toEqual([
      { _id: 2, language: 'rust' },
      { _id: 3, language: 'python' },
    ]);
  });

  it('names rows by primary_key_fields; an id that is no mutex is a set and accumulates', async () => {
    const source = await createSource('by_language', (command) =>
      command.replace('"id_field": "project_id"', '"primary_key_fields": ["language"]'),
    );
    await ingest(source, [
      { language: 'go', project_id: 7 },
      { language: 'python', project_id: 2 },
      { language: 'python', project_id: 3 },
    ]);
    await ingest(source, [{ language: 'python', project_id: 2 }]);
    await ingest(source, [{ language: 'go', project_id: '5' }]);
    expect(await api.select(databaseId, 'select _id, project_id from by_language order by _id')).toEqual([
      { _id: 'go', project_id: [5, 7] },
      { _id: 'python', project_id: [2, 3] },
    ]);
  });

  it('discards the request when a field is missing and that is not allowed', async () => {
    const answer = await api.post<{ records: { status: string; error_message?: string }[] }>(
      `/v1/sinks/${sources[0]}`,
      {
        records: [{ value: { language: 'zig', project_id: 8 } }, { value: { project_id: 9 } }],
      },
    );
    expect(answer).toMatchObject({ status: 200, body: { success_count: 0, error_count: 2 } });
    expect(answer.body.records[1]?.error_message).toContain('language');
    await ingest(sources[0]!, [{ language: 'ada', project_id: 10 }]);
    expect(await api.select(databaseId, 'select _id from by_project order by _id')).toEqual([
      { _id: 2 },
      { _id: 3 },
      { _id: 10 },
    ]);
  });

  it('deletes sources, tables and the deployment, each with 202', async () => {
    const paths = [
      ...sources.map((id) => `/v1/sinks/${id}`),
      `/v1/tables/${databaseId}/by_project`,
      `/v1/tables/${databaseId}/by_language`,
      `/v1/deployments/${databaseId}`,
    ];
    for (const path of paths) {
      expect((await api.delete(path)).status).toBe(202);
      await gone(api, path);
    }
  });
});
