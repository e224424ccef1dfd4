import type { Caller } from '../domain/caller.ts';
import type { UserId } from '../domain/ids.ts';
import type { User } from '../domain/tenant.ts';
import { getUser } from './read-users.ts';
import { type SaveUserPorts, saveUser } from './save-user.ts';

/**
 * Ends all sessions of a user: every Id, Access and Refresh token that they have. Keys are no sessions, and stay.
 * @throws Problem `not_found` unless the user is oneself, or the caller an administrator
 */
export async function endSessions(
  ports: SaveUserPorts,
  caller: Caller,
  { userId }: { readonly userId: UserId },
): Promise<User> {
  await getUser(ports, caller, { userId });
  return saveUser(ports, caller, { userId }, (user) => ({ ...user, sessions: (user.sessions ?? 0) + 1 }));
}
