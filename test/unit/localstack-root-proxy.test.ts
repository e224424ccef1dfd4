import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as openRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RootProxy, requestBytesMax, startRootProxy } from '../../localstack/utils/root-proxy.ts';
import { endToEndHeaders, forwardedHeaders, forwardedTarget } from '../../localstack/utils/root-proxy-request.ts';
import { waitUntil } from '../support/wait-until.ts';

const basePath = '/_aws/execute-api/abc/dev';

describe('what LocalStack is asked for', () => {
  it.each([
    ['/', '/'],
    ['/v1/deployments', '/v1/deployments'],
    ['/v1/a/', '/v1/a/'],
    ['//v1//a', '//v1//a'],
    ['/v1/../a/./b/..', '/v1/../a/./b/..'],
    ['/v1/%2e%2E/a%2Fb%20c%25', '/v1/%2e%2E/a%2Fb%20c%25'],
    ['/v1/%zz/%', '/v1/%zz/%'],
    ['/a?x=1&x=%zz&y=a;b&z=//..', '/a?x=1&x=%zz&y=a;b&z=//..'],
    ['/a;b/c;d?e;f', '/a%3Bb/c%3Bd?e;f'],
    ['?x=1', '/?x=1'],
    ['http://api.example.com/v1/a?b', '/v1/a?b'],
    ['http://api.example.com', '/'],
    ['/dev/v1/a?b', '/v1/a?b'],
    ['/development/a', '/development/a'],
    ['/dev', '/dev'],
  ])('asks for %j below the stage as %j', (target, path) => {
    expect(forwardedTarget(target, basePath)).toBe(basePath + path);
  });

  it.each<[string, string[], string[]]>([
    ['repeats and their case', ['X-A', '1', 'x-a', '2', 'COOKIE', 'a=1'], ['X-A', '1', 'x-a', '2', 'COOKIE', 'a=1']],
    [
      'no header of one connection',
      ['TE', 'trailers', 'Keep-Alive', '1', 'Expect', '100-continue', 'Upgrade', 'x'],
      [],
    ],
    ['none that Connection names', ['Connection', 'close, X-Mine', 'X-Mine', '1', 'X-Other', '2'], ['X-Other', '2']],
    [
      'the framing, whatever Connection names',
      ['Connection', 'content-length', 'Content-Length', '1'],
      ['Content-Length', '1'],
    ],
    [
      'the credentials',
      ['Authorization', 'Bearer x', 'X-API-Key', 'k'],
      ['Authorization', 'Bearer x', 'X-API-Key', 'k'],
    ],
  ])('passes on %s', (_name, sent, passed) => {
    expect(endToEndHeaders(sent)).toEqual(passed);
  });

  it.each<[string, string[], string[]]>([
    ['hides gzip', ['Content-Encoding', 'GZIP'], ['Content-Encoding', 'GZIP\u00a0']],
    ['leaves other encodings', ['Content-Encoding', 'br, gzip'], ['Content-Encoding', 'br, gzip']],
    [
      'hides a form',
      ['content-type', 'application/x-www-form-urlencoded; charset=UTF-8'],
      ['content-type', 'application/x-www-form-urlencoded+raw; charset=UTF-8'],
    ],
    [
      'hides a form in parts',
      ['Content-Type', 'Multipart/Form-Data; boundary=x'],
      ['Content-Type', 'Multipart/Form-Data+raw; boundary=x'],
    ],
    [
      'leaves other types',
      ['Content-Type', 'application/x-www-form-urlencoded-not'],
      ['Content-Type', 'application/x-www-form-urlencoded-not'],
    ],
  ])('%s', (_name, sent, passed) => {
    expect(forwardedHeaders([...sent, 'Host', 'h', 'Content-Length', '1'], 'target:1', true)).toEqual([
      ...passed,
      ...['Host', 'h', 'Content-Length', '1'],
    ]);
  });

  it.each<[string, string[], string[]]>([
    ['as sent', ['Host', 'api.example.com:9'], ['Host', 'api.example.com:9']],
    [
      'aside when LocalStack would go by it',
      ['Host', 'x.execute-api.us-east-1.amazonaws.com'],
      ['Host', 'target:1', 'X-Forwarded-Host', 'x.execute-api.us-east-1.amazonaws.com'],
    ],
    ['of the target when it is empty', ['Host', ' '], ['Host', 'target:1']],
    ['of the target when there is none', [], ['Host', 'target:1']],
  ])('passes a host on %s', (_name, sent, passed) => {
    expect(forwardedHeaders(sent, 'target:1', false)).toEqual(passed);
  });
});

describe('the root proxy', () => {
  let upstream: Server;
  let proxy: RootProxy;
  let connections: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  beforeEach(async () => {
    answer = (request, response) => void echo(request, response);
    connections = 0;
    upstream = createServer((request, response) => answer(request, response)).on('connection', () => connections++);
    await once(upstream.listen(0, '127.0.0.1'), 'listening');
    proxy = await startRootProxy({ target: `${addressOf(upstream)}${basePath}` });
  });
  afterEach(async () => {
    await proxy.close();
    upstream.closeAllConnections();
    upstream.close();
  });

  it('listens on the loopback address, and refuses a port that is taken', async () => {
    expect(proxy.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const port = Number(new URL(proxy.url).port);
    await expect(startRootProxy({ target: proxy.url, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('passes method, path, headers and body through, and the answer back', async () => {
    const body = randomBytes(3_000_000);
    const sent = await fetch(`${proxy.url}/v1/a%2Fb?x=%20`, { method: 'PATCH', body, headers: { 'X-Mine': 'é' } });
    const seen = (await sent.json()) as Echo;
    expect(seen).toMatchObject({ method: 'PATCH', url: `${basePath}/v1/a%2Fb?x=%20` });
    expect(seen.headers).toMatchObject({ 'x-mine': 'é', host: new URL(proxy.url).host });
    expect(Buffer.from(seen.body, 'base64').equals(body)).toBe(true);
  });

  it('passes bytes of a request line through that no URL class would leave alone', async () => {
    const answered = await sendRaw(proxy, 'GET //v1/../%2F/x/..//?a=%zz HTTP/1.1\r\nHost: a\r\nHOST-like: B\r\n\r\n');
    expect(answered).toContain(`"url":"${basePath}//v1/../%2F/x/..//?a=%zz"`);
    expect(answered).toContain('"HOST-like","B"');
  });

  it('passes chunked bodies, bodies of no length and absent bodies on as what they are', async () => {
    const chunked = await sendRaw(
      proxy,
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n',
    );
    expect(chunked).toContain(`"body":"${Buffer.from('abcd').toString('base64')}"`);
    expect(await sendRaw(proxy, 'POST / HTTP/1.1\r\nHost: a\r\n\r\n')).toContain('"content-length":"0"');
    expect(await sendRaw(proxy, 'GET / HTTP/1.0\r\n\r\n')).toContain(`"host":"${new URL(addressOf(upstream)).host}"`);
  });

  it('refuses what is too large for API Gateway, as it is told to, and lets the client finish', async () => {
    const strict = await startRootProxy({ target: 'http://127.0.0.1:9/none', tooLargeBody: '{"code":"TooLarge"}' });
    const post = (bytes: number) => fetch(`${strict.url}/a`, { method: 'POST', body: new Uint8Array(bytes) });
    const answer = await post(requestBytesMax + 1);
    expect([answer.status, await answer.json()]).toEqual([413, { code: 'TooLarge' }]);
    expect((await post(requestBytesMax)).status).toBe(502);
    await strict.close();
  });

  it('settles Expect with the client itself', async () => {
    const head = 'PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n';
    const answered = await sendRaw(proxy, head, async (socket, text) => {
      await waitUntil('100 Continue', async () => text().includes('100 Continue') || undefined);
      socket.write('ok');
    });
    expect(answered).toContain(`"body":"${Buffer.from('ok').toString('base64')}"`);
  });

  it.each([204, 304, 400, 413, 429, 500, 502])('passes status %i through, with repeated headers', async (status) => {
    answer = (_, response) => {
      response.writeHead(status, 'As It Is', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-UPPER', '1']);
      response.end(status === 204 || status === 304 ? undefined : 'text');
    };
    const answered = await sendRaw(proxy, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answered).toMatch(new RegExp(`^HTTP/1\\.1 ${status} As It Is\\r\\n`));
    expect(answered).toMatch(/Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-UPPER: 1\r\n/);
    expect(answered.includes('text')).toBe(status !== 204 && status !== 304);
  });

  it('answers HEAD with the length that GET would have', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': 1_234 }).end();
    const answered = await fetch(proxy.url, { method: 'HEAD' });
    expect(answered.headers.get('content-length')).toBe('1234');
  });

  it('lets both sides stream', async () => {
    let finish = () => {};
    answer = (request, response) => {
      request.once('data', (chunk: Buffer) => response.write(`heard ${chunk}`));
      request.resume();
      finish = () => response.end(', and the rest');
    };
    const sent = openRequest(proxy.url, { method: 'POST' });
    sent.write('beginning');
    const [received] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks = received.setEncoding('utf8')[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toBe('heard beginning');
    sent.end();
    finish();
    expect((await chunks.next()).value).toBe(', and the rest');
    expect((await chunks.next()).done).toBe(true);
  });

  it('uses a connection again', async () => {
    for (let i = 0; i < 5; i++) await (await fetch(`${proxy.url}/${i}`)).text();
    expect(connections).toBe(1);
  });

  it('breaks off at LocalStack when the client does', async () => {
    let brokenOff = false;
    let begun = false;
    answer = (request) => {
      begun = true;
      request.on('close', () => {
        brokenOff = !request.complete;
      });
      request.resume();
    };
    const { hostname, port } = new URL(proxy.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab');
    await waitUntil('the request is there', async () => begun || undefined);
    socket.destroy();
    await waitUntil('it is broken off', async () => brokenOff || undefined);
  });

  it('breaks an answer off that breaks off, and says when there is none at all', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('part', () => response.destroy());
    };
    await expect(fetch(proxy.url).then((response) => response.text())).rejects.toThrow();
    answer = (request) => request.socket.destroy();
    const refused = await fetch(proxy.url);
    expect(refused.status).toBe(502);
    expect(await refused.json()).toEqual({ message: expect.stringContaining('LocalStack gave no answer') });
  });
});

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly rawHeaders: string[];
  readonly body: string;
}

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks = await request.toArray();
  const { method, url, headers, rawHeaders } = request;
  const latin1 = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(String(value), 'latin1').toString('latin1')]),
  );
  const seen = { method, url, headers: latin1, rawHeaders, body: Buffer.concat(chunks).toString('base64') };
  response.end(JSON.stringify(seen));
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Writes bytes to the proxy and gives all that comes back until the answer is whole. */
async function sendRaw(
  { url }: RootProxy,
  text: string,
  meanwhile?: (socket: ReturnType<typeof connect>, text: () => string) => Promise<void>,
): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
  });
  socket.write(text);
  await meanwhile?.(socket, () => received);
  await waitUntil('the answer is whole', async () => isWhole(received) || undefined);
  socket.destroy();
  return received;
}

/** One of the answers that the upstream of these tests gives: JSON, `text`, or nothing. */
function isWhole(received: string): boolean {
  const [, status, , body] =
    /^(?:HTTP\/1\.1 100[\s\S]*?\r\n\r\n)?HTTP\/1\.1 (\d+)([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(received) ?? [];
  return status === '204' || status === '304' || /(?:\}|text)(?:\r\n0\r\n\r\n)?$/.test(body ?? '');
}
