import { readIssuerSettings, readPasswordSignIn, type SignInEnv } from '../http/sign-in-settings.ts';
import type { HostOptions } from './start-host.ts';

/**
 * Who may sign in to a host, and how, by the variables that the functions have too.
 * @throws Error that names the variable that is wrong
 */
export function readSignInSettings(env: SignInEnv): Pick<HostOptions, 'issuer' | 'passwordSignIn'> {
  const issuer = readIssuerSettings(env);
  return { ...(issuer && { issuer }), passwordSignIn: readPasswordSignIn(env) };
}
