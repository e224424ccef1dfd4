import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { refuseBrokenRequest } from '../../lambdas/host/broken-requests.ts';
import { type ApiHandler, type HttpHost, startHttp } from '../../lambdas/host/http-server.ts';
import { schemaFault } from '../support/api-contract.ts';

const echo: ApiHandler = async ({ path, queryStringParameters, body }) => ({
  statusCode: 200,
  body: JSON.stringify({ path, query: queryStringParameters, body }),
});

let host: HttpHost | undefined;
afterEach(async () => {
  await host?.stop();
  host = undefined;
});

async function start(handler: ApiHandler = echo): Promise<number> {
  host = await startHttp({ control: handler, ingest: handler, query: handler }, { host: '127.0.0.1', port: 0 });
  return Number(new URL(host.url).port);
}

/** Sends bytes as they are and returns all that comes back. */
async function raw(port: number, request: string, options: { readonly halfClose?: boolean } = {}): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(request);
  if (options.halfClose) socket.end();
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  await once(socket, 'end');
  socket.end();
  return answer;
}

/** The body of a raw answer. */
function jsonOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

function headerIn(answer: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)\r$`, 'mi').exec(answer.split('\r\n\r\n')[0]! + '\r\n')?.[1];
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

describe('the embedded HTTP server', () => {
  it.each([
    ['/v2/tables/db/t/fields/%2e%2e', '/v2/tables/db/t/fields/%2e%2e'],
    ['/v2/tables/db/t/rows/..', '/v2/tables/db/t/rows/..'],
    ['//v1/sinks', '/v1/sinks'],
    ['//[', '/['],
    ['http://elsewhere/v1/sinks', '/v1/sinks'],
    ['/a%2Fb', '/a%2Fb'],
  ])('hands on the path of %s as sent', async (target, path) => {
    expect(await raw(await start(), get(target))).toContain(JSON.stringify({ path, query: null, body: null }));
  });

  it('splits the query from the path', async () => {
    const answer = await raw(await start(), get('/a?b=1&c=%2F&b=2'));
    expect(answer).toContain(JSON.stringify({ path: '/a', query: { b: '2', c: '/' }, body: null }));
  });

  it.each([
    ['stops before its length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":'],
    ['stops within a chunk', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"half":'],
    ['has no possible length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
  ])('says what is wrong with a body that %s', async (_, request) => {
    const answer = await raw(await start(), request, { halfClose: true });
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request/);
    expect(jsonOf(answer)).toMatchObject({
      code: 'InvalidBody',
      message: expect.stringContaining('The request is not whole HTTP'),
      type: '/problems/broken_request',
      status: 400,
      request_id: headerIn(answer, 'x-headgate-request-id'),
    });
    expect(schemaFault('#/components/schemas/Problem', jsonOf(answer))).toBe('');
  });

  it.each(['FETCH', 'get', '{"records":[]}'])('says that the method %s is unknown', async (method) => {
    const answer = await raw(await start(), `${method} /v1/sinks HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request/);
    expect(jsonOf(answer)).toMatchObject({
      code: 'MethodNotAllowed',
      message: expect.stringContaining('no method that is known'),
      type: '/problems/unknown_method',
      status: 400,
    });
    expect(schemaFault('#/components/schemas/Problem', jsonOf(answer))).toBe('');
  });

  it('does not ask for a body that it will not take', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n';
    const answer = await raw(await start(), head);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(jsonOf(answer)).toMatchObject({ code: 'PayloadTooLarge', type: '/problems/payload_too_large', status: 413 });
  });

  it('says that the headers are too large', async () => {
    const answer = await raw(await start(), `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(jsonOf(answer)).toMatchObject({
      code: 'InvalidParameter',
      type: '/problems/headers_too_large',
      status: 431,
    });
  });

  it('says that a request did not arrive whole in time', async () => {
    const socket = new PassThrough();
    refuseBrokenRequest(Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(jsonOf(answer)).toMatchObject({ code: 'RequestTimeout', type: '/problems/request_not_whole', status: 408 });
  });

  it('answers in its own words where a handler breaks off', async () => {
    const breaks: ApiHandler = async () => {
      throw new Error('unforeseen');
    };
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await raw(await start(breaks), get('/'));
    expect(logged.mock.calls.join()).toContain('http_failed');
    logged.mockRestore();
    expect(answer).toMatch(/^HTTP\/1.1 500 /);
    expect(jsonOf(answer)).toMatchObject({ code: 'InternalError', type: '/problems/internal_error', status: 500 });
  });

  it.each([
    ['a HEAD', 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 200],
    ['a 304', get('/'), 304],
  ])('says nothing of the length of a body that %s does not have', async (_, request, statusCode) => {
    const answer = await raw(await start(async () => ({ statusCode, headers: { etag: '"1"' }, body: '' })), request);
    expect(headerIn(answer, 'etag')).toBe('"1"');
    expect(headerIn(answer, 'content-length')).toBeUndefined();
    expect(answer.split('\r\n\r\n')[1]).toBe('');
  });

  it('stops although a client stalls within its request', async () => {
    const stalled = await startHttp(
      { control: echo, ingest: echo, query: echo },
      { host: '127.0.0.1', port: 0, stopGraceMs: 10 },
    );
    const socket = connect({ port: Number(new URL(stalled.url).port), host: '127.0.0.1' });
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    const ended = once(socket, 'close');
    await stalled.stop();
    await ended;
  });

  it('refuses a port that is taken', async () => {
    const port = await start();
    await expect(
      startHttp({ control: echo, ingest: echo, query: echo }, { host: '127.0.0.1', port }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
