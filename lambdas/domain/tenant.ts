import type { TenantId, TokenId, UserId } from './ids.ts';

/** The boundary of isolation: everything belongs to one tenant, and none sees another's. */
export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
  readonly createdAt: string;
}

export type UserRole = 'Administrator' | 'User';
export type UserState = 'Active' | 'Deactivated';

export interface User {
  readonly id: UserId;
  readonly tenantId: TenantId;
  /** Lower-cased; unique over all tenants, because the token call names nobody else. */
  readonly email: string;
  /** scrypt, with its parameters and salt in front. Never leaves the catalog. */
  readonly passwordHash: string;
  readonly role: UserRole;
  readonly state: UserState;
  readonly createdAt: string;
  readonly revision: number;
}

/** A random API key or token; only its SHA-256 is stored. */
export interface ApiToken {
  readonly id: TokenId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly description: string;
  /** Lower-case hex SHA-256 of the secret. */
  readonly secretHash: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly revision: number;
}
