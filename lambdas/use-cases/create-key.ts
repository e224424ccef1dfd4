import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import { parseRfc3339 } from '../domain/coercion/rfc3339.ts';
import type { TokenId } from '../domain/ids.ts';
import { keyExpiryDaysMax, keysPerUserMax, tokensPerTenantMax } from '../domain/limits.ts';
import { Problem } from '../domain/problem.ts';
import type { ApiToken, User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { keyScopeOf, type ScopeRequest } from './key-scope.ts';
import { newApiSecret } from './new-secret.ts';
import { isGood, type KeyOwner } from './read-keys.ts';
import { getUser } from './read-users.ts';

export interface CreateKeyPorts {
  readonly catalog: Pick<Catalog, 'findUser' | 'findSink' | 'listTokens' | 'createToken'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface KeyRequest extends KeyOwner {
  readonly description: string;
  readonly scope?: ScopeRequest;
  /** RFC 3339; without one the key has no end. */
  readonly expiresAt?: string;
}

/** A key with its secret, which is shown this once. */
export interface NewKey {
  readonly key: ApiToken;
  readonly secret: string;
}

const msPerDay = 86_400_000;

/**
 * Makes a key of a user, or a token of the tenant.
 * @throws Problem `not_found` for a user whom the caller does not reach; what `keyScopeOf` throws; `invalid_parameter` for
 * the expiry; `limit_exceeded`; `forbidden` for another user: what that key does would look like theirs
 */
export async function createKey(ports: CreateKeyPorts, caller: Caller, asked: KeyRequest): Promise<NewKey> {
  const { userId, description } = asked;
  const owner = userId === undefined ? undefined : await getUser(ports, caller, { userId });
  if (owner && owner.id !== caller.userId)
    throw new Problem(
      'forbidden',
      'A key is made by whose it is; a program that is nobody gets a token of the tenant.',
    );
  const scope = await keyScopeOf(ports, caller, owner, asked.scope ?? {});
  const expiresAt = expiryOf(ports, asked.expiresAt);
  await assertRoom(ports, caller, owner);
  const { secret, secretHash } = newApiSecret(owner ? 'key' : 'token');
  const key: ApiToken = {
    id: ports.ids.next<TokenId>(),
    tenantId: caller.tenantId,
    ...(owner && { userId: owner.id }),
    description,
    scope,
    createdBy: caller.email,
    secretHash,
    createdAt: new Date(ports.clock.now()).toISOString(),
    ...(expiresAt !== undefined && { expiresAt }),
    revision: 1,
  };
  await ports.catalog.createToken(key);
  return { key, secret };
}

function expiryOf({ clock }: CreateKeyPorts, asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const instant = parseRfc3339(asked);
  const atMs = instant ? instant.seconds * 1_000 + Math.floor(instant.nanos / 1e6) : Number.NaN;
  const nowMs = clock.now();
  if (atMs > nowMs && atMs <= nowMs + keyExpiryDaysMax * msPerDay) return new Date(atMs).toISOString();
  const message = `expires_at is a time to come, like 2027-01-31T00:00:00Z, at most ${keyExpiryDaysMax} days from now, not ${shown(asked)}.`;
  throw new Problem('invalid_parameter', message, { parameter: 'expires_at' });
}

async function assertRoom({ catalog, clock }: CreateKeyPorts, { tenantId }: Caller, owner?: User): Promise<void> {
  const max = owner ? keysPerUserMax : tokensPerTenantMax;
  const count = (await catalog.listTokens(tenantId, owner?.id)).filter((key) => isGood(key, clock.now())).length;
  if (count < max) return;
  const what = owner ? 'keys of this user' : 'tokens';
  throw new Problem('limit_exceeded', `There are ${count} ${what}; ${max} are allowed. Revoke one first.`);
}
