import type { TenantId, TokenId, UserId } from './ids.ts';
import type { Scope } from './scope.ts';
import type { UserRole } from './tenant.ts';

/** Who asks, as authentication found out. The tenant comes from here and never from a URL. */
export interface Caller {
  readonly tenantId: TenantId;
  /** Absent where a token of the tenant asks, which is nobody's. */
  readonly userId?: UserId;
  /** The key or token that was used, where one was. */
  readonly tokenId?: TokenId;
  /** E-mail address of the user, or the name of the tenant's token: what `owner` and the audit log say. */
  readonly email: string;
  readonly role: UserRole;
  /** What the key or token is good for; without one, all that the role may do. */
  readonly scope?: Scope;
}
