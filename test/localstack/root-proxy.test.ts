import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import { connectLocalStack } from '../../localstack/utils/connect-localstack.ts';
import { type RootProxy, startRootProxy } from '../../localstack/utils/root-proxy.ts';
import { type RawAnswer, rawRequest } from '../support/raw-request.ts';
import { type EchoApi, makeEchoApi } from './echo-api.ts';

/** What the acceptance suite relies on: a client at the root proxy and a function behind it see each other unchanged. */
describe('an API behind the root proxy', () => {
  let api: EchoApi;
  let proxy: RootProxy;
  beforeAll(async () => {
    const endpoint = process.env['AWS_ENDPOINT_URL'];
    if (!endpoint) throw new Error('this test needs LocalStack: set AWS_ENDPOINT_URL to its address');
    const place = await connectLocalStack(Number(new URL(endpoint).port));
    api = await makeEchoApi(place, `headgate-echo-${ulidSource.next().toLowerCase()}`);
    proxy = await startRootProxy({ target: api.stageUrl });
  });
  afterAll(async () => {
    await proxy?.close();
    await api?.remove();
  });
  const send = (
    method: string,
    path: string,
    headers: readonly string[] = [],
    body: Buffer | string = '',
  ): Promise<RawAnswer> => rawRequest(proxy.url, { method, path, headers, body: Buffer.from(body) });
  const eventOf = async (...request: Parameters<typeof send>): Promise<APIGatewayProxyEvent> => {
    const answer = await send(...request);
    expect(answer.status).toBe(200);
    return JSON.parse(answer.body.toString('utf8')) as APIGatewayProxyEvent;
  };
  const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEvent) =>
    Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

  it.each([
    '/',
    '/v1/deployments',
    '/v1/a/',
    '/v1//a',
    '/v1/../a',
    '/v1/.',
    '/v1/a%2Fb',
    '/v1/%2E%2E',
    '/v1/%C3%A9%20%25',
    '/v1/%zz',
    "/v1/a:b@c,d$e!f'(g)*+~|",
  ])('hands the path %s to the function as it was sent', async (path) => {
    const event = await eventOf('GET', path);
    expect(event).toMatchObject({ path, httpMethod: 'GET' });
    expect(event.requestContext.path).toBe(`/dev${path}`);
  });

  it('takes a path that begins with the stage for one below it: answers name such addresses', async () => {
    expect(await eventOf('GET', '/dev/v1/a')).toMatchObject({ path: '/v1/a', requestContext: { path: '/dev/v1/a' } });
  });

  it('keeps a semicolon of a path, as an escape', async () => {
    expect((await eventOf('GET', '/v1/a;b/c;d')).path).toBe('/v1/a%3Bb/c%3Bd');
  });

  it('decodes the query once', async () => {
    const event = await eventOf('GET', '/?a=1&a=2&b=%20x+y&c=%252F&d');
    expect(event.multiValueQueryStringParameters).toEqual({ a: ['1', '2'], b: [' x y'], c: ['%2F'], d: [''] });
  });

  it.each([
    ['POST', 'application/json', '{"a":"é"}'],
    ['POST', 'application/x-www-form-urlencoded', '{"records":[{"value":{"a":"x=y&z"}}]}'],
    ['PUT', 'application/x-www-form-urlencoded', '{"a":"%zz+ "}'],
    ['POST', 'application/x-www-form-urlencoded; charset=utf-8', 'a=%7e&b'],
    [
      'POST',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
    ],
    ['PATCH', 'text/plain', ' \u0000\r\n'],
  ])('hands a body over byte by byte: %s %s', async (method, type, text) => {
    const event = await eventOf(method, '/', ['Content-Type', type], text);
    expect(bodyOf(event).toString('utf8')).toBe(text);
    expect(event.headers['Content-Type']).toContain(type.split(';')[0]!);
  });

  it.each([
    ['gzip', gzipSync('{"a":1}')],
    ['what is called gzip and is not', Buffer.from('{"a":1}')],
    ['gzip that breaks off', gzipSync('x'.repeat(1_000)).subarray(0, 20)],
  ])('leaves %s to the function', async (_name, body) => {
    const event = await eventOf('POST', '/', ['Content-Encoding', 'gzip'], body);
    expect(bodyOf(event).equals(body)).toBe(true);
    expect(event.headers['Content-Encoding']?.trim()).toBe('gzip');
  });

  it('hands bytes that are no text over as base64, and no body as null', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 0x80]);
    const event = await eventOf('POST', '/', ['Content-Type', 'application/json'], bytes);
    expect(event.isBase64Encoded).toBe(true);
    expect(bodyOf(event).equals(bytes)).toBe(true);
    expect((await eventOf('POST', '/')).body).toBeNull();
  });

  it('hands a body of several megabytes over', async () => {
    const text = JSON.stringify('é'.repeat(1_500_000));
    expect(bodyOf(await eventOf('POST', '/', [], text)).toString('utf8')).toBe(text);
  });

  it('hands the host and every header over, with all values of a repeated one', async () => {
    const sent = [
      'X-UPPER',
      'A',
      'X-Dup',
      '1',
      'x-dup',
      '2',
      'authorization',
      'x',
      'X-API-Key',
      'k',
      'Origin',
      'http://a.example',
    ];
    const event = await eventOf('GET', '/', sent);
    const values = new Map(Object.entries(event.multiValueHeaders).map(([name, list]) => [name.toLowerCase(), list]));
    expect(values.get('host')).toEqual([new URL(proxy.url).host]);
    expect(values.get('x-upper')).toEqual(['A']);
    expect(values.get('x-dup')).toEqual(['1', '2']);
    expect(values.get('authorization')).toEqual(['x']);
    expect(values.get('x-api-key')).toEqual(['k']);
    expect(values.get('origin')).toEqual(['http://a.example']);
  });

  it('is reached under a host by which LocalStack would route', async () => {
    const host = 'x.execute-api.us-east-1.amazonaws.com';
    const event = await eventOf('GET', '/v1/a', ['Host', host]);
    expect(event.path).toBe('/v1/a');
    expect(event.headers['X-Forwarded-Host']).toBe(host);
  });

  it.each([201, 204, 400, 401, 404, 409, 413, 422, 429, 500, 503])('hands status %i back', async (statusCode) => {
    const body = statusCode === 204 ? '' : 'text';
    const result = { statusCode, headers: { 'X-One': '1' }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body };
    const answer = await send('POST', `/?answer=${encodeURIComponent(JSON.stringify(result))}`);
    expect(answer.status).toBe(statusCode);
    expect(answer.body.toString()).toBe(body);
    expect(answer.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)).toEqual(['a=1', 'b=2']);
    expect(answer.headers).toContainEqual(['x-one', '1']);
  });
});
