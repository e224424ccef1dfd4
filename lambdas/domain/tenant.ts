import type { TenantId, TokenId, UserId } from './ids.ts';
import type { Scope } from './scope.ts';

/** The boundary of isolation: everything belongs to one tenant, and none sees another's. */
export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
  readonly createdAt: string;
}

export type UserRole = 'Administrator' | 'User';
/** Open: invited, and has not come yet. Left: gone, and may be invited again. Only Active users get in. */
export type UserState = 'Open' | 'Active' | 'Deactivated' | 'Left';

/** What lets somebody set their password once, without the old one. Only the SHA-256 of its secret is stored. */
export interface Invite {
  /** `reset`: for a user who is there and has forgotten theirs. */
  readonly kind: 'invite' | 'reset';
  /** Lower-case hex SHA-256 of the secret. */
  readonly secretHash: string;
  readonly expiresAt: string;
  readonly invitedAt: string;
  readonly invitedBy: string;
  /** Whoever is let in must be wanted by an administrator who still is one. */
  readonly invitedById: UserId;
}

export interface User {
  readonly id: UserId;
  readonly tenantId: TenantId;
  /** Lower-cased; unique over all tenants, because the token call names nobody else. */
  readonly email: string;
  /** scrypt, with its parameters and salt in front. Never leaves the catalog. None: the user cannot sign in by password. */
  readonly passwordHash?: string;
  /** Grows when the user ends all sessions; their tokens carry it (through `sessionMark`). 0 unless given. */
  readonly sessions?: number;
  /** The one that stands, if one does. */
  readonly invite?: Invite;
  /** Who they are at the external issuer that is trusted; bound when they first come from there. */
  readonly external?: { readonly issuer: string; readonly subject: string };
  readonly role: UserRole;
  readonly state: UserState;
  readonly createdAt: string;
  readonly revision: number;
}

/** A random secret that opens calls: the API key of a user, or a token of the tenant. Only its SHA-256 is stored. */
export interface ApiToken {
  readonly id: TokenId;
  readonly tenantId: TenantId;
  /** Whose key it is, and with whom it ends. None: the tenant's, which outlives the user who made it. */
  readonly userId?: UserId;
  readonly description: string;
  /** What it is good for. None (keys made before there were scopes): all that `defaultKeyVerbs` holds. */
  readonly scope?: Scope;
  readonly createdBy?: string;
  /** Lower-case hex SHA-256 of the secret. */
  readonly secretHash: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly revision: number;
}
