import { errors, importJWK, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { TenantId, UserId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import { algorithm, audience, defaultIssuer, sessionClaim, type TokenCheckPorts, tenantClaim } from './issue-tokens.ts';

/** What a token of ours says. That its user still exists and may act is for the caller to check. */
export interface VerifiedToken {
  readonly use: string;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly sessionMark: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

type PublicKey = Exclude<Awaited<ReturnType<JWTVerifyGetKey>>, Uint8Array>;

/**
 * Checks signature, issuer, audience and expiry.
 * @throws Problem `unauthorized` that says whether the token is too old or not ours
 */
export function makeVerifyToken(ports: TokenCheckPorts): (token: string) => Promise<VerifiedToken> {
  const keys = new Map<string, Awaited<ReturnType<typeof importJWK>>>();
  const keyFor: JWTVerifyGetKey = async ({ kid = '' }) => {
    const key = (await ports.keys.publicKeys()).find((candidate) => candidate.kid === kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    const imported = keys.get(kid) ?? (await importJWK(key.publicJwk, algorithm));
    keys.set(kid, imported);
    return imported as PublicKey;
  };
  return async (token) => {
    const options = {
      algorithms: [algorithm],
      issuer: ports.issuer ?? defaultIssuer,
      audience,
      currentDate: new Date(ports.clock.now()),
      requiredClaims: ['exp', 'sub', 'token_use', tenantClaim],
    };
    const { payload } = await jwtVerify(token, keyFor, options).catch((error: unknown) => {
      throw refusalOf(error);
    });
    return {
      use: String(payload['token_use']),
      tenantId: String(payload[tenantClaim]) as TenantId,
      userId: String(payload.sub) as UserId,
      sessionMark: payload[sessionClaim] === undefined ? undefined : String(payload[sessionClaim]),
      expiresAtMs: Number(payload.exp) * 1_000,
    };
  };
}

/** Only what jose says of the token is the token's fault; a key store that fails is not. */
function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new Problem('unauthorized', 'The token has expired; sign in again.');
  if (error instanceof errors.JOSEError)
    return new Problem('unauthorized', 'The token is not one that this service issued.');
  return error;
}
