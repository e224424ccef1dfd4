import { createHash } from 'node:crypto';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { refreshTokenSecondsMax, tokenSecondsMax } from '../domain/limits.ts';
import type { User } from '../domain/tenant.ts';
import type { Clock } from '../ports/clock.ts';
import type { SigningKey, SigningKeys } from '../ports/signing-keys.ts';

/** What checking tokens needs: nothing secret. */
export interface TokenCheckPorts {
  readonly keys: Pick<SigningKeys, 'publicKeys'>;
  readonly clock: Clock;
  /** Who signs, as the tokens' `iss` says; `headgate` if not said. */
  readonly issuer?: string;
}

export interface TokenPorts extends TokenCheckPorts {
  readonly keys: SigningKeys;
}

/** What a sign-in gives: the three tokens of Cognito's shape. */
export interface TokenSet {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that Id and Access token are good for. */
  readonly expiresInSeconds: number;
}

export const defaultIssuer = 'headgate';
export const audience = 'headgate';
export const algorithm = 'RS256';
/** Claim that names the tenant, in Cognito's form for attributes of one's own. */
export const tenantClaim = 'custom:tenant';
/** Claim that ties tokens to the password and the sessions that they were got with. */
export const sessionClaim = 'pwd';

export type TokenUse = 'id' | 'access' | 'refresh';

/** Makes the tokens of a user who has proved who they are. */
export async function issueTokens(ports: TokenPorts, user: User): Promise<TokenSet> {
  const issuedAt = Math.floor(ports.clock.now() / 1_000);
  const key = await ports.keys.current();
  const sign = (use: TokenUse, seconds: number) =>
    signed(key, {
      iss: ports.issuer ?? defaultIssuer,
      aud: audience,
      sub: user.id,
      token_use: use,
      email: user.email,
      [tenantClaim]: user.tenantId,
      [sessionClaim]: sessionMark(user),
      iat: issuedAt,
      exp: issuedAt + seconds,
    });
  const [idToken, accessToken, refreshToken] = await Promise.all([
    sign('id', tokenSecondsMax),
    sign('access', tokenSecondsMax),
    sign('refresh', refreshTokenSecondsMax),
  ]);
  return { idToken, accessToken, refreshToken, expiresInSeconds: tokenSecondsMax };
}

/** Changes with the user's password and sessions and tells nothing of them: all tokens end when one of them changes. */
export function sessionMark({ passwordHash = '', sessions = 0 }: User): string {
  return createHash('sha256')
    .update(`${passwordHash}${sessions || ''}`)
    .digest('base64url')
    .slice(0, 16);
}

async function signed(key: SigningKey, claims: JWTPayload): Promise<string> {
  const privateKey = await importJWK(key.privateJwk, algorithm);
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: key.kid, typ: 'JWT' }).sign(privateKey);
}
