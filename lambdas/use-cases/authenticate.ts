import { createHash } from 'node:crypto';
import type { RequestOrigin } from '../domain/audit.ts';
import type { Caller } from '../domain/caller.ts';
import type { TenantId, UserId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import { defaultKeyVerbs } from '../domain/scope.ts';
import type { ApiToken, User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { ForeignIssuer } from '../ports/foreign-issuer.ts';
import { type ForeignUserPorts, identifyForeignUser } from './identify-foreign-user.ts';
import { sessionMark, type TokenCheckPorts } from './issue-tokens.ts';
import { makeVerifyToken, type VerifiedToken } from './verify-token.ts';

export interface AuthenticatePorts extends TokenCheckPorts, ForeignUserPorts {
  readonly catalog: Pick<Catalog, 'findUser' | 'findToken'> & ForeignUserPorts['catalog'];
  /** The external issuer whose tokens open calls beside ours; none, unless given. */
  readonly foreignIssuer?: ForeignIssuer;
}

/** What a request brought. A bearer token that has not the form of a JWT is looked up as an API key. */
export type Credential =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'api-key'; readonly secret: string };

/** @param origin where the request came from: a first call with a token of an external issuer is an entry of the audit log */
export type Authenticate = (credential: Credential | undefined, origin?: RequestOrigin) => Promise<Caller>;

const unknownOrigin: RequestOrigin = { source: '', requestId: '' };

/** Verified tokens kept, of about 1 KB each: those of all producers that one instance serves at a time. */
const verifiedTokensMax = 10_000;

/**
 * Finds out who asks. A signature is checked once a token (that is the dear part); whether the user may still act, and
 * whether an API key still stands, is read at every call, so that a revocation holds at once.
 * @param verifiedMax tokens whose check is remembered
 * @returns a function that throws Problem `missing_token` or `unauthorized`; `unavailable` where the external issuer does
 *   not answer whose token it is
 */
export function makeAuthenticate(ports: AuthenticatePorts, verifiedMax = verifiedTokensMax): Authenticate {
  const verify = makeVerifyToken(ports);
  const verified = new Map<string, VerifiedToken>();

  async function tokenOf(text: string): Promise<VerifiedToken> {
    const known = verified.get(text);
    verified.delete(text);
    const token = known && known.expiresAtMs > ports.clock.now() ? known : await verify(text);
    // Put back as the newest: the one that goes when the cache is full is the one unused for longest.
    if (verified.size >= verifiedMax) verified.delete(verified.keys().next().value!);
    verified.set(text, token);
    return token;
  }

  async function byToken(text: string, origin: RequestOrigin): Promise<Caller> {
    const identity = await ports.foreignIssuer?.verify(text);
    return identity ? callerOf(await identifyForeignUser(ports, identity, origin)) : byOwnToken(text);
  }

  async function byOwnToken(text: string): Promise<Caller> {
    const { use, tenantId, userId, sessionMark: mark } = await tokenOf(text);
    if (use !== 'id' && use !== 'access')
      throw new Problem('unauthorized', `A ${use} token opens no call; use the Id token of the same sign-in.`);
    const user = await activeUser(ports, tenantId, userId);
    if (mark !== sessionMark(user))
      throw new Problem('unauthorized', 'The session was ended, or the password changed; sign in again.');
    return callerOf(user);
  }

  async function bySecret(secret: string): Promise<Caller> {
    const key = await ports.catalog.findToken(apiSecretHash(secret));
    const refusal = apiKeyRefusal(key, ports.clock.now());
    if (!key || refusal)
      throw new Problem('unauthorized', refusal ?? 'The API key or token is not one of this service.');
    const { id: tokenId, tenantId, userId, description, scope = { verbs: defaultKeyVerbs } } = key;
    if (userId === undefined) return { tenantId, tokenId, email: `token ${description}`, role: 'User', scope };
    return { ...callerOf(await activeUser(ports, tenantId, userId)), tokenId, scope };
  }

  return async (credential, origin = unknownOrigin) => {
    const text = credential?.kind === 'bearer' ? credential.token : credential?.secret;
    if (!credential || !text)
      throw new Problem(
        'missing_token',
        'The request has no token: send Authorization: Bearer <IdToken>, or X-API-Key.',
      );
    return credential.kind === 'bearer' && isJwt(text) ? byToken(text, origin) : bySecret(text);
  };
}

/** How an API key is stored and found: lower-case hex SHA-256, enough for a secret that is random and long. */
export function apiSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Header, claims and signature; an API key has no dots. */
function isJwt(text: string): boolean {
  return text.split('.').length === 3;
}

function apiKeyRefusal(key: ApiToken | undefined, nowMs: number): string | undefined {
  if (key?.revokedAt !== undefined) return 'The API key has been revoked.';
  if (key?.expiresAt !== undefined && Date.parse(key.expiresAt) <= nowMs) return 'The API key has expired.';
  return undefined;
}

async function activeUser({ catalog }: AuthenticatePorts, tenantId: TenantId, userId: UserId): Promise<User> {
  const user = await catalog.findUser(tenantId, userId);
  if (user?.state !== 'Active')
    throw new Problem('unauthorized', user ? 'The user has been deactivated.' : 'The user does not exist any more.');
  return user;
}

function callerOf({ tenantId, id: userId, email, role }: User): Caller {
  return { tenantId, userId, email, role };
}
