import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo, tableIsActive, uniqueName } from '../support/headgate-api.ts';

jest.setTimeout(120_000);

interface Page {
  readonly resources: readonly { readonly id: string; readonly name: string }[];
  readonly next?: string;
}

const items = [{ name: '_id', path: ['id'] }];
/** In order of creation, which is neither that of the names nor the other way round. */
const tables = ['m', 'z', 'a', 'k', 'b'];

describe('a list', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    for (const table of tables) await api.createTable(databaseId, table, false, {});
    for (const table of tables) await tableIsActive(api, databaseId, table);
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const page = async (path: string) => expectStatus(await api.get<Page>(path), 200).body;
  const namesOf = ({ resources }: Page) => resources.map(({ name }) => name);

  /** The names of all pages, one after the other. */
  async function paged(path: string): Promise<readonly string[][]> {
    const pages: string[][] = [];
    let after = '';
    do {
      const one = await page(`${path}${after}`);
      pages.push(namesOf(one));
      after = one.next === undefined ? '' : `&after=${one.next}`;
    } while (after !== '' && pages.length < 50);
    return pages;
  }

  it.each(['v1', 'v2'])('of /%s is whole, in order of creation, for whoever asks for nothing', async (version) => {
    const whole = await page(`/${version}/tables/${databaseId}?unknown=1`);
    expect(Object.keys(whole)).toEqual(['resources']);
    expect(namesOf(whole)).toEqual(tables);
  });

  it.each([
    ['', [['m', 'z'], ['a', 'k'], ['b']]],
    ['&sort=-created_at', [['b', 'k'], ['a', 'z'], ['m']]],
    ['&sort=name', [['a', 'b'], ['k', 'm'], ['z']]],
    ['&sort=-name', [['z', 'm'], ['k', 'b'], ['a']]],
    ['&name=k', [['k']]],
    ['&status=ACTIVE&name=*&sort=name', [['a', 'b'], ['k', 'm'], ['z']]],
    ['&status=failed', [[]]],
  ])('comes in pages that are asked for with limit=2%s', async (query, pages) => {
    expect(await paged(`/v2/tables/${databaseId}?limit=2${query}`)).toEqual(pages);
  });

  it('shows what is there all the time once, whatever comes and goes between two pages', async () => {
    const first = await page(`/v2/tables/${databaseId}?limit=3&sort=name`);
    expect(namesOf(first)).toEqual(['a', 'b', 'k']);
    expectStatus(await api.delete(`/v2/tables/${databaseId}/k`), 202);
    await api.createTable(databaseId, 'aa', false, {});
    await api.createTable(databaseId, 'y', false, {});
    const second = await page(`/v2/tables/${databaseId}?limit=3&sort=name&after=${first.next}`);
    expect(namesOf(second)).toEqual(['m', 'y', 'z']);
    expect(second.next).toBeUndefined();
  });

  it('of databases and sinks has pages too', async () => {
    const prefix = uniqueName('paged');
    const made: string[] = [];
    for (const name of ['c', 'a', 'b']) {
      const created = await api.post<{ id: string }>('/v2/databases', { name: `${prefix}-${name}` });
      made.push(expectStatus(created, 201).body.id);
    }
    const named = ['a', 'b', 'c'].map((name) => [`${prefix}-${name}`]);
    for (const list of ['/v2/databases', '/v1/deployments'])
      expect(await paged(`${list}?name=${prefix}*&sort=name&limit=1`)).toEqual(named);
    for (const id of made) expectStatus(await api.delete(`/v2/databases/${id}`), 202);

    const sink = await api.createSink(databaseId, 'm', items, true);
    for (const list of ['/v2/sinks', '/v1/sinks']) {
      expect(namesOf(await page(`${list}?name=${sink.name}&status=ACTIVE`))).toEqual([sink.name]);
      expect(namesOf(await page(`${list}?name=${sink.name}&status=DELETING`))).toEqual([]);
    }
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['sort=size', 'sort'],
    ['status=RUNNING', 'status'],
    ['after=nonsense', 'after'],
  ])('with ?%s is a 400 that names %s', async (query, parameter) => {
    const answer = await api.get(`/v2/tables/${databaseId}?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'InvalidParameter', details: { parameter } } });
  });

  it('refuses the cursor of another list, order or filter', async () => {
    const { next } = await page(`/v2/tables/${databaseId}?limit=1&sort=name`);
    for (const path of [
      `/v2/tables/${databaseId}?sort=-name&after=${next}`,
      `/v2/tables/${databaseId}?sort=name&name=a*&after=${next}`,
      `/v2/databases?sort=name&after=${next}`,
    ])
      expect(await api.get(path)).toMatchObject({ status: 400, body: { details: { parameter: 'after' } } });
  });
});
