import type { RequestOrigin } from '../domain/audit.ts';
import { Problem } from '../domain/problem.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { ForeignIdentity } from '../ports/foreign-issuer.ts';
import { isInviterGood } from './check-inviter.ts';
import { audited, type RecordAuditPorts } from './record-audit.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface ForeignUserPorts {
  readonly catalog: Pick<Catalog, 'findUserByExternal' | 'findUserByEmail' | 'findUser'>;
  /** What binding needs; a function without it finds those who are bound already. */
  readonly binding?: RecordAuditPorts & {
    readonly catalog: RecordAuditPorts['catalog'] & Pick<Catalog, 'bindExternal'>;
  };
}

/** Name of the entry in the audit log that a first call leaves. */
const bindOperation = 'bindIdentity';

/**
 * The user whom an external issuer names. Its subject decides; the address only where nothing is bound yet, and then the
 * subject is bound to the user, who becomes Active if there is an invite for them.
 * @throws Problem `unauthorized` for whoever does not belong here, with what to do
 */
export function identifyForeignUser(
  ports: ForeignUserPorts,
  identity: ForeignIdentity,
  origin: RequestOrigin,
): Promise<User> {
  return retryConflicts('user', async () => {
    const known = await ports.catalog.findUserByExternal(identity.issuer, identity.subject);
    if (known?.state === 'Active') return known;
    const user = known ?? (await userToBind(ports, identity));
    const { clock } = ports.binding ?? {};
    const isInvited = clock && hasInvite(user, clock.now()) && (await isInviterGood(ports, user));
    if (user.state !== 'Active' && !isInvited) throw refusalOf(user);
    return bind(ports, user, identity, origin);
  });
}

/** @throws Problem where nobody may be bound to this identity */
async function userToBind({ catalog, binding }: ForeignUserPorts, identity: ForeignIdentity): Promise<User> {
  if (!binding)
    throw new Problem(
      'unauthorized',
      'The identity is not bound to a user yet: call GET /v2/databases once with this token, then this again.',
    );
  if (identity.email === undefined || !identity.isEmailVerified)
    throw new Problem(
      'unauthorized',
      'The issuer does not vouch for an e-mail address in this token, and its subject is bound to no user. A first call needs a token with email and email_verified.',
    );
  const user = await catalog.findUserByEmail(identity.email);
  if (!user)
    throw new Problem('unauthorized', 'Nobody is invited under the address of this token; ask an administrator.');
  if (user.external)
    throw new Problem(
      'unauthorized',
      'The address of this token is of a user who is bound to another identity. Whoever has the address now needs an address of their own.',
    );
  return user;
}

async function bind(
  { binding }: ForeignUserPorts,
  user: User,
  { issuer, subject }: ForeignIdentity,
  origin: RequestOrigin,
): Promise<User> {
  if (!binding) throw refusalOf(user);
  const { invite, ...rest } = user;
  // A reset stays: it is about the password alone.
  const kept = invite?.kind === 'reset' ? { invite } : {};
  const bound: User = { ...rest, ...kept, state: 'Active', external: { issuer, subject } };
  const { tenantId, id: userId, email } = user;
  const target = { user_id: userId, issuer };
  const change = { tenantId, actor: { userId, email }, operation: bindOperation, target, origin };
  return audited(binding, change, () => binding.catalog.bindExternal(bound));
}

function hasInvite({ state, invite }: User, nowMs: number): boolean {
  return state === 'Open' && invite?.kind === 'invite' && Date.parse(invite.expiresAt) > nowMs;
}

function refusalOf({ state }: User): Problem {
  if (state !== 'Open') return new Problem('unauthorized', `The user is ${state}.`);
  return new Problem(
    'unauthorized',
    'The user has not come yet: a first call takes an invite that has not expired, and is GET /v2/databases.',
  );
}
