import { Problem } from '../domain/problem.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import { assertGoodPassword } from './change-password.ts';
import { isInviterGood } from './check-inviter.ts';
import { hashPassword } from './check-password.ts';
import { inviteeOf, isSecretOf } from './new-secret.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface AcceptInvitePorts {
  readonly catalog: Pick<Catalog, 'findUser' | 'saveUser'>;
  readonly clock: Clock;
}

/**
 * Sets the password of whoever holds the secret of an invite or a reset, once; who was Open is Active then. Neither the
 * refusal nor the time it takes tells whether a secret that is not good is of nobody, of another or was used: the costly
 * part comes after it was found to be good. Who has the right secret is told that it has expired.
 * @param around saves, and tells the audit log of it: until the secret was found to be good there is nobody to tell of
 * @throws Problem `unauthorized`; `invalid_parameter` for a password that is too weak, and then the secret stays good
 */
export async function acceptInvite(
  { catalog, clock }: AcceptInvitePorts,
  { secret, password }: { readonly secret: string; readonly password: string },
  around: (user: User, save: () => Promise<User>) => Promise<User> = (_, save) => save(),
): Promise<User> {
  const invitee = inviteeOf(secret);
  let passwordHash: string | undefined;
  return retryConflicts('user', async () => {
    const user = invitee && (await catalog.findUser(invitee.tenantId, invitee.userId));
    const isRight = isSecretOf(secret, user?.invite?.secretHash);
    if (!user?.invite || !isRight || !awaits(user) || !(await isInviterGood({ catalog }, user))) throw notGood();
    if (Date.parse(user.invite.expiresAt) <= clock.now())
      throw new Problem('unauthorized', 'The invite has expired; ask an administrator for another one.');
    assertGoodPassword('password', password, user);
    passwordHash ??= await hashPassword(password);
    const { invite: _, ...accepted } = user;
    const saved: User = { ...accepted, passwordHash, state: 'Active' };
    return around(user, () => catalog.saveUser(saved));
  });
}

/** An invite is for who is Open, a reset for who is Active: it opens nothing that an administrator has closed. */
function awaits({ state, invite }: User): boolean {
  return state === (invite?.kind === 'reset' ? 'Active' : 'Open');
}

function notGood(): Problem {
  return new Problem(
    'unauthorized',
    'The invite is not one that is good: it may have been used, replaced or taken back, or whoever made it is no administrator any more.',
  );
}
