import type { Caller } from '../domain/caller.ts';
import type { UserId } from '../domain/ids.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { userNotFound } from './read-users.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface SaveUserPorts {
  readonly catalog: Pick<Catalog, 'findUser' | 'saveUser'>;
}

export interface SaveStandingPorts {
  readonly catalog: Pick<Catalog, 'listStandings' | 'saveStanding'>;
}

/** Which user, and what is asked of its revision. */
export interface UserChange extends Precondition {
  readonly userId: UserId;
}

/**
 * Reads a user, changes and saves it over the revision that was read; again when someone was faster.
 * @param change gives the user itself when there is nothing to save; throws when it must not be
 * @throws Problem `not_found`; `precondition_failed`; `incorrect_state` when others kept being faster
 */
export function saveUser(
  { catalog }: SaveUserPorts,
  { tenantId }: Pick<Caller, 'tenantId'>,
  { userId, ...precondition }: UserChange,
  change: (user: User) => User,
): Promise<User> {
  return retryConflicts('user', async () => {
    const user = await catalog.findUser(tenantId, userId);
    if (!user) throw userNotFound(userId);
    assertPrecondition(precondition, validatorsOf(user));
    const changed = change(user);
    return changed === user ? user : catalog.saveUser(changed);
  });
}

/**
 * The same for a role or a state, of which the tenant's are changed one at a time: an administrator who is active must be
 * left, also when two are taken away at once.
 * @throws Problem `incorrect_state` besides, when nobody would be left to administer
 */
export function saveStanding(
  { catalog }: SaveStandingPorts,
  { tenantId }: Pick<Caller, 'tenantId'>,
  { userId, ...precondition }: UserChange,
  change: (user: User) => User,
): Promise<User> {
  return retryConflicts('user', async () => {
    const { users, mark } = await catalog.listStandings(tenantId);
    const user = users.find(({ id }) => id === userId);
    if (!user) throw userNotFound(userId);
    assertPrecondition(precondition, validatorsOf(user));
    const changed = change(user);
    if (changed === user) return user;
    if (
      isActiveAdministrator(user) &&
      !isActiveAdministrator(changed) &&
      users.filter(isActiveAdministrator).length < 2
    )
      throw new Problem('incorrect_state', 'This is the last active administrator; make somebody else one first.');
    return catalog.saveStanding(changed, mark);
  });
}

function isActiveAdministrator({ role, state }: User): boolean {
  return role === 'Administrator' && state === 'Active';
}
