import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { readFixture } from '../support/read-fixture.ts';

jest.setTimeout(120_000);

/** A history of POSTs and the row that must come of it. */
interface MergeCase {
  readonly name: string;
  /** One POST each, through one of the two sinks: `facts` maps all columns, `sizes` maps `height` and `tags` only. */
  readonly posts: readonly { readonly sink: 'facts' | 'sizes'; readonly records: readonly Record<string, unknown>[] }[];
  /** undefined: the row does not exist. Columns not named are null. */
  readonly row?: Readonly<Record<string, unknown>>;
}

const columns = {
  name: { type: 'mutex', keys: true },
  height: { type: 'int' },
  price: { type: 'decimal', scale: 2 },
  active: { type: 'bool' },
  seen: { type: 'timestamp', timeUnit: 's' },
  tags: { type: 'set', keys: true },
  codes: { type: 'set' },
};
const empty = Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
const cases = readFixture<MergeCase[]>('post-histories/histories.json');

describe('rows of one _id through POSTs one after the other', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  const sinks: Record<string, string> = {};
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'things', true, columns);
    const id = { name: '_id', path: ['id'] };
    const all = Object.keys(columns).map((name) => ({ name, path: [name] }));
    sinks['facts'] = (await api.createSink(databaseId, 'things', [id, ...all], true)).id;
    const sizes = [
      { name: 'height', path: ['size', 'height'] },
      { name: 'tags', path: ['tags'] },
    ];
    sinks['sizes'] = (await api.createSink(databaseId, 'things', [id, ...sizes], true)).id;
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  /** Sends a history under a key of its own; only the last POST is waited for. */
  async function play(key: string, posts: MergeCase['posts']): Promise<void> {
    for (const [i, { sink, records }] of posts.entries()) {
      const body = { records: records.map((record) => withKey(record, key)) };
      const answer = await api.post<{ error_count: number }>(`/v2/sinks/${sinks[sink]}`, body);
      expect(answer).toMatchObject({ status: 200, body: { error_count: 0 } });
      if (i === posts.length - 1) await api.visible(answer);
    }
  }

  it.each(cases)('$name', async ({ name, posts, row }) => {
    await play(name, posts);
    const found = await api.select(databaseId, `select * from things where _id = '${name.replaceAll("'", "''")}'`);
    expect(found).toEqual(row === undefined ? [] : [{ _id: name, ...empty, ...row }]);
  });

  it('reads the same row by its key', async () => {
    const key = 'a/key with:odd|chars?&é';
    await play(key, [
      {
        sink: 'facts',
        records: [
          { name: 'odd', height: 5, price: '1.50', active: false, seen: '2022-08-08T17:57:48Z', tags: ['b', 'a'] },
        ],
      },
    ]);
    const path = `/v2/tables/${databaseId}/things/rows/${encodeURIComponent(key)}`;
    const answer = await api.get(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      _id: key,
      name: 'odd',
      height: 5,
      price: 1.5,
      active: false,
      seen: '2022-08-08T17:57:48Z',
      tags: ['a', 'b'],
      codes: null,
    });
    await play(key, [{ sink: 'facts', records: [{ op: 'delete' }] }]);
    expect((await api.get(path)).status).toBe(404);
  });
});

/** `{"op": "delete"}` becomes a delete of the key; everything else is the value of a write. */
function withKey({ op, ...value }: Record<string, unknown>, key: string): object {
  return { ...(op !== undefined && { op }), value: { id: key, ...value } };
}
