import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose';
import { makeOidcIssuer } from '../../lambdas/adapters/system/oidc-issuer.ts';
import type { ForeignIssuer, IssuerSettings } from '../../lambdas/ports/foreign-issuer.ts';
import {
  type IssuerHabit,
  type IssuerKey,
  type LocalIssuer,
  newIssuerKey,
  startLocalIssuer,
} from '../support/local-issuer.ts';
import { refusalOf } from '../support/refusal-of.ts';

/** Far from the machine's own time: nothing may go by that. */
const startMs = Date.parse('2031-05-06T07:08:09Z');
const ann = { sub: 'ann-at-the-issuer', email: 'Ann@Example.com', email_verified: true };

let keys: readonly IssuerKey[];
let issuer: LocalIssuer;
let clock: { ms: number; now(): number };
beforeAll(async () => {
  keys = await Promise.all([newIssuerKey('k1'), newIssuerKey('k2'), newIssuerKey('k1')]);
});
beforeEach(async () => {
  issuer = await startLocalIssuer(keys[0]!);
  clock = { ms: startMs, now: () => clock.ms };
});
afterEach(() => issuer.stop());

function trust(more: Partial<IssuerSettings> = {}): ForeignIssuer {
  return makeOidcIssuer({ issuer: issuer.url, audiences: ['headgate'], ...more }, { clock, timeoutMs: 200 });
}
const token = (claims: object = {}, key = keys[0]!) => issuer.token({ ...ann, ...claims }, { key, nowMs: clock.ms });
const refused = (message: string) => ({ kind: 'unauthorized', message: expect.stringContaining(message) });
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token of the issuer', () => {
  it('says who it is', async () => {
    expect(await trust().verify(await token())).toEqual({
      issuer: issuer.url,
      subject: ann.sub,
      email: 'ann@example.com',
      isEmailVerified: true,
    });
  });

  it.each(['ES256', 'PS256'] as const)('may be signed by %s', async (alg) => {
    const key = await newIssuerKey('other', alg);
    issuer.published.push(key);
    expect(await trust().verify(await token({}, key))).toMatchObject({ subject: ann.sub });
  });

  it.each([
    [{ email_verified: false }, false],
    [{ email_verified: undefined }, false],
    [{ email_verified: 'false' }, false],
    [{ email_verified: 'true' }, true],
    [{ email_verified: undefined, xms_edov: true }, true],
    [{ email_verified: undefined, xms_edov: '1' }, true],
    [{ email_verified: false, xms_edov: true }, false],
  ])('%j: the address is vouched for: %s', async (claims, isEmailVerified) => {
    expect(await trust().verify(await token(claims))).toMatchObject({ isEmailVerified });
  });

  it('is not of somebody whose address only looks the same in lower case', async () => {
    const lookalike = '\u212Aate@example.com';
    expect(lookalike.toLowerCase()).toBe('kate@example.com');
    expect((await trust().verify(await token({ email: lookalike })))?.email).not.toBe('kate@example.com');
    expect((await trust().verify(await token({ email: ' KATE@Example.com' })))?.email).toBe('kate@example.com');
  });

  it('may come without an address', async () => {
    expect(await trust().verify(await token({ email: undefined }))).not.toHaveProperty('email');
  });

  it('is left to others where it claims to be of another issuer, or of none', async () => {
    for (const text of [await token({ iss: 'headgate' }), await token({ iss: undefined }), 'a.b.c', 'nonsense'])
      expect(await trust().verify(text)).toBeUndefined();
    expect(issuer.asked()).toBe(0);
  });

  it.each<[string, object, string]>([
    ['for another audience', { aud: 'somebody' }, 'audience'],
    ['for no audience', { aud: undefined }, 'audience'],
    ['without an end', { exp: undefined }, 'not one that its issuer signed'],
    ['expired', { exp: startMs / 1_000 - 31 }, 'expired'],
    ['not good yet', { nbf: startMs / 1_000 + 31 }, 'not good yet'],
    ['without a subject', { sub: undefined }, 'not one that its issuer signed'],
    ['with a subject that is no text', { sub: 5 }, 'subject'],
    ['with an empty subject', { sub: '' }, 'subject'],
    ['with a subject of any length', { sub: 'x'.repeat(256) }, 'subject'],
    ['that says that somebody has left', { events: {} }, 'opens calls'],
  ])('%s is refused', async (_name, claims, message) => {
    expect(await refusalOf(trust().verify(await token(claims)))).toEqual(refused(message));
  });

  it('may be off by the seconds that clocks differ', async () => {
    for (const claims of [{ exp: startMs / 1_000 - 29 }, { nbf: startMs / 1_000 + 29 }])
      expect(await trust().verify(await token(claims))).toMatchObject({ subject: ann.sub });
  });

  it('ends when it says, also once it was checked', async () => {
    const verify = trust();
    const text = await token({ exp: startMs / 1_000 + 60 });
    expect(await verify.verify(text)).toMatchObject({ subject: ann.sub });
    clock.ms += 91_000;
    expect(await refusalOf(verify.verify(text))).toEqual(refused('expired'));
  });

  it('needs one of several audiences, and the client where that is asked for', async () => {
    const verify = trust({ audiences: ['a', 'headgate'], clientIds: ['cli', 'console'] });
    for (const claims of [{ azp: 'cli' }, { client_id: 'console' }, { appid: 'cli', aud: ['x', 'a'] }])
      expect(await verify.verify(await token(claims))).toMatchObject({ subject: ann.sub });
    for (const claims of [{}, { azp: 'other' }, { azp: 'other', client_id: 'cli' }])
      expect(await refusalOf(verify.verify(await token(claims)))).toEqual(refused('client'));
  });
});

describe('a token that somebody made up', () => {
  const forged = refused('not one that its issuer signed');

  it('with a key of the same id is refused', async () => {
    expect(await refusalOf(trust().verify(await token({}, keys[2])))).toEqual(forged);
  });

  it('without a signature is refused', async () => {
    const [, claims] = (await token()).split('.');
    for (const alg of ['none', 'None', ''])
      expect(await refusalOf(trust().verify(`${base64({ alg, kid: 'k1' })}.${claims}.`))).toEqual(forged);
  });

  it('with the public key for a shared secret is refused', async () => {
    const publicKey = (await importJWK(keys[0]!.publicJwk, 'RS256', { extractable: true })) as CryptoKey;
    const secrets = [await exportSPKI(publicKey), keys[0]!.publicJwk.n!, JSON.stringify(keys[0]!.publicJwk)];
    for (const secret of secrets) {
      const [, claims] = (await token()).split('.');
      const text = `${base64({ alg: 'HS256', kid: 'k1' })}.${claims}`;
      const signature = createHmac('sha256', secret).update(text).digest('base64url');
      expect(await refusalOf(trust().verify(`${text}.${signature}`))).toEqual(forged);
    }
  });

  it('that brings its key along is refused', async () => {
    const { privateKey, publicJwk } = keys[1]!;
    const text = await new SignJWT({ ...ann, iss: issuer.url, aud: 'headgate', exp: startMs / 1_000 + 60 })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', jwk: publicJwk, jku: `${issuer.url}/mine` })
      .sign(privateKey);
    expect(await refusalOf(trust().verify(text))).toEqual(forged);
  });

  it('with other claims under a good signature is refused', async () => {
    const [header, , signature] = (await token()).split('.');
    const claims = base64({ ...ann, sub: 'other', iss: issuer.url, aud: 'headgate', exp: startMs / 1_000 + 60 });
    expect(await refusalOf(trust().verify(`${header}.${claims}.${signature}`))).toEqual(forged);
  });
});

describe('the keys of the issuer', () => {
  it('are read once for all tokens, also of those that come at once', async () => {
    const verify = trust();
    const tokens = await Promise.all([1, 2, 3].map((n) => token({ sub: `u${n}` })));
    await Promise.all(tokens.map((text) => verify.verify(text)));
    for (const text of tokens) await verify.verify(text);
    expect(issuer.asked()).toBe(2);
  });

  it('are read again for a key that is new, and seldom for keys that are made up', async () => {
    const verify = trust();
    await verify.verify(await token());
    issuer.published.push(keys[1]!);
    const made = async () => refusalOf(verify.verify(await token({}, { ...keys[1]!, kid: 'made-up' })));
    expect(await made()).toMatchObject({ kind: 'unauthorized' });
    expect(issuer.asked()).toBe(2);
    clock.ms += 30_000;
    expect(await verify.verify(await token({}, keys[1]))).toMatchObject({ subject: ann.sub });
    expect(issuer.asked()).toBe(4);
    for (let i = 0; i < 5; i += 1) expect(await made()).toMatchObject({ kind: 'unauthorized' });
    expect(issuer.asked()).toBe(4);
  });

  it('count no longer once the issuer has taken them back, ten minutes later', async () => {
    const verify = trust();
    const text = await token();
    await verify.verify(text);
    issuer.published.splice(0, 1, keys[1]!);
    expect(await verify.verify(text)).toMatchObject({ subject: ann.sub });
    clock.ms += 600_001;
    expect(await refusalOf(verify.verify(text))).toMatchObject({ kind: 'unauthorized' });
  });

  it('are good for an hour while the issuer is down', async () => {
    const verify = trust();
    await verify.verify(await token());
    issuer.behave('fails');
    clock.ms += 3_500_000;
    expect(await verify.verify(await token())).toMatchObject({ subject: ann.sub });
    clock.ms += 200_000;
    expect(await refusalOf(verify.verify(await token()))).toMatchObject({ kind: 'unavailable' });
  });

  const habits: IssuerHabit[] = ['hangs', 'slow', 'huge', 'fails', 'redirects', 'no json', 'names another'];
  it.each(habits)(
    'of an issuer that %s are not to be had: 503, once a while, and all is well after it',
    async (habit) => {
      issuer.behave(habit);
      const verify = trust();
      const text = await token();
      const error = await verify.verify(text).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind: 'unavailable', details: { retry_after_seconds: 5 } });
      const asked = issuer.asked();
      expect(await refusalOf(verify.verify(text))).toMatchObject({ kind: 'unavailable' });
      expect(issuer.asked()).toBe(asked);
      issuer.behave('well');
      clock.ms += 5_000;
      expect(await verify.verify(text)).toMatchObject({ subject: ann.sub });
    },
  );

  it('of an issuer that is down are not to be had', async () => {
    const verify = trust();
    const text = await token();
    await issuer.stop();
    expect(await refusalOf(verify.verify(text))).toMatchObject({ kind: 'unavailable' });
    issuer = await startLocalIssuer(keys[0]!);
  });
});

describe('settings', () => {
  it.each([
    'http://id.example.com',
    'http://127.0.0.1.example.com',
    'ftp://127.0.0.1',
    'https://user:secret@id.example.com',
    'https://id.example.com/#part',
    'id.example.com',
    '',
  ])('refuse the issuer %j', (url) => {
    expect(() => makeOidcIssuer({ issuer: url, audiences: ['a'] }, { clock })).toThrow('the address');
  });

  it.each(['https://id.example.com/realms/x', 'http://localhost:8080/realms/x', 'http://[::1]:8080'])(
    'take the issuer %j',
    (url) => {
      expect(() => makeOidcIssuer({ issuer: url, audiences: ['a'] }, { clock })).not.toThrow();
    },
  );
});
