import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo, tableIsActive, uniqueName } from '../support/headgate-api.ts';
import type { Answer } from '../support/http-client.ts';

jest.setTimeout(120_000);

const items = [{ name: '_id', path: ['id'] }];

describe('an entity tag', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  /** Paths of one resource of each kind. */
  const paths: Record<string, string> = {};
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', false, {});
    const sink = await api.createSink(databaseId, 'items', items, true);
    Object.assign(paths, {
      database: `/v2/databases/${databaseId}`,
      deployment: `/v1/deployments/${databaseId}`,
      table: `/v2/tables/${databaseId}/items`,
      'table of /v1': `/v1/tables/${databaseId}/items`,
      sink: `/v2/sinks/${sink.id}`,
      'sink of /v1': `/v1/sinks/${sink.id}`,
      'quota of a sink': `/v2/sinks/${sink.id}/quota`,
      'quota of the tenant': '/v2/quota',
    });
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const tagOf = ({ headers }: Answer) => headers.get('etag') ?? 'none';
  const read = (path: string, headers = {}) => api.get(path, { headers });
  const put = (path: string, body: unknown, headers = {}) => api.request('PUT', path, { body, headers });

  it.each([
    'database',
    'deployment',
    'table',
    'table of /v1',
    'sink',
    'sink of /v1',
    'quota of a sink',
    'quota of the tenant',
  ])('of a %s is strong, and a read that names it gets no body', async (kind) => {
    const path = paths[kind]!;
    const etag = tagOf(expectStatus(await read(path), 200));
    expect(etag).toMatch(/^"[\w.]+"$/);
    for (const named of [etag, `"other", ${etag}`, '*', `W/${etag}`]) {
      const same = expectStatus(await read(path, { 'if-none-match': named }), 304);
      expect([same.text, tagOf(same), same.headers.get('x-headgate-request-id')]).toEqual([
        '',
        etag,
        expect.any(String),
      ]);
    }
    for (const named of ['"other"', 'nonsense']) expectStatus(await read(path, { 'if-none-match': named }), 200);
    expectStatus(await read(path, { 'if-match': etag }), 200);
    expect(await read(path, { 'if-match': '"other"' })).toMatchObject({
      status: 412,
      body: { code: 'PreconditionFailed' },
    });
    const head = expectStatus(await api.request('HEAD', path), 200);
    expect([head.text, tagOf(head)]).toEqual(['', etag]);
  });

  it('lets one of two changes through that were made to the same revision', async () => {
    const path = paths['table']!;
    const etag = tagOf(await read(path));
    const change = (description: string) => put(path, { description }, { 'if-match': etag });
    const ends = await Promise.all(['one', 'two', 'three'].map(change));
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const done = ends.find(({ status }) => status === 200)!;
    const stands = expectStatus(await read(path), 200);
    expect([tagOf(stands), stands.body]).toEqual([tagOf(done), done.body]);
    expect(tagOf(done)).not.toBe(etag);
  });

  it('lets the last writer win who names none', async () => {
    const path = paths['table']!;
    expectStatus(await put(path, { description: 'first' }), 200);
    expectStatus(await put(path, { description: 'second' }, { 'if-match': '*' }), 200);
    expect((await read(path)).body).toMatchObject({ description: 'second' });
  });

  it.each(['3', '"open', 'W/3', '"a" "b"'])('that is none (%s) changes nothing', async (named) => {
    const answer = await put(paths['table']!, { description: 'never' }, { 'if-match': named });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'InvalidParameter', details: { parameter: 'If-Match' } },
    });
    expect((await read(paths['table']!)).text).not.toContain('never');
  });

  it.each(['sink', 'table', 'database'])('of another revision keeps a %s from being deleted', async (kind) => {
    const path = paths[kind]!;
    for (const named of ['"other"', `W/${tagOf(await read(path))}`])
      expect(await api.delete(path, { headers: { 'if-match': named } })).toMatchObject({ status: 412 });
    expectStatus(await read(path), 200);
  });

  it('of a table is not that of the next one under its name', async () => {
    const path = `/v2/tables/${databaseId}/again`;
    const tags: string[] = [];
    for (let times = 0; times < 2; times += 1) {
      await api.createTable(databaseId, 'again', false, {});
      await tableIsActive(api, databaseId, 'again');
      tags.push(tagOf(await read(path)));
      expectStatus(await api.delete(path, { headers: { 'if-match': tags.at(-1)! } }), 202);
    }
    expect(tags[0]).not.toBe(tags[1]);
  });

  it('comes with what a create answers, and goes on with what a PUT answers', async () => {
    const created = await api.post<{ id: string }>('/v2/databases', { name: uniqueName('tagged') });
    const path = `/v2/databases/${expectStatus(created, 201).body.id}`;
    const first = await put(path, { database_options: { shape: '64GB' } }, { 'if-match': tagOf(created) });
    const second = await put(
      path,
      { database_options: { shape: '128GB' } },
      { 'if-match': tagOf(expectStatus(first, 200)) },
    );
    expect(new Set([created, first, expectStatus(second, 200)].map(tagOf)).size).toBe(3);
    // Whoever looks in between lets the state move on, and is in nobody's way.
    expect(expectStatus(await read(path), 200).body).toMatchObject({ database_status: 'RUNNING' });
    const third = await put(path, { database_options: { shape: '8GB' } }, { 'if-match': tagOf(second) });
    expectStatus(await put(path, { database_options: { shape: '8GB' } }, { 'if-match': tagOf(second) }), 412);
    expectStatus(await api.delete(path, { headers: { 'if-match': tagOf(created) } }), 412);
    expectStatus(await api.delete(path, { headers: { 'if-match': `"x", ${tagOf(expectStatus(third, 200))}` } }), 202);
  });
});
