import type { Caller } from '../domain/caller.ts';
import type { UserId } from '../domain/ids.ts';
import { inviteSecondsMax, usersPerTenantMax } from '../domain/limits.ts';
import { emailAddressOf } from '../domain/naming/email-address.ts';
import { Problem } from '../domain/problem.ts';
import type { Invite, User, UserRole } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { type RevokeKeysPorts, revokeKeys } from './change-key.ts';
import { newInviteSecret } from './new-secret.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface InviteUserPorts {
  readonly catalog: Pick<Catalog, 'listUsers' | 'findUserByEmail' | 'createUser' | 'saveUser'> &
    RevokeKeysPorts['catalog'];
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** A user with the secret of their invite or reset, which is shown this once. */
export interface Invited {
  readonly user: User;
  readonly secret: string;
}

/**
 * Invites somebody: makes a user who is Open until they accept. Who is Open already gets a new invite in place of the old
 * one, who has left is Open again, with none of the keys from before.
 * @throws Problem `invalid_parameter` for what is no address; `already_exists` for one that is in use, here or elsewhere
 */
export async function inviteUser(
  ports: InviteUserPorts,
  caller: Caller,
  asked: { readonly email: string; readonly role?: UserRole },
): Promise<Invited> {
  const email = emailAddressOf(asked.email);
  if (email === undefined)
    throw new Problem('invalid_parameter', 'email must be an e-mail address.', { parameter: 'email' });
  await assertRoom(ports, caller, email);
  return retryConflicts('user', async () => {
    const known = await ports.catalog.findUserByEmail(email);
    if (!known) return firstInvite(ports, caller, { email, role: asked.role ?? 'User' });
    if (known.tenantId !== caller.tenantId || (known.state !== 'Open' && known.state !== 'Left')) throw inUse();
    if (known.state === 'Left') await revokeKeys(ports, known);
    const { secret, invite } = newInvite(ports.clock, caller, known, 'invite');
    const role = asked.role ?? (known.state === 'Open' ? known.role : 'User');
    return { secret, user: await ports.catalog.saveUser({ ...known, role, state: 'Open', invite }) };
  });
}

/** An invite or reset of a user, to be saved with them. */
export function newInvite(
  clock: Clock,
  caller: Caller,
  user: Pick<User, 'tenantId' | 'id'>,
  kind: Invite['kind'],
  seconds = inviteSecondsMax,
): { readonly secret: string; readonly invite: Invite } {
  const { secret, secretHash } = newInviteSecret(user);
  const nowMs = clock.now();
  const [invitedAt, expiresAt] = [nowMs, nowMs + seconds * 1_000].map((ms) => new Date(ms).toISOString());
  return {
    secret,
    invite: {
      kind,
      secretHash,
      expiresAt: expiresAt!,
      invitedAt: invitedAt!,
      invitedBy: caller.email,
      invitedById: signedIn(caller),
    },
  };
}

/** Invites need a sign-in (`http/authorization.ts`). */
function signedIn({ userId }: Caller): UserId {
  if (userId === undefined) throw new Problem('forbidden', 'A token of the tenant invites nobody.');
  return userId;
}

async function firstInvite(
  { catalog, clock, ids }: InviteUserPorts,
  caller: Caller,
  { email, role }: { readonly email: string; readonly role: UserRole },
): Promise<Invited> {
  const place = { id: ids.next<UserId>(), tenantId: caller.tenantId };
  const { secret, invite } = newInvite(clock, caller, place, 'invite');
  const user: User = { ...place, email, role, state: 'Open', invite, createdAt: invite.invitedAt, revision: 1 };
  if (!(await catalog.createUser(user))) throw inUse();
  return { user, secret };
}

async function assertRoom({ catalog }: InviteUserPorts, { tenantId }: Caller, email: string): Promise<void> {
  const there = (await catalog.listUsers(tenantId)).filter(({ state }) => state !== 'Left');
  if (there.length < usersPerTenantMax || there.some((user) => user.email === email)) return;
  const message = `There are ${there.length} users; ${usersPerTenantMax} are allowed. Remove one first.`;
  throw new Problem('limit_exceeded', message);
}

function inUse(): Problem {
  return new Problem('already_exists', 'The e-mail address is in use by somebody who is not to be invited.');
}
