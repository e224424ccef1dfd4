import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importJWK, jwtVerify, SignJWT } from 'jose';
import type { SigningKeys } from '../../lambdas/ports/signing-keys.ts';

export interface SigningKeysHarness {
  /** One more instance over the same stored keys. */
  open(): SigningKeys;
  close(): Promise<void>;
}

const secretParts = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

/** What every `SigningKeys` must do. */
export function signingKeysSuite(name: string, make: () => Promise<SigningKeysHarness>): void {
  describe(`${name} keep signing keys`, () => {
    let harness: SigningKeysHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(() => harness.close());

    it('sign tokens that the public key checks', async () => {
      const keys = harness.open();
      const { kid, privateJwk } = await keys.current();
      const token = await new SignJWT({ sub: 'someone' })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(await importJWK(privateJwk, 'RS256'));
      const [published, ...others] = await keys.publicKeys();
      expect(others).toEqual([]);
      expect(published!.kid).toBe(kid);
      const { payload } = await jwtVerify(token, await importJWK(published!.publicJwk, 'RS256'));
      expect(payload.sub).toBe('someone');
    });

    it('publish a 2,048 bit key with its id and use, and nothing secret', async () => {
      const keys = harness.open();
      await keys.current();
      const [{ kid, publicJwk } = { kid: '', publicJwk: {} }] = await keys.publicKeys();
      expect(publicJwk).toMatchObject({ kty: 'RSA', kid, alg: 'RS256', use: 'sig' });
      expect(Buffer.from(String((publicJwk as { n?: unknown }).n), 'base64url')).toHaveLength(256);
      expect(Object.keys(publicJwk).filter((part) => secretParts.includes(part))).toEqual([]);
    });

    it('are published to every instance once one signed', async () => {
      const checking = harness.open();
      await checking.publicKeys();
      const { kid, publicJwk } = await harness.open().current();
      expect(await checking.publicKeys()).toEqual([{ kid, publicJwk }]);
    });

    it('are the same for instances that ask at once, and for later ones', async () => {
      const instances = [harness.open(), harness.open()];
      const asked = await Promise.all([...instances, ...instances].map((keys) => keys.current()));
      const later = await harness.open().current();
      expect(new Set(asked.map(({ kid }) => kid))).toEqual(new Set([later.kid]));
      for (const key of asked) expect(key).toEqual(later);
    });
  });
}
