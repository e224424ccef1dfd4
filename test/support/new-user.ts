import type { TenantId, UserId } from '../../lambdas/domain/ids.ts';
import type { User } from '../../lambdas/domain/tenant.ts';
import { hashPassword } from '../../lambdas/use-cases/check-password.ts';
import type { ControlPlane } from './control-plane.ts';

let made = 0;

/** A user in a tenant of their own, with this password or one that nobody knows. */
export async function newUser(
  { ports }: ControlPlane,
  password?: string,
  state: User['state'] = 'Active',
): Promise<User> {
  made += 1;
  const user: User = {
    id: ports.ids.next<UserId>(),
    tenantId: ports.ids.next<TenantId>(),
    email: `user${made}@example.com`,
    passwordHash: password === undefined ? 'unknown' : await hashPassword(password),
    role: 'Administrator',
    state,
    createdAt: '2026-01-01T00:00:00.000Z',
    revision: 1,
  };
  await ports.catalog.createTenant({ id: user.tenantId, name: `tenant${made}`, createdAt: '2026-01-01T00:00:00.000Z' });
  if (!(await ports.catalog.createUser(user))) throw new Error(`${user.email} is taken`);
  return user;
}
