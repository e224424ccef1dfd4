import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import type { Answer } from '../support/http-client.ts';
import { type Embedded, startEmbedded } from '../support/start-embedded.ts';
import { segmentFilesIn } from './torn-files.ts';

jest.setTimeout(120_000);

const records = Array.from({ length: 2_000 }, (_, id) => ({ id, n: id * 3 }));
const sumOfAll = { rows: records.length, n: records.reduce((sum, { n }) => sum + n, 0) };

/** What no crash can do, because a segment is synced before it is registered: a disk, or somebody, damaged its file. */
describe('a registered segment file that is damaged', () => {
  let dataDir: string;
  let product: Embedded;
  let api: HeadgateApi;
  let databaseId: string;
  let file: string;
  let whole: Buffer;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'headgate-torn-'));
    product = await startEmbedded({ dataDir });
    api = await signInTo({ ...product, close: product.stop });
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'facts', false, { n: { type: 'int' } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'n', path: ['n'] },
    ];
    const { id: sinkId } = await api.createSink(databaseId, 'facts', items, false);
    await api.load(sinkId, records.slice(0, 1_000));
    await api.load(sinkId, records.slice(1_000));
    file = (await segmentFilesIn(dataDir)).at(-1)!;
    whole = await readFile(file);
  });
  afterAll(async () => {
    await product?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const sum = (): Promise<Answer<{ error?: string; data?: unknown[][] }>> =>
    api.post(`/v2/databases/${databaseId}/query/sql`, 'select count(*) as "rows", sum(n) as n from facts', {
      contentType: 'text/plain',
    });

  it.each([
    ['is cut in half', () => whole.subarray(0, whole.length / 2)],
    ['lost its last byte', () => whole.subarray(0, -1)],
    ['is empty', () => Buffer.alloc(0)],
    ['is gone', () => undefined],
  ])('%s: a query says so, names it and gives no rows; once it is mended all rows are back', async (_, damaged) => {
    const bytes = damaged();
    await (bytes ? writeFile(file, bytes) : rm(file));
    const answer = await sum();
    expect(answer.status).toBe(500);
    expect(answer.body.data).toBeUndefined();
    expect(answer.text).toContain(file.split('/').at(-2));
    await writeFile(file, whole);
    expect((await sum()).body.data).toEqual([Object.values(sumOfAll)]);
  });
});
