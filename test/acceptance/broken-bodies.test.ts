import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { sendRaw } from '../support/raw-http.ts';

jest.setTimeout(120_000);

const body = (id: number) => JSON.stringify({ records: [{ value: { id, name: 'broken' } }] });
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** Bodies whose length is a lie, or that stop half-way; ids are the case's place in this list. */
const cases: readonly {
  readonly name: string;
  readonly headers: (text: string) => readonly string[];
  readonly sent: (text: string) => string;
  /** Where the request is whole in its own words, the refusal is waited for. */
  readonly ending: 'wait' | 'close' | 'cut';
}[] = [
  {
    name: 'stops before its Content-Length, then closes',
    headers: (text) => [`Content-Length: ${text.length + 100}`],
    sent: (text) => text,
    ending: 'close',
  },
  {
    name: 'stops before its Content-Length, then the connection is cut',
    headers: (text) => [`Content-Length: ${text.length + 1}`],
    sent: (text) => text,
    ending: 'cut',
  },
  {
    name: 'stops half-way through',
    headers: (text) => [`Content-Length: ${text.length}`],
    sent: (text) => text.slice(0, text.length / 2),
    ending: 'close',
  },
  {
    name: 'is longer than its Content-Length',
    headers: (text) => [`Content-Length: ${text.length - 3}`],
    sent: (text) => text,
    ending: 'wait',
  },
  {
    name: 'has Content-Length 0',
    headers: () => ['Content-Length: 0'],
    sent: (text) => text,
    ending: 'wait',
  },
  {
    name: 'has two lengths that differ',
    headers: (text) => [`Content-Length: ${text.length}`, 'Content-Length: 5'],
    sent: (text) => text,
    ending: 'wait',
  },
  {
    name: 'has a negative Content-Length',
    headers: () => ['Content-Length: -5'],
    sent: (text) => text,
    ending: 'wait',
  },
  {
    name: 'has both a Content-Length and chunks',
    headers: (text) => [`Content-Length: ${text.length}`, 'Transfer-Encoding: chunked'],
    sent: (text) => `${chunk(text)}0\r\n\r\n`,
    ending: 'wait',
  },
  {
    name: 'is chunked and stops before its last chunk',
    headers: () => ['Transfer-Encoding: chunked'],
    sent: (text) => chunk(text),
    ending: 'close',
  },
  {
    name: 'is chunked with a size that is no number',
    headers: () => ['Transfer-Encoding: chunked'],
    sent: (text) => `zz\r\n${text}\r\n0\r\n\r\n`,
    ending: 'wait',
  },
  {
    name: 'says that it is gzip and is not',
    headers: (text) => [`Content-Length: ${text.length}`, 'Content-Encoding: gzip'],
    sent: (text) => text,
    ending: 'wait',
  },
];

describe('a body that lies about its length or stops half-way', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', false, { name: { type: 'mutex', keys: true } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'name', path: ['name'] },
    ];
    sinkId = (await api.createSink(databaseId, 'items', items, false)).id;
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  it.each(cases.map((one, i) => ({ ...one, id: i + 1 })))('$name: is never answered as accepted', async (one) => {
    const text = body(one.id);
    const { pathname, host } = new URL(`${target.url}/v2/sinks/${sinkId}`);
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      `Authorization: Bearer ${api.idToken}`,
      'Connection: close',
      ...one.headers(text),
    ];
    const statuses = await sendRaw(target.url, `${head.join('\r\n')}\r\n\r\n${one.sent(text)}`, one.ending);
    if (one.ending === 'wait') expect(statuses).not.toEqual([]);
    for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400);
    for (const status of statuses) expect(status).toBeLessThan(500);
  });

  it('takes a chunked body that is whole', async () => {
    const text = body(500);
    const { pathname, host } = new URL(`${target.url}/v2/sinks/${sinkId}`);
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      `Authorization: ${api.idToken}`,
      'Transfer-Encoding: chunked',
      'Connection: close',
    ];
    const sent = `${head.join('\r\n')}\r\n\r\n${chunk(text.slice(0, 9))}${chunk(text.slice(9))}0\r\n\r\n`;
    expect(await sendRaw(target.url, sent, 'wait')).toEqual([200]);
  });

  it('stored nothing of all that', async () => {
    await api.load(sinkId, [{ id: 501, name: 'whole' }]);
    const rows = await api.select(databaseId, 'select _id from items order by _id');
    expect(rows).toEqual([{ _id: 500 }, { _id: 501 }]);
  });
});
