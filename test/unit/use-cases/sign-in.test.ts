import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import type { User } from '../../../lambdas/domain/tenant.ts';
import { hashPassword } from '../../../lambdas/use-cases/check-password.ts';
import { refreshTokens } from '../../../lambdas/use-cases/refresh-tokens.ts';
import { signIn } from '../../../lambdas/use-cases/sign-in.ts';
import { type ControlPlane, openControlPlane, startMs } from '../../support/control-plane.ts';
import { newUser } from '../../support/new-user.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const password = 'correct horse';
const origin = { source: '192.0.2.7', requestId: 'r1' };
const wrong = { kind: 'unauthorized', message: 'Incorrect username or password.' };

describe('signing in', () => {
  let plane: ControlPlane;
  let user: User;
  beforeAll(async () => {
    plane = await openControlPlane();
    user = await newUser(plane, password);
  });
  afterAll(() => plane?.close());
  beforeEach(() => {
    plane.clock.ms = startMs;
  });

  it('gives three tokens that say who, for whom and until when', async () => {
    const tokens = await signIn(plane.ports, { username: user.email, password, origin });
    expect(tokens.expiresInSeconds).toBe(3_600);
    const { kid, publicJwk } = await plane.ports.keys.current();
    const key = await importJWK(publicJwk, 'RS256');
    const issuedAt = startMs / 1_000;
    for (const [use, token, seconds] of [
      ['id', tokens.idToken, 3_600],
      ['access', tokens.accessToken, 3_600],
      ['refresh', tokens.refreshToken, 30 * 86_400],
    ] as const) {
      expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid, typ: 'JWT' });
      const { payload } = await jwtVerify(token, key, { currentDate: new Date(startMs) });
      expect(payload).toMatchObject({
        iss: 'headgate',
        aud: 'headgate',
        sub: user.id,
        token_use: use,
        email: user.email,
        'custom:tenant': user.tenantId,
        iat: issuedAt,
        exp: issuedAt + seconds,
      });
    }
    expect(JSON.stringify(decodeJwt(tokens.refreshToken))).not.toContain(user.passwordHash!.slice(-20));
  });

  it('names another issuer where one is set', async () => {
    const { idToken } = await signIn(
      { ...plane.ports, issuer: 'https://id.example.com' },
      { username: user.email, password, origin },
    );
    expect(decodeJwt(idToken).iss).toBe('https://id.example.com');
  });

  it('takes the address in any case', async () => {
    const tokens = await signIn(plane.ports, { username: ` ${user.email.toUpperCase()}`, password, origin });
    expect(decodeJwt(tokens.idToken).sub).toBe(user.id);
  });

  it('says the same of a wrong password, an unknown address and a deactivated user', async () => {
    const deactivated = await newUser(plane, password, 'Deactivated');
    for (const [username, text] of [
      [user.email, 'wrong'],
      [user.email, ''],
      ['nobody@example.com', password],
      ['', ''],
      [deactivated.email, password],
    ] as const)
      expect(await refusalOf(signIn(plane.ports, { username, password: text, origin }))).toEqual(wrong);
  });

  describe('again by refresh token', () => {
    it('gives new tokens until it is too old', async () => {
      const { refreshToken } = await signIn(plane.ports, { username: user.email, password, origin });
      plane.clock.ms += 30 * 86_400_000 - 1_000;
      const { idToken, refreshToken: kept } = await refreshTokens(plane.ports, { refreshToken });
      expect(kept).toBe(refreshToken);
      expect(decodeJwt(idToken)).toMatchObject({ sub: user.id, iat: plane.clock.ms / 1_000 });
      plane.clock.ms += 1_000;
      expect(await refusalOf(refreshTokens(plane.ports, { refreshToken }))).toEqual({
        kind: 'unauthorized',
        message: expect.stringContaining('expired'),
      });
    });

    it('takes no other token', async () => {
      const { idToken, accessToken } = await signIn(plane.ports, { username: user.email, password, origin });
      for (const [refreshToken, says] of [
        [idToken, 'this is the id token'],
        [accessToken, 'this is the access token'],
        ['nonsense', 'not one that this service issued'],
      ] as const)
        expect(await refusalOf(refreshTokens(plane.ports, { refreshToken }))).toEqual({
          kind: 'unauthorized',
          message: expect.stringContaining(says),
        });
    });

    it.each<[string, (user: User) => Promise<User>]>([
      ['the password changes', async (one) => ({ ...one, passwordHash: await hashPassword(password) })],
      ['the user is deactivated', async (one) => ({ ...one, state: 'Deactivated' })],
    ])('ends when %s', async (_name, change) => {
      const one = await newUser(plane, password);
      const { refreshToken } = await signIn(plane.ports, { username: one.email, password, origin });
      await refreshTokens(plane.ports, { refreshToken });
      await plane.ports.catalog.saveUser(await change(one));
      expect(await refusalOf(refreshTokens(plane.ports, { refreshToken }))).toEqual({
        kind: 'unauthorized',
        message: expect.stringContaining('revoked'),
      });
    });
  });
});
