import type { TenantId, TokenId, UserId } from '../../domain/ids.ts';
import type { ApiToken, Tenant, User } from '../../domain/tenant.ts';

/** Tenants, their users and their API tokens. */
export interface Identities {
  createTenant(tenant: Tenant): Promise<void>;
  findTenant(id: TenantId): Promise<Tenant | undefined>;
  listTenants(): Promise<readonly Tenant[]>;

  /** False: the e-mail address is taken, by whatever tenant. */
  createUser(user: User): Promise<boolean>;
  findUser(tenantId: TenantId, id: UserId): Promise<User | undefined>;
  findUserByEmail(email: string): Promise<User | undefined>;
  listUsers(tenantId: TenantId): Promise<readonly User[]>;
  /** Saves over the stored revision `user.revision`; throws `RevisionConflict` if it is another. The e-mail is fixed. */
  saveUser(user: User): Promise<User>;

  createToken(token: ApiToken): Promise<void>;
  /** By lower-case hex SHA-256 of the secret, over all tenants. */
  findToken(secretHash: string): Promise<ApiToken | undefined>;
  /** The keys of a user, or (undefined) the tokens of the tenant that are nobody's, in order of creation. */
  listTokens(tenantId: TenantId, userId: UserId | undefined): Promise<readonly ApiToken[]>;
  findTokenById(tenantId: TenantId, id: TokenId): Promise<ApiToken | undefined>;
  saveToken(token: ApiToken): Promise<ApiToken>;
}
