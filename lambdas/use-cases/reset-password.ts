import type { Caller } from '../domain/caller.ts';
import type { UserId } from '../domain/ids.ts';
import { resetSecondsMax } from '../domain/limits.ts';
import { Problem } from '../domain/problem.ts';
import type { Clock } from '../ports/clock.ts';
import { type Invited, newInvite } from './invite-user.ts';
import { type SaveUserPorts, saveUser } from './save-user.ts';

/**
 * Gives what lets a user set a new password without the old one, which is good until then. It takes the place of the one
 * before it.
 * @throws Problem `not_found`; `incorrect_state` for a user who is not Active
 */
export async function resetPassword(
  ports: SaveUserPorts & { readonly clock: Clock },
  caller: Caller,
  { userId }: { readonly userId: UserId },
): Promise<Invited> {
  const { secret, invite } = newInvite(
    ports.clock,
    caller,
    { tenantId: caller.tenantId, id: userId },
    'reset',
    resetSecondsMax,
  );
  const user = await saveUser(ports, caller, { userId }, (now) => {
    if (now.state !== 'Active')
      throw new Problem('incorrect_state', `The user is ${now.state}; a reset is for one who is Active.`);
    return { ...now, invite };
  });
  return { user, secret };
}
