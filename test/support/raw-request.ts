import { type IncomingMessage, request as openRequest } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  /** Name, value, name, value ...; a Host among them stands in for the URL's. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case, one entry a value. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** One request that no client library has tidied up: no dot segment resolved, no header added, repeated or renamed. */
export async function rawRequest(baseUrl: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(baseUrl);
  const own = headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'host') ? [] : ['Host', host];
  const length = body.length === 0 && method === 'GET' ? [] : ['Content-Length', String(body.length)];
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = openRequest({ hostname, port, method, path, headers: [...own, ...headers, ...length] }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
  const { statusCode, rawHeaders } = answer;
  return {
    status: statusCode ?? 0,
    headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), rawHeaders[i + 1]!] as const] : [])),
    body: Buffer.concat(await answer.toArray()),
  };
}
