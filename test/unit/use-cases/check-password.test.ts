import { describe, expect, it } from '@jest/globals';
import { checkPassword, hashPassword } from '../../../lambdas/use-cases/check-password.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('passwords', () => {
  it('are stored with the parameters of scrypt and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('swordfish'), hashPassword('swordfish')]);
    expect(first).toMatch(/^scrypt:32768:8:1:[\w-]{22}:[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect(first).not.toContain('swordfish');
    expect(await checkPassword('swordfish', second)).toBe(true);
  });

  it.each(['', 'Swordfish', 'swordfish ', 'swordfis'])('%j is not swordfish', async (password) => {
    expect(await checkPassword(password, await hashPassword('swordfish'))).toBe(false);
  });

  it('of nobody are wrong, also the empty one', async () => {
    expect(await checkPassword('', undefined)).toBe(false);
    expect(await checkPassword('swordfish', undefined)).toBe(false);
  });

  it('typed with composed or decomposed letters are one', async () => {
    expect(await checkPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  it('made with other parameters still count', async () => {
    // RFC 7914, section 12: scrypt of "pleaseletmein" and "SodiumChloride" with N 16384, r 8, p 1.
    const key =
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887';
    const stored = [
      'scrypt',
      16384,
      8,
      1,
      Buffer.from('SodiumChloride').toString('base64url'),
      Buffer.from(key, 'hex').toString('base64url'),
    ];
    expect(await checkPassword('pleaseletmein', stored.join(':'))).toBe(true);
    expect(await checkPassword('pleaseletmein!', stored.join(':'))).toBe(false);
  });

  it('a stored text that scrypt did not make is a fault of ours', async () => {
    await expect(checkPassword('swordfish', 'swordfish')).rejects.toThrow('not one that scrypt made');
  });

  it('checked too many at once are refused, and those that waited are answered', async () => {
    // Cheap parameters: the line is what is tested.
    const stored = ['scrypt', 2, 1, 1, 'c2FsdA', Buffer.alloc(32).toString('base64url')].join(':');
    const checks = Array.from({ length: 110 }, () => checkPassword('x', stored));
    const outcomes = await Promise.allSettled(checks);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(110 - 102);
    expect(await refusalOf(checks.at(-1)!)).toMatchObject({ kind: 'unavailable' });
    expect(await checkPassword('x', stored)).toBe(false);
  });
});
