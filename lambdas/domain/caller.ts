import type { TenantId, UserId } from './ids.ts';
import type { UserRole } from './tenant.ts';

/** Who asks, as authentication found out. The tenant comes from here and never from a URL. */
export interface Caller {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly email: string;
  readonly role: UserRole;
}
