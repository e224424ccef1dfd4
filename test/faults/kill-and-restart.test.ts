import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type Embedded, startEmbedded, startRefused } from '../support/start-embedded.ts';

jest.setTimeout(120_000);

const connections = 4;
const recordsPerPost = 50;

/** One POST of a round: whether its answer came before the kill, and the receipt in it. */
interface Post {
  readonly firstId: number;
  readonly receipt: string | undefined;
}

const recordOf = (id: number) => ({ id, n: id * 3, tags: [`t${id % 7}`, `u${id % 11}`] });
const idsOf = ({ firstId }: Post) => Array.from({ length: recordsPerPost }, (_, i) => firstId + i);

describe('kill -9 under load, then a start on the same data', () => {
  let dataDir: string;
  let product: Embedded;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  const everyPost: Post[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'headgate-kill-'));
    await start();
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'facts', false, { n: { type: 'int' }, tags: { type: 'set', keys: true } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'n', path: ['n'] },
      { name: 'tags', path: ['tags'] },
    ];
    sinkId = (await api.createSink(databaseId, 'facts', items, false)).id;
  });
  afterAll(async () => {
    await product?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    product = await startEmbedded({ dataDir });
    api = await signInTo({ ...product, close: product.stop });
  }

  /** Sends on several connections until `acknowledgements` came back, and kills while the others are under way. */
  async function loadUntilKilled(round: number, acknowledgements: number): Promise<Post[]> {
    const posts: Post[] = [];
    let acknowledged = 0;
    let killed: Promise<void> | undefined;
    const worker = async (connection: number) => {
      for (let turn = 0; killed === undefined; turn++) {
        const firstId = round * 10_000_000 + connection * 1_000_000 + turn * recordsPerPost;
        const place = posts.push({ firstId, receipt: undefined }) - 1;
        const answer = await api.send(sinkId, idsOf(posts[place]!).map(recordOf)).catch(() => undefined);
        // The connection broke: whether the records were taken is not known.
        if (answer === undefined) return;
        expect(answer).toMatchObject({ status: 200, body: { success_count: recordsPerPost, error_count: 0 } });
        posts[place] = { firstId, receipt: answer.headers.get('x-headgate-receipt') ?? 'none' };
        acknowledged += 1;
        if (acknowledged >= acknowledgements) killed ??= product.kill();
      }
    };
    await Promise.all(Array.from({ length: connections }, (_, connection) => worker(connection)));
    await killed;
    return posts;
  }

  /** Each stored row of a round by id; a row that is stored twice is an error. */
  async function storedRows(round: number): Promise<Map<number, Record<string, unknown>>> {
    const from = round * 10_000_000;
    const rows = await api.select(
      databaseId,
      `select * from facts where _id >= ${from} and _id < ${from + 10_000_000}`,
    );
    const byId = new Map(rows.map((row) => [Number(row['_id']), row]));
    expect(byId.size).toBe(rows.length);
    return byId;
  }

  async function expectStored(round: number, posts: readonly Post[]): Promise<void> {
    const rows = await storedRows(round);
    for (const post of posts) {
      const found = idsOf(post).map((id) => rows.get(id));
      // A POST whose answer got lost is there as a whole or not at all.
      if (post.receipt === undefined && found.every((row) => row === undefined)) continue;
      expect(found).toEqual(idsOf(post).map((id) => ({ _id: id, n: id * 3, tags: [`t${id % 7}`, `u${id % 11}`] })));
      for (const id of idsOf(post)) rows.delete(id);
    }
    expect([...rows.keys()]).toEqual([]);
  }

  it.each([
    [1, 1],
    [2, 15],
    [3, 50],
  ])(
    'round %d: every acknowledged record is there once, with its values (kill after %d answers)',
    async (round, acks) => {
      const posts = await loadUntilKilled(round, acks);
      everyPost.push(...posts);
      await start();
      for (const { receipt } of posts)
        if (receipt !== undefined) await api.visible({ headers: new Headers({ 'x-headgate-receipt': receipt }) });
      // What was started again takes and writes records too.
      await api.load(sinkId, [{ ...recordOf(round), id: round }]);
      await expectStored(round, posts);
      const [sample] = posts.filter(({ receipt }) => receipt !== undefined);
      const row = await api.get(`/v2/tables/${databaseId}/facts/rows/${sample!.firstId}`);
      expect(row).toMatchObject({ status: 200, body: { _id: sample!.firstId, n: sample!.firstId * 3 } });
    },
  );

  it('keeps the rows of all rounds through one more start', async () => {
    await product.kill();
    await start();
    const acknowledged = everyPost.filter(({ receipt }) => receipt !== undefined).length;
    const [row] = await api.select(databaseId, 'select count(*) as rows, count(distinct _id) as ids from facts');
    expect(row!['rows']).toBe(row!['ids']);
    expect(Number(row!['rows'])).toBeGreaterThanOrEqual(acknowledged * recordsPerPost + 3);
    expect(Number(row!['rows'])).toBeLessThanOrEqual(everyPost.length * recordsPerPost + 3);
  });

  it('refuses a second start on the same data and says who holds it', async () => {
    const { code, output } = await startRefused(dataDir);
    expect(code).toBe(1);
    expect(output).toContain(String(product.pid));
    expect((await api.get('/health')).status).toBe(200);
  });
});
