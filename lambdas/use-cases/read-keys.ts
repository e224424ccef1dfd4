import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { TokenId, UserId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { ApiToken } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { getUser } from './read-users.ts';

/** Whose keys: a user's, or (undefined) the tokens of the tenant. */
export interface KeyOwner {
  readonly userId?: UserId;
}

export interface KeyPlace extends KeyOwner {
  readonly keyId: TokenId;
}

export interface ReadKeysPorts {
  readonly catalog: Pick<Catalog, 'findUser' | 'listTokens' | 'findTokenById'>;
}

/**
 * The keys of a user, or the tokens of the tenant, in order of creation, with those that ended lately.
 * @throws Problem `not_found` for a user whom the caller does not reach
 */
export async function listKeys(
  ports: ReadKeysPorts,
  caller: Caller,
  { userId }: KeyOwner,
): Promise<readonly ApiToken[]> {
  if (userId !== undefined) await getUser(ports, caller, { userId });
  return ports.catalog.listTokens(caller.tenantId, userId);
}

/** @throws Problem `not_found` for a key of another owner, and for a user whom the caller does not reach */
export async function getKey(ports: ReadKeysPorts, caller: Caller, { userId, keyId }: KeyPlace): Promise<ApiToken> {
  if (userId !== undefined) await getUser(ports, caller, { userId });
  const key = await ports.catalog.findTokenById(caller.tenantId, keyId);
  if (!key || key.userId !== userId) throw keyNotFound({ keyId, ...(userId !== undefined && { userId }) });
  return key;
}

/** Whether a key opens calls now, as far as it depends on the key. */
export function isGood({ revokedAt, expiresAt }: ApiToken, nowMs: number): boolean {
  return revokedAt === undefined && (expiresAt === undefined || Date.parse(expiresAt) > nowMs);
}

/** What names a state of a key as it is shown: time alone makes it another one, when it expires. */
export function keyValidator(key: ApiToken, nowMs: number): string {
  return key.revokedAt === undefined && !isGood(key, nowMs) ? `${key.revision}-expired` : String(key.revision);
}

function keyNotFound({ userId, keyId }: KeyPlace): Problem {
  return new Problem('not_found', `${userId === undefined ? 'Token' : 'Key'} ${shown(keyId)} does not exist.`);
}
