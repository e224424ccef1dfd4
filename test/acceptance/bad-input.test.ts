import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type HeadgateApi, type RecordsAnswer, signInTo } from '../support/headgate-api.ts';
import { readFixture } from '../support/read-fixture.ts';

jest.setTimeout(120_000);

/** A request that must be refused. `{names}` in path, body and authorization are filled in from the set-up. */
interface RequestCase {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The body as it is, where it is no JSON. */
  readonly text?: string;
  /** A body that is too long to write down. */
  readonly made?: { readonly records: number } | { readonly bytes: number } | { readonly depth: number };
  readonly authorization?: string | null;
  readonly status: number;
  /** Pattern of the whole code. */
  readonly code: string;
  /** Patterns that the message must hold, in any case. */
  readonly says: readonly string[];
}

interface RecordsCase {
  readonly name: string;
  readonly sink: 'loose' | 'strict';
  readonly records: readonly unknown[];
  /** Patterns that an error's message or pointer must hold. */
  readonly expect: readonly ('success' | { readonly says: readonly string[] })[];
}

const recordCases = readFixture<RecordsCase[]>('bad-input/records.json');
const requestCases = ['records', 'control', 'query'].flatMap((kind) =>
  readFixture<RequestCase[]>(`bad-input/${kind}-requests.json`),
);

describe('bad input', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  const names: Record<string, string> = {};
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await setUp();
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  async function setUp(): Promise<void> {
    await api.createTable(databaseId, 'items', false, {
      quantity: { type: 'int', min: 0, max: 1000 },
      price: { type: 'decimal', scale: 2 },
      name: { type: 'mutex', keys: true },
      active: { type: 'bool' },
      seen: { type: 'timestamp', timeUnit: 's' },
      tags: { type: 'set', keys: true },
      codes: { type: 'set' },
      visited: { type: 'time', keys: true, timeQuantum: 'YMD' },
    });
    await api.createTable(databaseId, 'v1_items', false, {});
    const id = { name: '_id', path: ['id'] };
    const price = { name: 'price', path: ['cost', 'price'] };
    const plain = ['quantity', 'name', 'active', 'seen', 'tags', 'codes'].map((name) => ({ name, path: [name] }));
    const loose = await api.createSink(databaseId, 'items', [id, price, ...plain], true);
    const strict = await api.createSink(databaseId, 'items', [id, price, { name: 'name', path: ['name'] }], false);
    Object.assign(names, {
      database: databaseId,
      sink: loose.id,
      loose: loose.id,
      strict: strict.id,
      ...badTokens(api.idToken),
    });
  }

  describe('of a whole request', () => {
    it.each(requestCases)('$name', async ({ method, path, body, text, made, authorization, status, code, says }) => {
      const content = made !== undefined ? makeBody(made) : text !== undefined ? text : fill(body);
      const answer = await api.request<{ code: string; message: string }>(method, fill(path), {
        ...(content !== undefined && { body: content }),
        ...(authorization !== undefined && { authorization: authorization === null ? null : fill(authorization) }),
      });
      expect({ status: answer.status, body: answer.body }).toEqual({
        status,
        body: expect.objectContaining({ code: expect.stringMatching(`^(?:${code})$`), message: expect.any(String) }),
      });
      for (const pattern of says) expect(answer.body.message).toMatch(new RegExp(pattern, 'i'));
      expect(answer.text).not.toMatch(/node_modules|\.ts:\d|at Object|SQLITE/);
    });
  });

  describe('of single records', () => {
    it.each(recordCases)('$name', async ({ sink, records, expect: expected }) => {
      const { status, body } = await api.post<RecordsAnswer>(`/v2/sinks/${names[sink]}`, { records });
      const successes = expected.filter((outcome) => outcome === 'success').length;
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { success_count: successes, error_count: expected.length - successes },
      });
      expect(body.records).toHaveLength(expected.length);
      for (const [i, outcome] of expected.entries()) {
        const record = body.records[i]!;
        if (outcome === 'success') expect(record).toEqual({ status: 'success' });
        else {
          expect(record).toMatchObject({ status: 'error', error_code: 'InvalidBody' });
          for (const pattern of outcome.says)
            expect(`${record.error_message} ${record.pointer}`).toMatch(new RegExp(pattern));
        }
      }
    });

    it('stores what was answered as success and nothing else', async () => {
      const marker = 999;
      await api.load(names['loose']!, [{ id: marker }]);
      const stored = (await api.select(databaseId, 'select _id from items order by _id')).map((row) => row['_id']);
      expect(stored).toEqual([...acceptedIds(), marker].sort((a, b) => a - b));
    });
  });

  function fill<T>(value: T): T {
    if (value === undefined) return value;
    const text = JSON.stringify(value).replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
    return JSON.parse(text) as T;
  }
});

function acceptedIds(): number[] {
  return recordCases.flatMap(({ records, expect: expected }) =>
    records.filter((_, i) => expected[i] === 'success').map((record) => (record as { value: { id: number } }).value.id),
  );
}

function makeBody(made: NonNullable<RequestCase['made']>): string {
  if ('records' in made) {
    return JSON.stringify({ records: Array.from({ length: made.records }, (_, i) => ({ value: { id: 10_000 + i } })) });
  }
  if ('depth' in made) return `{"records":${'['.repeat(made.depth)}${']'.repeat(made.depth)}}`;
  const around = JSON.stringify({ records: [{ value: { id: 9_999, name: '' } }] });
  return around.replace('""', `"${'x'.repeat(made.bytes - around.length)}"`);
}

/** Tokens that look right: one says that it needs no signature, one was changed after it was signed. */
function badTokens(idToken: string): Record<string, string> {
  const [header, claims, signature] = idToken.split('.') as [string, string, string];
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  const other = signature[10] === 'A' ? 'B' : 'A';
  return {
    unsigned: `Bearer ${none}.${claims}.`,
    forged: `Bearer ${header}.${claims}.${signature.slice(0, 10)}${other}${signature.slice(11)}`,
  };
}
