import type { IssuerSettings } from '../ports/foreign-issuer.ts';

/** The variables that say who may sign in, and how. `none` stands for one that is not set. */
export interface SignInEnv {
  readonly HEADGATE_OIDC_ISSUER?: string | undefined;
  /** Separated by commas. */
  readonly HEADGATE_OIDC_AUDIENCE?: string | undefined;
  /** Separated by commas; any client, unless given. */
  readonly HEADGATE_OIDC_CLIENT_ID?: string | undefined;
  readonly HEADGATE_PASSWORD_SIGN_IN?: string | undefined;
}

/**
 * The external issuer that is trusted.
 * @throws Error where an issuer is named without an audience: tokens that it made for others would open everything
 */
export function readIssuerSettings(env: SignInEnv): IssuerSettings | undefined {
  const issuer = given(env.HEADGATE_OIDC_ISSUER);
  if (issuer === undefined) return undefined;
  const [audiences, clientIds] = [listOf(env.HEADGATE_OIDC_AUDIENCE), listOf(env.HEADGATE_OIDC_CLIENT_ID)];
  if (audiences.length === 0)
    throw new Error('HEADGATE_OIDC_ISSUER needs HEADGATE_OIDC_AUDIENCE: what the issuer calls this service');
  return { issuer, audiences, ...(clientIds.length > 0 && { clientIds }) };
}

/** @throws Error for anything but `on` and `off`, and for `off` where nobody could sign in any more */
export function readPasswordSignIn(env: SignInEnv): 'on' | 'off' {
  const sent = given(env.HEADGATE_PASSWORD_SIGN_IN) ?? 'on';
  if (sent !== 'on' && sent !== 'off') throw new Error('HEADGATE_PASSWORD_SIGN_IN is on or off');
  if (sent === 'off' && given(env.HEADGATE_OIDC_ISSUER) === undefined)
    throw new Error('HEADGATE_PASSWORD_SIGN_IN=off needs HEADGATE_OIDC_ISSUER: nobody could sign in');
  return sent;
}

function listOf(text: string | undefined): string[] {
  return (given(text) ?? '').split(',').flatMap((part) => part.trim() || []);
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === 'none' ? undefined : text;
}
