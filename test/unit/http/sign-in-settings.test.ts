import { describe, expect, it } from '@jest/globals';
import { readIssuerSettings, readPasswordSignIn } from '../../../lambdas/http/sign-in-settings.ts';

const issuer = 'https://id.example.com';

describe('sign-in settings', () => {
  it('name no issuer unless told', () => {
    for (const env of [
      {},
      { HEADGATE_OIDC_ISSUER: 'none', HEADGATE_OIDC_AUDIENCE: 'none' },
      { HEADGATE_OIDC_ISSUER: '' },
    ])
      expect(readIssuerSettings(env)).toBeUndefined();
  });

  it('name an issuer with its audiences and clients', () => {
    const env = { HEADGATE_OIDC_ISSUER: issuer, HEADGATE_OIDC_AUDIENCE: 'a, b,' };
    expect(readIssuerSettings(env)).toEqual({ issuer, audiences: ['a', 'b'] });
    expect(readIssuerSettings({ ...env, HEADGATE_OIDC_CLIENT_ID: 'c' })).toMatchObject({ clientIds: ['c'] });
  });

  it('trust no issuer for whatever it signs', () => {
    expect(() => readIssuerSettings({ HEADGATE_OIDC_ISSUER: issuer })).toThrow('HEADGATE_OIDC_AUDIENCE');
  });

  it('leave passwords on, unless an issuer takes their place', () => {
    expect(readPasswordSignIn({})).toBe('on');
    expect(readPasswordSignIn({ HEADGATE_PASSWORD_SIGN_IN: 'off', HEADGATE_OIDC_ISSUER: issuer })).toBe('off');
    expect(() => readPasswordSignIn({ HEADGATE_PASSWORD_SIGN_IN: 'off' })).toThrow('nobody could sign in');
    expect(() => readPasswordSignIn({ HEADGATE_PASSWORD_SIGN_IN: 'no' })).toThrow('on or off');
  });
});
