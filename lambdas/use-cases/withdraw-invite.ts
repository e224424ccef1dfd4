import type { Caller } from '../domain/caller.ts';
import type { UserId } from '../domain/ids.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { userNotFound } from './read-users.ts';
import { retryConflicts } from './retry-conflicts.ts';

/** Those who are invited and have not come, in order of creation; also where the invite has expired. */
export async function listInvited(
  { catalog }: { readonly catalog: Pick<Catalog, 'listUsers'> },
  { tenantId }: Caller,
): Promise<readonly User[]> {
  return (await catalog.listUsers(tenantId)).filter(({ state }) => state === 'Open');
}

/**
 * Takes an invite back: the user is gone, and the address may be invited by anybody.
 * @throws Problem `not_found` also for a user who has come
 */
export function withdrawInvite(
  { catalog }: { readonly catalog: Pick<Catalog, 'findUser' | 'deleteUser'> },
  { tenantId }: Caller,
  { userId }: { readonly userId: UserId },
): Promise<User> {
  return retryConflicts('user', async () => {
    const user = await catalog.findUser(tenantId, userId);
    if (user?.state !== 'Open') throw userNotFound(userId);
    await catalog.deleteUser(user);
    return user;
  });
}
