import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type Embedded, startEmbedded } from '../support/start-embedded.ts';

jest.setTimeout(180_000);

/** Bytes by which one lot of hostile bodies may take more than the lot before it: noise of the heap. */
const growthBytesMax = 150 * 1_048_576;
/** Bytes that the process may have at most: some of the bodies are 10 MiB as text, and seven are under way at a time. */
const peakBytesMax = 1_100 * 1_048_576;
const roundsPerLot = 8;

const megabyte = 1_048_576;
const gzipped = { 'content-encoding': 'gzip' };
const bomb = gzipSync(Buffer.alloc(512 * megabyte, ' '), { level: 9 });
const oneText = gzipSync(`{"records":[{"value":{"id":1,"name":"${'x'.repeat(9 * megabyte)}"}}]}`);
const bodies: readonly { readonly body: string | Uint8Array; readonly headers?: Record<string, string> }[] = [
  { body: bomb, headers: gzipped },
  { body: oneText, headers: gzipped },
  { body: `{"records":[{"value":{"id":1,"name":"${'x'.repeat(10 * megabyte)}"}}]}` },
  { body: `${'['.repeat(500_000)}${']'.repeat(500_000)}` },
  { body: `{"records":[{"value":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}]}` },
  { body: `{"records":[${'{},'.repeat(300_000)}{}]}` },
  { body: `{"records":[{"value":{"id":1,"name":"${'\\u0061'.repeat(150_000)}` },
];

/** The kernel's own figure of the highest resident size, which only Linux has. */
const hasPeak = existsSync('/proc/self/clear_refs');

let product: Embedded;
let api: HeadgateApi;
let sinkId: string;
beforeAll(async () => {
  product = await startEmbedded();
  api = await signInTo({ ...product, close: product.stop });
  const databaseId = await api.createDatabase();
  await api.createTable(databaseId, 'flat', false, { name: { type: 'mutex', keys: true } });
  const items = ['_id', 'name'].map((name) => ({ name, path: [name === '_id' ? 'id' : name] }));
  sinkId = (await api.createSink(databaseId, 'flat', items, true)).id;
});
afterAll(() => product?.stop());

async function round(): Promise<void> {
  const answers = await Promise.all(
    bodies.map(({ body, headers = {} }) =>
      api.post<{ error_count?: number }>(`/v2/sinks/${sinkId}`, body, { headers }),
    ),
  );
  for (const { status, body } of answers) expect(status >= 400 || body.error_count === 1).toBe(true);
}

const peakBytes = async () =>
  Number(/VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${product.pid}/status`, 'utf8'))![1]) * 1_024;

(hasPeak ? it : it.skip)(
  'memory stays flat under bodies that mean harm, and the product answers after them',
  async () => {
    const peaks: number[] = [];
    for (let lot = 0; lot < 3; lot++) {
      await writeFile(`/proc/${product.pid}/clear_refs`, '5');
      for (let i = 0; i < roundsPerLot; i++) await round();
      peaks.push(await peakBytes());
    }
    // The first lot is that in which heaps grow to their working size.
    const [, second, third] = peaks as [number, number, number];
    expect(third - second).toBeLessThan(growthBytesMax);
    expect(Math.max(...peaks)).toBeLessThan(peakBytesMax);
    await api.load(sinkId, [{ id: 2, name: 'good' }]);
  },
);
