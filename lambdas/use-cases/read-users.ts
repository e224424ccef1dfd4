import { mayDo } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { UserId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

export interface ReadUsersPorts {
  readonly catalog: Pick<Catalog, 'findUser' | 'listUsers'>;
}

/** All users of the tenant, those who have left too, in order of creation. */
export function listUsers({ catalog }: ReadUsersPorts, { tenantId }: Caller): Promise<readonly User[]> {
  return catalog.listUsers(tenantId);
}

/**
 * A user whose account the caller may see and change: oneself, or as an administrator anybody of the tenant.
 * @throws Problem `not_found` for everybody else, whether they exist or not
 */
export async function getUser(
  { catalog }: { readonly catalog: Pick<Catalog, 'findUser'> },
  caller: Caller,
  { userId }: { readonly userId: UserId },
): Promise<User> {
  const mayReach = userId === caller.userId || mayDo(caller, 'administer');
  const user = mayReach ? await catalog.findUser(caller.tenantId, userId) : undefined;
  if (!user) throw userNotFound(userId);
  return user;
}

export function userNotFound(userId: UserId): Problem {
  return new Problem('not_found', `User ${shown(userId)} does not exist.`);
}
