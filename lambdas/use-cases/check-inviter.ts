import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

/** Whether who made an invite may still let people in. */
export async function isInviterGood(
  { catalog }: { readonly catalog: Pick<Catalog, 'findUser'> },
  { tenantId, invite }: Pick<User, 'tenantId' | 'invite'>,
): Promise<boolean> {
  const inviter = invite && (await catalog.findUser(tenantId, invite.invitedById));
  return inviter?.state === 'Active' && inviter.role === 'Administrator';
}
