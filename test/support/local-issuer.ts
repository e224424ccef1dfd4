import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export type IssuerAlgorithm = 'RS256' | 'ES256' | 'PS256';

export interface IssuerKey {
  readonly kid: string;
  readonly alg: IssuerAlgorithm;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** How an issuer answers. `slow`: one byte a while, without an end. */
export type IssuerHabit = 'well' | 'hangs' | 'slow' | 'huge' | 'fails' | 'redirects' | 'no json' | 'names another';

export async function newIssuerKey(kid: string, alg: IssuerAlgorithm = 'RS256'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An OpenID Connect issuer on 127.0.0.1 with keys of its own, which behaves as a test wants it to. */
export async function startLocalIssuer(first: IssuerKey) {
  const published: IssuerKey[] = [first];
  let habit: IssuerHabit = 'well';
  let documents = 0;
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    documents += 1;
    const document = request.url?.endsWith('/jwks')
      ? { keys: published.map(({ publicJwk }) => publicJwk) }
      : { issuer: habit === 'names another' ? 'https://other.example.com' : url(), jwks_uri: `${url()}/jwks` };
    answer(response, habit, document);
  });
  function answer(response: ServerResponse, how: IssuerHabit, document: object): void {
    if (how === 'hangs') return;
    if (how === 'fails') return void response.writeHead(500).end('{}');
    if (how === 'redirects') return void response.writeHead(302, { location: `${url()}/jwks` }).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    if (how === 'no json') return void response.end('<html></html>');
    if (how === 'huge') return void response.end(JSON.stringify({ ...document, pad: 'x'.repeat(2_000_000) }));
    if (how !== 'slow') return void response.end(JSON.stringify(document));
    const timer = setInterval(() => response.write(' '), 10);
    timers.add(timer);
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = () => `http://127.0.0.1:${port}`;
  return {
    url: url(),
    /** The keys that it publishes. */
    published,
    behave(next: IssuerHabit): void {
      habit = next;
    },
    /** Documents that it was asked for so far. */
    asked: () => documents,
    /** A token for `aud` headgate, good for an hour from `nowMs` on, unless the claims say otherwise. */
    token: (claims: JWTPayload, { key = first, nowMs = Date.now() }: { key?: IssuerKey; nowMs?: number } = {}) => {
      const iat = Math.floor(nowMs / 1_000);
      return new SignJWT({ iss: url(), aud: 'headgate', iat, exp: iat + 3_600, ...claims })
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' })
        .sign(key.privateKey);
    },
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export type LocalIssuer = Awaited<ReturnType<typeof startLocalIssuer>>;
