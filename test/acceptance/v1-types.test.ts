import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import {
  type HeadgateApi,
  type RecordsAnswer,
  type SinkAnswer,
  signInTo,
  uniqueName,
} from '../support/headgate-api.ts';
import { readFixture, readFixtureText } from '../support/read-fixture.ts';
import { readV1Types, type V1Refused } from '../support/v1-types.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

const { schema, histories } = readV1Types();
const rejected = readFixture<{ says: string }[]>('v1-types/rejected.json');
const refused = readFixture<V1Refused[]>('v1-types/refused.json');
const columns = schema.definition.map(({ name }) => name).filter((name) => name !== 'id' && name !== 'at');
const nothing = Object.fromEntries(columns.map((name) => [name, null]));

let target: AcceptanceTarget;
let api: HeadgateApi;
let databaseId: string;
beforeAll(async () => {
  target = await openAcceptanceTarget();
  api = await signInTo(target);
  databaseId = await api.createDatabase();
});
afterAll(async () => {
  await api?.removeDatabase(databaseId);
  await target?.close();
});

/** POSTs a /v1 sink for a table; any answer. */
function askForSink(table: string, asked: object) {
  const details = { deployment_id: databaseId, table };
  return api.post<SinkAnswer & { readonly message: string }>('/v1/sinks', {
    name: uniqueName('types'),
    sink_details: details,
    schema: asked,
  });
}

/** Makes a table and a /v1 sink for it, and waits until that takes records. */
async function makeSink(table: string, asked: object): Promise<string> {
  expect((await api.post(`/v1/tables/${databaseId}`, { name: table, description: '' })).status).toBe(201);
  const created = await askForSink(table, asked);
  expect(created).toMatchObject({ status: 201, body: { schema: asked } });
  await waitUntil('the sink is ACTIVE', async () => {
    const { body } = await api.get<SinkAnswer>(`/v1/sinks/${created.body.id}`);
    return body.status === 'ACTIVE' || undefined;
  });
  return created.body.id;
}

async function send(sinkId: string, values: readonly object[]) {
  const answer = await api.post<RecordsAnswer>(`/v1/sinks/${sinkId}`, { records: values.map((value) => ({ value })) });
  expect(answer).toMatchObject({ status: 200, body: { success_count: values.length, error_count: 0 } });
  return answer;
}

/** Answers of one column, as a sorted list. */
async function found(statement: string): Promise<readonly (string | number)[]> {
  return (await api.select(databaseId, statement))
    .map((row) => Object.values(row)[0] as string | number)
    .sort(ascending);
}

describe('every type and config of a /v1 sink', () => {
  let sinkId: string;
  beforeAll(async () => {
    sinkId = await makeSink('every_type', schema);
  });

  it('makes columns of the types that each stands for', async () => {
    const { body } = await api.get<{ fields: { name: string; type: string; options: object }[] }>(
      `/v1/tables/${databaseId}/every_type`,
    );
    const types = Object.fromEntries(body.fields.map(({ name, type }) => [name, type]));
    expect(types).toEqual({
      an_id: 'id',
      id_set: 'idset',
      id_time: 'idsetq',
      some_ids: 'idset',
      ids_time: 'idsetq',
      a_string: 'string',
      string_set: 'stringset',
      string_time: 'stringsetq',
      some_strings: 'stringset',
      strings_time: 'stringsetq',
      a_bool: 'bool',
      an_int: 'int',
      bounded_int: 'int',
      a_decimal: 'decimal(2)',
      whole_decimal: 'decimal(0)',
      flags: 'idset',
      day_number: 'int',
      quarters: 'int',
      a_time: 'timestamp',
      counted_time: 'timestamp',
      fine_time: 'timestamp',
    });
  });

  it.each(histories.map((history, i) => ({ ...history, id: i + 1 })))('$name', async ({ id, posts, row }) => {
    for (const [i, records] of posts.entries()) {
      const answer = await send(
        sinkId,
        records.map((record) => ({ id, ...record })),
      );
      if (i === posts.length - 1) await api.visible(answer);
    }
    const expected = { _id: id, ...nothing, ...row };
    expect(await api.select(databaseId, `select * from every_type where _id = ${id}`)).toEqual([expected]);
    const byKey = await api.get(`/v2/tables/${databaseId}/every_type/rows/${id}`);
    expect(byKey).toMatchObject({ status: 200, body: expected });
  });

  it.each([
    ['[every_type]Row(flags=7)', (row: Readonly<Record<string, unknown>>) => holds(row['flags'], 7)],
    ['[every_type]Row(flags=5)', (row: Readonly<Record<string, unknown>>) => holds(row['flags'], 5)],
    ['[every_type]Row(day_number > 29)', (row: Readonly<Record<string, unknown>>) => Number(row['day_number']) > 29],
    ['select _id from every_type where flags = 3', (row: Readonly<Record<string, unknown>>) => holds(row['flags'], 3)],
    ["[every_type]Row(id_time=6, from='2022-08-08T17', to='2022-08-08T18')", isFirst],
    ["[every_type]Row(strings_time='x', from='2022-08-08', to='2022-08-09')", isFirst],
    ["[every_type]Row(string_time='a', from='2022-08', to='2022-09')", isFirst],
    ["[every_type]Row(id_time=6, from='2022-08-08T18')", () => false],
  ])('%s', async (statement, isFound) => {
    const ids = histories.flatMap(({ row }, i) => (isFound(row, i) ? [i + 1] : []));
    expect(await found(statement)).toEqual(ids);
  });

  it('rejects each wrong value with what is wrong, and takes no row of it', async () => {
    const first = 1_000;
    // As text, because the fixture has a number that no double holds.
    const [, ...values] = readFixtureText('v1-types/rejected.json').split(/"value":/);
    const records = values.map((text, i) => `{"value":{"id":${first + i},${objectAtStart(text).slice(1)}}`);
    const body = `{"records":[${records.join(',')},{"value":{"id":${first - 1}}}]}`;
    const answer = await api.post<RecordsAnswer>(`/v1/sinks/${sinkId}`, body);
    expect(answer).toMatchObject({ status: 200, body: { success_count: 1, error_count: rejected.length } });
    for (const [i, { says }] of rejected.entries()) expect(answer.body.records[i]?.error_message).toContain(says);
    await api.visible(answer);
    expect(await found(`select _id from every_type where _id >= ${first - 1}`)).toEqual([first - 1]);
  });

  it.each(refused)('has not $name', async ({ schema: more, definition = [], says }) => {
    const asked = { id_field: 'id', allow_missing_fields: true, ...more };
    const answer = await askForSink('every_type', {
      ...asked,
      definition: [{ name: 'id', type: 'id' }, ...definition],
    });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(says);
  });
});

describe('time views whose time is over', () => {
  const now = new Date().toISOString();
  const [old, records] = [
    '2022-08-08T17:57:48Z',
    [
      { id: 1, tags: ['old'], at: '2022-08-08T17:57:48Z' },
      { id: 2, tags: ['new'], at: now },
      { id: 3, tags: ['timeless'] },
    ],
  ];

  it('are in no answer from a time on, and all members in those that name none', async () => {
    const sinkId = await makeSink('dying', {
      id_field: 'id',
      allow_missing_fields: true,
      definition: [
        { name: 'id', type: 'id' },
        { name: 'tags', type: 'strings', config: { Quantum: 'YMD', TTL: '48h' } },
        { name: 'at', type: 'recordTime' },
      ],
    });
    await api.visible(await send(sinkId, records));
    expect(await found(`[dying]Row(tags='old', from='${old.slice(0, 10)}')`)).toEqual([]);
    expect(await found("[dying]Row(tags='new', from='2022')")).toEqual([2]);
    expect(await found("[dying]Rows(tags, from='2022')")).toEqual(['new']);
    expect(await found('[dying]Rows(tags)')).toEqual(['new', 'old', 'timeless']);
    expect(await found("select _id from dying where tags = 'old'")).toEqual([1]);
  });

  it('take their members with them where there is no standard view', async () => {
    const options = { type: 'time', keys: true, timeQuantum: 'YMD', ttl: '48h', noStandardView: true };
    await api.createTable(databaseId, 'dead', false, { tags: options });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'tags', path: ['tags'] },
      { name: '_timeQuantum', path: ['at'] },
    ];
    const { id } = await api.createSink(databaseId, 'dead', items, true);
    await api.load(id, records);
    expect(await api.select(databaseId, 'select * from dead order by _id')).toEqual([
      { _id: 1, tags: [] },
      { _id: 2, tags: ['new'] },
      { _id: 3, tags: [] },
    ]);
    expect(await found('[dead]Rows(tags)')).toEqual(['new']);
    expect(await found("[dead]Row(tags='old')")).toEqual([]);
    expect(await found("select _id from dead where tags = 'new'")).toEqual([2]);
    expect((await api.get(`/v2/tables/${databaseId}/dead/rows/1`)).body).toEqual({ _id: 1, tags: [] });
    expect((await api.get(`/v2/tables/${databaseId}/dead/rows/2`)).body).toEqual({ _id: 2, tags: ['new'] });
    const table = await api.get(`/v2/tables/${databaseId}/dead`);
    expect(table.body).toMatchObject({ columns: expect.arrayContaining([expect.objectContaining({ options })]) });
  });
});

function ascending(a: string | number, b: string | number): number {
  return a < b ? -1 : 1;
}

function holds(members: unknown, member: number): boolean {
  return Array.isArray(members) && members.includes(member);
}

/** The first history alone has all values and a time. */
function isFirst(_row: unknown, i: number): boolean {
  return i === 0;
}

/** The JSON object that a text begins with; its own texts hold no braces. */
function objectAtStart(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && --depth === 0) return text.slice(0, at + 1).trim();
  }
  throw new Error('the fixture has no object here');
}
