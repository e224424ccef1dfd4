import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, type RecordsAnswer, signInTo } from '../support/headgate-api.ts';

jest.setTimeout(120_000);

const megabyte = 1_048_576;
const gzipped = { 'content-encoding': 'gzip' };
const recordsOf = (value: string) => `{"records":[{"value":${value}}]}`;
/** A value that nests `levels` deep in the field `name`. */
const nested = (levels: number, open: string, close: string) =>
  recordsOf(`{"id":1,"name":${open.repeat(levels)}1${close.repeat(levels)}}`);

/** Bodies that must be refused whole. */
const refused: readonly {
  readonly name: string;
  readonly body: () => string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly says: RegExp;
}[] = [
  {
    name: 'a list that is cut off after its third record',
    body: () => `{"records":[${Array(3).fill('{"value":{"id":1,"name":"cut"}}').join(',')}`,
    status: 400,
    says: /not JSON.*line 1, column \d+/,
  },
  {
    name: 'a list that is cut off within a record',
    body: () => '{"records":[{"value":{"id":1,"name":"cut"}},{"value":{"id":2,"na',
    status: 400,
    says: /not JSON.*line 1, column \d+/,
  },
  {
    name: 'a string of 10 MB',
    body: () => recordsOf(`{"id":1,"name":"${'x'.repeat(10 * megabyte)}"}`),
    status: 413,
    says: /./,
  },
  {
    name: '10,000 lists within each other',
    body: () => nested(10_000, '[', ']'),
    status: 400,
    says: /deeper than 100/,
  },
  {
    name: '10,000 objects within each other',
    body: () => nested(10_000, '{"a":', '}'),
    status: 400,
    says: /deeper than 100/,
  },
  {
    name: '400,000 lists that are never closed',
    body: () => '['.repeat(400_000),
    status: 400,
    says: /not JSON|deeper/,
  },
  {
    name: 'gzip of 512 MB of blanks',
    body: () => bomb(),
    headers: gzipped,
    status: 413,
    says: /10485760|10 ?MB|10,485,760/i,
  },
  {
    name: 'bytes that are not UTF-8',
    body: () => Buffer.from(recordsOf('{"id":1,"name":"caf\xe9"}'), 'latin1'),
    status: 400,
    says: /not UTF-8/,
  },
  {
    name: 'an overlong form of UTF-8',
    body: () =>
      Buffer.concat([
        Buffer.from('{"records":[{"value":{"id":1,"name":"'),
        Buffer.from([0xc0, 0x80]),
        Buffer.from('"}}]}'),
      ]),
    status: 400,
    says: /not UTF-8/,
  },
  ...['NaN', 'Infinity', '-Infinity', 'undefined', '+1', '01', '0x10', '.5', '1.', "'text'"].map((token) => ({
    name: `${token} for a number`,
    body: () => recordsOf(`{"id":1,"name":${token}}`),
    status: 400,
    says: /not JSON.*line 1, column/,
  })),
];

function bomb(): Uint8Array {
  // Gzip members may follow one another: 32 times 16 MB.
  const member = gzipSync(Buffer.alloc(16 * megabyte, ' '), { level: 9 });
  return Buffer.concat(Array<Uint8Array>(32).fill(member));
}

describe('a body that means harm', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'hostile', false, { name: { type: 'mutex', keys: true }, n: { type: 'int' } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'name', path: ['name'] },
      { name: 'n', path: ['constructor', '__proto__'] },
    ];
    sinkId = (await api.createSink(databaseId, 'hostile', items, true)).id;
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    api.post<RecordsAnswer & { readonly message?: string }>(`/v2/sinks/${sinkId}`, body, { headers });

  it.each(refused)('is refused: $name', async ({ body, headers, status, says }) => {
    const answer = await post(body(), headers);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toMatch(says);
    expect(answer.text.length).toBeLessThan(1_000);
    expect(answer.headers.get('x-headgate-receipt')).toBeNull();
  });

  it('stores nothing where it was refused', async () => {
    await api.load(sinkId, [{ id: 7, name: 'good' }]);
    const rows = await api.select(databaseId, 'select * from hostile order by _id');
    expect(rows).toEqual([{ _id: 7, name: 'good', n: null }]);
    await api.delete(`/v2/tables/${databaseId}/hostile/rows/7?ack=visible`);
  });

  it('costs one record of a thousand where one is wrong', async () => {
    const values = Array.from({ length: 1_000 }, (_, i) => ({ id: i === 617 ? 'wrong' : 10_000 + i, name: 'x' }));
    const answer = expectStatus(await api.send(sinkId, values), 200);
    expect(answer.body).toMatchObject({ success_count: 999, error_count: 1 });
    expect(answer.body.records.findIndex(({ status }) => status === 'error')).toBe(617);
    await api.visible(answer);
    const [count] = await api.select(databaseId, 'select count(*) as n from hostile where _id >= 10000');
    expect(Number(count!['n'])).toBe(999);
  });

  it('costs its own record where a text has half a character, or is too long for any row', async () => {
    const answer = await post(
      `{"records":[{"value":{"id":1,"name":"\\ud800"}},{"value":{"id":2,"name":"${'y'.repeat(400_000)}"}},{"value":{"id":3,"name":"\\ud83d\\ude00"}}]}`,
    );
    expect(answer).toMatchObject({ status: 200, body: { success_count: 1, error_count: 2 } });
    expect(answer.body.records.map(({ pointer }) => pointer)).toEqual(['/value/name', '/value/name', undefined]);
    await api.visible(answer);
    const [row] = await api.select(databaseId, 'select * from hostile where _id < 10');
    expect(row).toEqual({ _id: 3, name: '😀', n: null });
  });

  it('has ordinary fields in __proto__ and constructor, and the last of two that have one name', async () => {
    const answer = await post(
      '{"records":[{"value":{"id":4,"__proto__":{"name":"not mine"},"constructor":{"__proto__":5},"name":"a","name":"b"}}]}',
    );
    expect(answer).toMatchObject({ status: 200, body: { success_count: 1 } });
    await api.visible(answer);
    const found = await api.select(databaseId, 'select * from hostile where _id = 4');
    expect(found).toEqual([{ _id: 4, name: 'b', n: 5 }]);
  });
});
