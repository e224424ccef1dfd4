import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import type { TokenId } from '../../../lambdas/domain/ids.ts';
import { defaultKeyVerbs } from '../../../lambdas/domain/scope.ts';
import type { ApiToken, User } from '../../../lambdas/domain/tenant.ts';
import type { SigningKey } from '../../../lambdas/ports/signing-keys.ts';
import { apiSecretHash, makeAuthenticate } from '../../../lambdas/use-cases/authenticate.ts';
import { issueTokens, sessionMark, type TokenSet } from '../../../lambdas/use-cases/issue-tokens.ts';
import { type ControlPlane, openControlPlane, startMs } from '../../support/control-plane.ts';
import { newSigningKey } from '../../support/new-signing-key.ts';
import { newUser } from '../../support/new-user.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const notOurs = 'The token is not one that this service issued.';

describe('authentication', () => {
  let plane: ControlPlane;
  let user: User;
  let tokens: TokenSet;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    plane.clock.ms = startMs;
    user = await newUser(plane);
    tokens = await issueTokens(plane.ports, user);
  });

  const bearer = (token: string) => ({ kind: 'bearer', token }) as const;
  const caller = () => ({ tenantId: user.tenantId, userId: user.id, email: user.email, role: user.role });

  /** A token of the service's own key with other claims or header. */
  async function forged(
    claims: Readonly<Record<string, unknown>>,
    header: { kid?: string } = {},
    key?: SigningKey,
  ): Promise<string> {
    const { kid, privateJwk } = key ?? (await plane.ports.keys.current());
    const issuedAt = startMs / 1_000;
    const all = { iss: 'headgate', aud: 'headgate', sub: user.id, token_use: 'id', 'custom:tenant': user.tenantId };
    const mark = { pwd: sessionMark(user) };
    return new SignJWT({ ...all, ...mark, iat: issuedAt, exp: issuedAt + 60, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid, ...header })
      .sign(await importJWK(privateJwk, 'RS256'));
  }

  describe('by token', () => {
    it('knows the user of an Id and of an Access token, again and again', async () => {
      const authenticate = makeAuthenticate(plane.ports);
      for (const token of [tokens.idToken, tokens.accessToken, tokens.idToken])
        expect(await authenticate(bearer(token))).toEqual(caller());
    });

    it('refuses a refresh token and says which one to use', async () => {
      expect(await refusalOf(makeAuthenticate(plane.ports)(bearer(tokens.refreshToken)))).toEqual({
        kind: 'unauthorized',
        message: 'A refresh token opens no call; use the Id token of the same sign-in.',
      });
    });

    it('refuses a token that expired, also one that it has verified before', async () => {
      const authenticate = makeAuthenticate(plane.ports);
      plane.clock.ms = startMs + 3_599_000;
      await authenticate(bearer(tokens.idToken));
      plane.clock.ms = startMs + 3_600_000;
      for (const token of [tokens.idToken, tokens.accessToken])
        expect(await refusalOf(authenticate(bearer(token)))).toEqual({
          kind: 'unauthorized',
          message: 'The token has expired; sign in again.',
        });
    });

    it.each<[string, () => Promise<string>]>([
      [
        'a changed signature',
        async () => tokens.idToken.replace(/.{5}$/, (end) => (end === 'AAAAA' ? 'BBBBB' : 'AAAAA')),
      ],
      ['changed claims', async () => withClaims(tokens.idToken, { 'custom:tenant': 'other' })],
      ['no signature', async () => `${tokens.idToken.split('.').slice(0, 2).join('.')}.`],
      ['the algorithm none', async () => withHeader(tokens.idToken, { alg: 'none' })],
      ['a symmetric algorithm', async () => withHeader(tokens.idToken, { alg: 'HS256' })],
      ['two dots and no JSON', async () => 'a.b.c'],
      ['another issuer', () => forged({ iss: 'https://example.com' })],
      ['another audience', () => forged({ aud: 'somebody' })],
      ['an unknown key', () => forged({}, { kid: 'unknown' })],
      ['no key named', () => forged({}, { kid: '' })],
      [
        "a stranger's key under our name",
        async () => forged({}, {}, await strangersKey(await plane.ports.keys.current())),
      ],
      ['no tenant', () => forged({ 'custom:tenant': undefined })],
      ['no use', () => forged({ token_use: undefined })],
      ['no expiry', () => forged({ exp: undefined })],
    ])('refuses one with %s', async (_name, make) => {
      expect(await refusalOf(makeAuthenticate(plane.ports)(bearer(await make())))).toEqual({
        kind: 'unauthorized',
        message: notOurs,
      });
    });

    it('refuses a use that it does not know', async () => {
      const refusal = await refusalOf(makeAuthenticate(plane.ports)(bearer(await forged({ token_use: 'magic' }))));
      expect(refusal).toEqual({ kind: 'unauthorized', message: expect.stringContaining('magic token') });
    });

    it('takes tokens of a key that no longer signs but still checks', async () => {
      const old = await plane.ports.keys.current();
      const fresh = await newSigningKey('fresh');
      const keys = { current: async () => fresh, publicKeys: async () => [fresh, old] };
      const ports = { ...plane.ports, keys };
      const authenticate = makeAuthenticate(ports);
      const { idToken } = await issueTokens(ports, user);
      for (const token of [tokens.idToken, idToken]) expect(await authenticate(bearer(token))).toEqual(caller());
      const without = makeAuthenticate({ ...ports, keys: { ...keys, publicKeys: async () => [fresh] } });
      expect(await refusalOf(without(bearer(tokens.idToken)))).toEqual({ kind: 'unauthorized', message: notOurs });
    });

    it('checks a signature once a token and the user at every call', async () => {
      let checks = 0;
      const { keys } = plane.ports;
      const counted = { ...keys, publicKeys: () => keys.publicKeys().finally(() => (checks += 1)) };
      const authenticate = makeAuthenticate({ ...plane.ports, keys: counted });
      for (let i = 0; i < 3; i += 1) await authenticate(bearer(tokens.idToken));
      expect(checks).toBe(1);
      await plane.ports.catalog.saveUser({ ...user, state: 'Deactivated' });
      expect(await refusalOf(authenticate(bearer(tokens.idToken)))).toEqual({
        kind: 'unauthorized',
        message: 'The user has been deactivated.',
      });
    });

    it('forgets the token that was unused for longest', async () => {
      const checked: string[] = [];
      const { keys } = plane.ports;
      let current = '';
      const counted = { ...keys, publicKeys: () => keys.publicKeys().finally(() => checked.push(current)) };
      const authenticate = makeAuthenticate({ ...plane.ports, keys: counted }, 2);
      const named = { a: await forged({ n: 1 }), b: await forged({ n: 2 }), c: await forged({ n: 3 }) };
      for (const name of ['a', 'b', 'a', 'c', 'a', 'c', 'b'] as const) {
        current = name;
        await authenticate(bearer(named[name]));
      }
      expect(checked).toEqual(['a', 'b', 'c', 'b']);
    });

    it('a fault of the key store is not the fault of the token', async () => {
      const fault = new Error('no keys today');
      const keys = { ...plane.ports.keys, publicKeys: () => Promise.reject(fault) };
      await expect(makeAuthenticate({ ...plane.ports, keys })(bearer(tokens.idToken))).rejects.toBe(fault);
    });

    it('refuses a user who does not exist', async () => {
      const token = await forged({ sub: 'nobody' });
      expect(await refusalOf(makeAuthenticate(plane.ports)(bearer(token)))).toEqual({
        kind: 'unauthorized',
        message: 'The user does not exist any more.',
      });
    });
  });

  describe('by API key', () => {
    const secret = 'hg_Zm9vYmFy';
    let key: ApiToken;
    let made = 0;
    async function newApiKey(more: Partial<ApiToken> = {}): Promise<string> {
      made += 1;
      key = {
        id: plane.ports.ids.next<TokenId>(),
        tenantId: user.tenantId,
        userId: user.id,
        description: 'a producer',
        secretHash: apiSecretHash(`${secret}${made}`),
        createdAt: '',
        revision: 1,
        ...more,
      };
      await plane.ports.catalog.createToken(key);
      return `${secret}${made}`;
    }

    it.each(['api-key', 'bearer'] as const)('knows the user when it comes as %s', async (kind) => {
      const text = await newApiKey({ expiresAt: new Date(startMs + 1).toISOString() });
      const credential = kind === 'bearer' ? bearer(text) : ({ kind, secret: text } as const);
      expect(await makeAuthenticate(plane.ports)(credential)).toEqual({
        ...caller(),
        tokenId: expect.any(String),
        scope: { verbs: defaultKeyVerbs },
      });
    });

    it.each<[string, Partial<ApiToken>, string]>([
      ['expired', { expiresAt: new Date(startMs).toISOString() }, 'The API key has expired.'],
      ['revoked', { revokedAt: new Date(startMs).toISOString() }, 'The API key has been revoked.'],
    ])('refuses one that is %s', async (_name, more, message) => {
      const credential = { kind: 'api-key', secret: await newApiKey(more) } as const;
      expect(await refusalOf(makeAuthenticate(plane.ports)(credential))).toEqual({ kind: 'unauthorized', message });
    });

    it('refuses one from the moment it is revoked or its user deactivated', async () => {
      const authenticate = makeAuthenticate(plane.ports);
      const credential = { kind: 'api-key', secret: await newApiKey() } as const;
      await authenticate(credential);
      await plane.ports.catalog.saveUser({ ...user, state: 'Deactivated' });
      expect(await refusalOf(authenticate(credential))).toMatchObject({ message: 'The user has been deactivated.' });
      await plane.ports.catalog.saveToken({ ...key, revokedAt: new Date(startMs).toISOString() });
      expect(await refusalOf(authenticate(credential))).toMatchObject({ message: 'The API key has been revoked.' });
    });

    it.each(['unknown', 'x'.repeat(10_000)])('refuses one that nobody made, without repeating it', async (text) => {
      for (const credential of [{ kind: 'api-key', secret: text } as const, bearer(text)])
        expect(await refusalOf(makeAuthenticate(plane.ports)(credential))).toEqual({
          kind: 'unauthorized',
          message: 'The API key or token is not one of this service.',
        });
    });

    it('a JWT is no API key', async () => {
      const credential = { kind: 'api-key', secret: tokens.idToken } as const;
      expect(await refusalOf(makeAuthenticate(plane.ports)(credential))).toMatchObject({ kind: 'unauthorized' });
    });
  });

  it.each([undefined, { kind: 'bearer', token: '' }, { kind: 'api-key', secret: '' }] as const)(
    '%j is no credential at all',
    async (credential) => {
      expect(await refusalOf(makeAuthenticate(plane.ports)(credential))).toMatchObject({ kind: 'missing_token' });
    },
  );
});

/** A key of somebody else who says that it is ours. */
const strangersKey = ({ kid }: SigningKey) => newSigningKey(kid);

function withClaims(token: string, changes: JWTPayload): string {
  const [header, claims, signature] = token.split('.') as [string, string, string];
  return [header, encoded({ ...decoded(claims), ...changes }), signature].join('.');
}

function withHeader(token: string, changes: { alg: string }): string {
  const [header, claims, signature] = token.split('.') as [string, string, string];
  return [encoded({ ...decoded(header), ...changes }), claims, signature].join('.');
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function encoded(part: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
