import type { Caller } from '../domain/caller.ts';
import type { UserId } from '../domain/ids.ts';
import { passwordFault } from '../domain/password-rules.ts';
import { Problem } from '../domain/problem.ts';
import type { User } from '../domain/tenant.ts';
import { checkPassword, hashPassword } from './check-password.ts';
import { userNotFound } from './read-users.ts';
import { type SaveUserPorts, saveUser } from './save-user.ts';
import { type ThrottlePorts, throttled } from './throttle-attempts.ts';

export interface ChangePasswordPorts extends SaveUserPorts, ThrottlePorts {
  readonly catalog: SaveUserPorts['catalog'] & ThrottlePorts['catalog'];
}

export interface PasswordChange {
  readonly userId: UserId;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Where the request came from, as `RequestOrigin` has it. */
  readonly source: string;
}

/**
 * Sets one's own password, for who knows the old one. All tokens end with it, and a reset that stood; keys do not. Wrong old
 * passwords count as failed sign-ins: whoever has found a token is not to find the password by it.
 * @throws Problem `not_found` for another user; `forbidden` for a wrong old password; `invalid_parameter` for a weak one;
 * `over_rate` after too many wrong ones
 */
export async function changePassword(
  ports: ChangePasswordPorts,
  caller: Caller,
  { userId, currentPassword, newPassword, source }: PasswordChange,
): Promise<User> {
  const user = userId === caller.userId ? await ports.catalog.findUser(caller.tenantId, userId) : undefined;
  if (!user) throw userNotFound(userId);
  if (user.passwordHash === undefined)
    throw new Problem('incorrect_state', 'The user has no password; an administrator can give a reset.');
  const by = { source, address: user.email };
  const isRight = await throttled(
    ports,
    by,
    async () => (await checkPassword(currentPassword, user.passwordHash)) || undefined,
  );
  if (!isRight) throw new Problem('forbidden', 'current_password is not the password of this user.');
  assertGoodPassword('new_password', newPassword, user);
  const passwordHash = await hashPassword(newPassword);
  return saveUser(ports, caller, { userId }, ({ invite: _, ...now }) => {
    if (now.passwordHash !== user.passwordHash)
      throw new Problem('incorrect_state', 'The password was changed meanwhile; sign in again.');
    return { ...now, passwordHash };
  });
}

/**
 * @param parameter what the body calls it
 * @throws Problem `invalid_parameter` that does not repeat the password
 */
export function assertGoodPassword(parameter: string, password: string, user: Pick<User, 'email'>): void {
  const fault = passwordFault(password, user);
  if (fault !== undefined) throw new Problem('invalid_parameter', `${parameter} ${fault}.`, { parameter });
}
