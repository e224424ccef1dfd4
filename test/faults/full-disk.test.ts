import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type Embedded, startEmbedded } from '../support/start-embedded.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(180_000);

const diskMegabytes = 96;
const megabyte = 1_048_576;
const recordsPerPost = 200;

/** A disk of its own, where this user may mount one. */
function mountDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

const disk = mountDisk();

(disk === undefined ? describe.skip : describe)('a disk that is really full', () => {
  const filler = join(disk ?? '', 'filler');
  let product: Embedded;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  const acknowledged: { readonly firstId: number; readonly receipt: string }[] = [];
  let nextId = 0;
  beforeAll(async () => {
    await start();
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'facts', false, { text: { type: 'string', keys: true } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'text', path: ['text'] },
    ];
    sinkId = (await api.createSink(databaseId, 'facts', items, true)).id;
  });
  afterAll(async () => {
    await product?.stop();
    execFileSync('umount', [disk!]);
    rmSync(disk!, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    product = await startEmbedded({ dataDir: join(disk!, 'data') });
    api = await signInTo({ ...product, close: product.stop });
  }

  /** Sends one request; its status, with what was acknowledged noted. */
  async function post(): Promise<{ readonly status: number; readonly retryAfter: string | null }> {
    const firstId = nextId;
    nextId += recordsPerPost;
    const values = Array.from({ length: recordsPerPost }, (_, i) => ({
      id: firstId + i,
      text: `row ${firstId + i} `.repeat(20),
    }));
    const answer = await api.send(sinkId, values);
    const receipt = answer.headers.get('x-headgate-receipt');
    if (answer.status === 200 && answer.body.success_count === recordsPerPost && receipt !== null)
      acknowledged.push({ firstId, receipt });
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
  }

  /** Leaves so much of the disk free, of which another program takes the rest. */
  function fillUp(freeBytes: number): void {
    const file = openSync(filler, 'w');
    try {
      for (let bytes = megabyte; bytes >= 1; ) {
        const { bavail, bsize } = statfsSync(disk!);
        if (freeBytes > 0 && bavail * bsize <= freeBytes) return;
        bytes = writeOrHalf(file, bytes);
      }
    } finally {
      closeSync(file);
    }
  }

  /** @returns how much to try next: half of what there was no room for */
  function writeOrHalf(file: number, bytes: number): number {
    try {
      writeSync(file, Buffer.alloc(bytes));
      return bytes;
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
      return bytes / 2;
    }
  }

  /** Sends until one is refused. */
  function postUntilRefused() {
    return waitUntil('a request is refused', async () => {
      const answer = await post();
      expect([200, 503]).toContain(answer.status);
      return answer.status === 503 ? answer : undefined;
    });
  }

  async function expectAllThere(): Promise<void> {
    for (const { receipt } of acknowledged) await api.visibleAt(receipt);
    const rows = await api.select(databaseId, 'select _id, text from facts');
    const texts = new Map(rows.map((row) => [Number(row['_id']), row['text']]));
    for (const { firstId } of acknowledged)
      for (let id = firstId; id < firstId + recordsPerPost; id += 1)
        expect(texts.get(id)).toBe(`row ${id} `.repeat(20));
    const ids = new Set(
      acknowledged.flatMap(({ firstId }) => Array.from({ length: recordsPerPost }, (_, i) => firstId + i)),
    );
    expect([...texts.keys()].filter((id) => !ids.has(id))).toEqual([]);
  }

  const accepts = () => waitUntil('a request is taken', async () => ((await post()).status === 200 ? true : undefined));

  it('refuses below the reserve while it still writes what was accepted', async () => {
    for (let i = 0; i < 5; i += 1) expect((await post()).status).toBe(200);
    fillUp(14 * megabyte);
    expect(Number((await postUntilRefused()).retryAfter)).toBeGreaterThan(0);
    await expectAllThere();
    rmSync(filler);
    await accepts();
    await expectAllThere();
  });

  it.each([
    ['goes on', async () => {}],
    [
      'is killed and started on it',
      async () => {
        await product.kill();
        rmSync(filler);
        await start();
      },
    ],
  ])(
    'answers 503 without a byte left, loses nothing acknowledged, and takes records again when it %s',
    async (_name, then) => {
      for (let i = 0; i < 10; i += 1) expect((await post()).status).toBe(200);
      fillUp(0);
      // Also what is on its way while the disk fills: a failed write is told as one.
      const answers = await Promise.all(Array.from({ length: 20 }, post));
      expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
      await postUntilRefused();
      await then();
      rmSync(filler, { force: true });
      await accepts();
      await expectAllThere();
    },
  );
});
