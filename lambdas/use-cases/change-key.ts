import type { Caller } from '../domain/caller.ts';
import { assertPrecondition, type Precondition } from '../domain/precondition.ts';
import type { ApiToken, User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import { getKey, type KeyPlace, keyValidator, type ReadKeysPorts } from './read-keys.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface RevokeKeysPorts {
  readonly catalog: Pick<Catalog, 'listTokens' | 'findTokenById' | 'saveToken'>;
  readonly clock: Clock;
}

/** Ports of what changes one key. */
export interface ChangeKeyPorts {
  readonly catalog: ReadKeysPorts['catalog'] & Pick<Catalog, 'saveToken'>;
  readonly clock: Clock;
}

/**
 * Ends a key for good, from the next request on; what goes on under it is finished. Revoked already is harmless.
 * @throws Problem `not_found`; `precondition_failed`
 */
export function revokeKey(ports: ChangeKeyPorts, caller: Caller, place: KeyPlace & Precondition): Promise<ApiToken> {
  return changeKey(ports, caller, place, (key) => revoked(key, ports.clock));
}

/**
 * Gives a key another description; nothing else of it can change.
 * @throws Problem `not_found`; `precondition_failed`
 */
export function renameKey(
  ports: ChangeKeyPorts,
  caller: Caller,
  { description, ...place }: KeyPlace & Precondition & { readonly description: string },
): Promise<ApiToken> {
  return changeKey(ports, caller, place, (key) => ({ ...key, description }));
}

/** Ends all keys of a user who leaves. A key that is made meanwhile finds them gone. */
export async function revokeKeys({ catalog, clock }: RevokeKeysPorts, { tenantId, id }: User): Promise<void> {
  const keys = await catalog.listTokens(tenantId, id);
  const standing = keys.filter(({ revokedAt }) => revokedAt === undefined);
  for (const { id: keyId } of standing)
    await retryConflicts('key', async () => {
      const key = await catalog.findTokenById(tenantId, keyId);
      if (key && key.revokedAt === undefined) await catalog.saveToken(revoked(key, clock));
    });
}

function revoked(key: ApiToken, clock: Clock): ApiToken {
  return key.revokedAt === undefined ? { ...key, revokedAt: new Date(clock.now()).toISOString() } : key;
}

function changeKey(
  ports: ChangeKeyPorts,
  caller: Caller,
  { userId, keyId, ...precondition }: KeyPlace & Precondition,
  change: (key: ApiToken) => ApiToken,
): Promise<ApiToken> {
  return retryConflicts('key', async () => {
    const key = await getKey(ports, caller, { keyId, ...(userId !== undefined && { userId }) });
    assertPrecondition(precondition, [keyValidator(key, ports.clock.now())]);
    const changed = change(key);
    return changed === key ? key : ports.catalog.saveToken(changed);
  });
}
