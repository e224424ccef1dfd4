import type { Caller } from '../domain/caller.ts';
import { Problem } from '../domain/problem.ts';
import type { User, UserRole, UserState } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { type RevokeKeysPorts, revokeKeys } from './change-key.ts';
import { getUser } from './read-users.ts';
import { type SaveStandingPorts, saveStanding, type UserChange } from './save-user.ts';

export interface StandingChange extends UserChange {
  readonly role?: UserRole;
  /** Active or Deactivated; another one only if it is what it was. */
  readonly state?: UserState;
}

export interface RemoveUserPorts extends RevokeKeysPorts {
  readonly catalog: SaveStandingPorts['catalog'] & RevokeKeysPorts['catalog'] & Pick<Catalog, 'findUser'>;
}

/**
 * Changes the role of a user, or lets them in or not. It holds from the next request on, for tokens and keys too. Who is
 * let in again has their keys as before, and signs in anew.
 * @throws Problem `not_found`; `precondition_failed`; `incorrect_state` for the last active administrator, and for a state
 * that an administrator can't give: who is Open comes by the invite, and who has left by another one
 */
export function changeUser(
  ports: SaveStandingPorts,
  caller: Caller,
  { role, state, ...place }: StandingChange,
): Promise<User> {
  return saveStanding(ports, caller, place, (user) => {
    const next = { role: role ?? user.role, state: state ?? user.state };
    if (next.role === user.role && next.state === user.state) return user;
    if (next.state !== user.state) assertSwitch(user.state, next.state);
    return next.state === 'Deactivated' ? { ...ended(user), ...next } : { ...user, ...next };
  });
}

/**
 * Lets a user go: oneself, or as an administrator anybody. Password, sessions and keys end; an invite makes them Open
 * again. Gone already is harmless.
 * @throws Problem `not_found`; `precondition_failed`; `incorrect_state` for the last active administrator, and who is Open
 */
export async function removeUser(ports: RemoveUserPorts, caller: Caller, place: UserChange): Promise<User> {
  await getUser(ports, caller, place);
  const left = await saveStanding(ports, caller, place, (user) => {
    if (user.state === 'Left') return user;
    if (user.state === 'Open')
      throw new Problem(
        'incorrect_state',
        'The user has not come yet: DELETE /v2/invites/{user_id} takes the invite back.',
      );
    const { passwordHash: _, external: __, ...rest } = ended(user);
    return { ...rest, state: 'Left' };
  });
  await revokeKeys(ports, left);
  return left;
}

/** Without what would let somebody in who comes back: sessions, and a reset that stood. */
function ended({ invite: _, ...user }: User): User {
  return { ...user, sessions: (user.sessions ?? 0) + 1 };
}

function assertSwitch(from: UserState, to: UserState): void {
  const isSwitch = (state: UserState) => state === 'Active' || state === 'Deactivated';
  if (!isSwitch(to))
    throw new Problem('invalid_parameter', `A user is made Active or Deactivated, not ${to}.`, { parameter: 'status' });
  if (!isSwitch(from))
    throw new Problem('incorrect_state', `The user is ${from}; an invite makes them Active.`, { parameter: 'status' });
}
