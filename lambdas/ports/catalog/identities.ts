import type { TenantId, TokenId, UserId } from '../../domain/ids.ts';
import type { ApiToken, Tenant, User } from '../../domain/tenant.ts';

/** The users of a tenant as they stood at one moment, or later. */
export interface Standings {
  readonly users: readonly User[];
  /** Grows with every `saveStanding` of the tenant; read before the users. */
  readonly mark: number;
}

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
  /** The user who is bound to this subject of an external issuer. */
  findUserByExternal(issuer: string, subject: string): Promise<User | undefined>;
  /**
   * Saves as `saveUser` does, and makes `user.external` lead to the user; throws `RevisionConflict` also where it leads to
   * another user who is bound to it.
   */
  bindExternal(user: User): Promise<User>;
  /** What a decision about roles and states needs, for `saveStanding`. */
  listStandings(tenantId: TenantId): Promise<Standings>;
  /**
   * Saves a user as `saveUser` does, provided that no role or state of the tenant was saved this way since `mark`: else
   * `RevisionConflict`. For changes that may leave a tenant without administrators; those that add one need it not.
   */
  saveStanding(user: User, mark: number): Promise<User>;
  /** Removes a user and frees the e-mail address; `RevisionConflict` where another revision is stored, or none. */
  deleteUser(user: User): Promise<void>;

  createToken(token: ApiToken): Promise<void>;
  /** By lower-case hex SHA-256 of the secret, over all tenants. */
  findToken(secretHash: string): Promise<ApiToken | undefined>;
  /**
   * The keys of a user, or (undefined) the tokens of the tenant that are nobody's, in order of creation. They go
   * `deadKeyDays` after they were revoked or have expired.
   */
  listTokens(tenantId: TenantId, userId: UserId | undefined): Promise<readonly ApiToken[]>;
  findTokenById(tenantId: TenantId, id: TokenId): Promise<ApiToken | undefined>;
  saveToken(token: ApiToken): Promise<ApiToken>;
}
