import { mayDo } from '../../../domain/access.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { SinkId } from '../../../domain/ids.ts';
import { keyDescriptionLengthMax } from '../../../domain/limits.ts';
import { Problem } from '../../../domain/problem.ts';
import { defaultKeyVerbs, type Scope, verbs } from '../../../domain/scope.ts';
import type { ApiToken, User } from '../../../domain/tenant.ts';
import type { V2CreateKeyBody } from '../../../generated/request-bodies.ts';
import type { KeyRequest } from '../../../use-cases/create-key.ts';
import type { Invited } from '../../../use-cases/invite-user.ts';
import { isGood } from '../../../use-cases/read-keys.ts';

/** A user as /v2 shows one, and as PUT takes it back. No hash of anything is in it. */
export function userView(user: User): object {
  const { id, email, role, state, tenantId, createdAt, invite, external, passwordHash, revision } = user;
  return {
    id,
    type: 'user',
    email,
    role,
    status: state,
    tenant_id: tenantId,
    created_at: createdAt,
    has_password: passwordHash !== undefined,
    ...(external && { external }),
    ...(invite && { invite: inviteTimes(invite) }),
    revision,
  };
}

/** Who asks, as they see themselves: a user, with the key that was used if one was. */
export function callerView(caller: Caller, user: User): object {
  return { ...userView(user), ...rightsOf(caller) };
}

/** Who asks where a token of the tenant does, which is nobody's. */
export function tokenCallerView(caller: Caller, token: ApiToken): object {
  const { id, description, tenantId, revision } = token;
  const rights = rightsOf(caller);
  return {
    id,
    type: 'token',
    description,
    role: caller.role,
    status: 'Active',
    tenant_id: tenantId,
    ...rights,
    revision,
  };
}

function rightsOf(caller: Caller): object {
  const { tokenId, scope } = caller;
  return {
    verbs: verbs.filter((verb) => mayDo(caller, verb)),
    ...(tokenId !== undefined && { key_id: tokenId }),
    ...(scope && { scope: scopeView(scope) }),
  };
}

/** An invite: of whom, for what and until when. */
export function inviteView({ id, email, role, state, invite }: User): object {
  return { id, user_id: id, email, role, status: state, ...(invite && inviteTimes(invite)) };
}

/** An invite or reset that was just made, with its secret, which is never the last key: shell clients cut it out. */
export function newInviteView({ user, secret }: Invited): object {
  return { id: user.id, token: secret, ...inviteView(user) };
}

function inviteTimes({ kind, expiresAt, invitedAt, invitedBy }: NonNullable<User['invite']>): object {
  return { kind, expires_at: expiresAt, invited_at: invitedAt, invited_by: invitedBy };
}

/**
 * A key or token as /v2 shows one, and as PUT takes it back.
 * @param secret shown when the key was just made, and never again
 */
export function keyView(key: ApiToken, nowMs: number, secret?: string): object {
  const {
    id,
    userId,
    description,
    scope = { verbs: defaultKeyVerbs },
    createdAt,
    createdBy,
    expiresAt,
    revokedAt,
  } = key;
  return {
    id,
    ...(secret !== undefined && { secret }),
    description,
    status: revokedAt !== undefined ? 'Revoked' : isGood(key, nowMs) ? 'Active' : 'Expired',
    scope: scopeView(scope),
    ...(userId !== undefined && { user_id: userId }),
    created_at: createdAt,
    created_by: createdBy ?? null,
    expires_at: expiresAt ?? null,
    revoked_at: revokedAt ?? null,
    revision: key.revision,
  };
}

function scopeView({ verbs, sinks }: Scope): object {
  return { verbs, ...(sinks && { sinks }) };
}

/** @throws Problem for a description that is none */
export function keyRequestOf({ description, scope, expires_at: expiresAt }: V2CreateKeyBody): KeyRequest {
  const { verbs, sinks } = scope ?? {};
  return {
    description: descriptionOf(description),
    scope: { ...(verbs && { verbs }), ...(sinks && { sinks: sinks as readonly string[] as readonly SinkId[] }) },
    ...(typeof expiresAt === 'string' && { expiresAt }),
  };
}

/** @throws Problem for a description that is empty or too long */
export function descriptionOf(text: string): string {
  const length = text.trim().length;
  if (length > 0 && length <= keyDescriptionLengthMax) return text.trim();
  const message = `description has 1 to ${keyDescriptionLengthMax} characters, not ${length}.`;
  throw new Problem('invalid_parameter', message, { parameter: 'description' });
}

/** Members of a view that a PUT may change, and those that tell of the moment or of who asks; the others must be as they were. */
export const userPutFree = ['role', 'status', 'revision', 'invite', 'verbs', 'key_id', 'scope'];
export const keyPutFree = ['description', 'revision', 'status'];
