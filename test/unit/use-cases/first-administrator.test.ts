import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TenantId } from '../../../lambdas/domain/ids.ts';
import { ensureFirstAdministrator } from '../../../lambdas/use-cases/first-administrator.ts';
import { signIn } from '../../../lambdas/use-cases/sign-in.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { newUser } from '../../support/new-user.ts';

const origin = { source: '192.0.2.7', requestId: 'r1' };

describe('the first administrator', () => {
  let plane: ControlPlane;
  beforeEach(async () => {
    plane = await openControlPlane();
  });
  afterEach(() => plane?.close());

  it('is made from what is given, and can sign in', async () => {
    const given = { email: ' Ann@Example.com', password: 'correct horse' };
    expect(await ensureFirstAdministrator(plane.ports, given)).toEqual({ email: 'ann@example.com', created: true });
    await signIn(plane.ports, { username: 'ann@example.com', password: 'correct horse', origin });
    const [tenant, ...others] = await plane.ports.catalog.listTenants();
    expect(others).toEqual([]);
    expect(await plane.ports.catalog.listUsers(tenant!.id)).toMatchObject([
      { email: 'ann@example.com', role: 'Administrator', state: 'Active', tenantId: tenant!.id },
    ]);
  });

  it.each([{}, { email: '', password: '' }])('is made up when given %j: the password is told once', async (given) => {
    const made = await ensureFirstAdministrator(plane.ports, given);
    expect(made).toEqual({
      email: 'admin@headgate.local',
      password: expect.stringMatching(/^[A-HJ-NP-Za-km-z2-9]{20}$/),
      created: true,
    });
    await signIn(plane.ports, { username: made.email, password: made.password!, origin });
    expect(await ensureFirstAdministrator(plane.ports, given)).toEqual({ email: made.email, created: false });
  });

  it('makes up another password each time', async () => {
    const other = await openControlPlane();
    const made = [await ensureFirstAdministrator(plane.ports, {}), await ensureFirstAdministrator(other.ports, {})];
    await other.close();
    expect(made[0]!.password).not.toBe(made[1]!.password);
  });

  it('stays as it is once somebody exists, whatever is given', async () => {
    const user = await newUser(plane);
    const given = { email: 'eve@example.com', password: 'battery staple' };
    expect(await ensureFirstAdministrator(plane.ports, given)).toEqual({ email: user.email, created: false });
    expect(await plane.ports.catalog.findUserByEmail('eve@example.com')).toBeUndefined();
  });

  it('moves into the tenant that a broken-off first start left', async () => {
    const id = 'left-over' as TenantId;
    await plane.ports.catalog.createTenant({ id, name: 'default', createdAt: '' });
    await ensureFirstAdministrator(plane.ports, {});
    expect(await plane.ports.catalog.listTenants()).toHaveLength(1);
    expect(await plane.ports.catalog.listUsers(id)).toHaveLength(1);
  });

  it('is made once by two starts at the same time', async () => {
    const made = await Promise.all([
      ensureFirstAdministrator(plane.ports, {}),
      ensureFirstAdministrator(plane.ports, {}),
    ]);
    expect(made.map(({ created }) => created).sort()).toEqual([false, true]);
    const winner = made.find(({ created }) => created)!;
    await signIn(plane.ports, { username: winner.email, password: winner.password!, origin });
  });
});
