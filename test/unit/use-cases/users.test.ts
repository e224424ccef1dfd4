import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { UserId } from '../../../lambdas/domain/ids.ts';
import { usersPerTenantMax } from '../../../lambdas/domain/limits.ts';
import type { User } from '../../../lambdas/domain/tenant.ts';
import { acceptInvite } from '../../../lambdas/use-cases/accept-invite.ts';
import { changeUser, removeUser } from '../../../lambdas/use-cases/change-user.ts';
import { createKey } from '../../../lambdas/use-cases/create-key.ts';
import { inviteUser } from '../../../lambdas/use-cases/invite-user.ts';
import { listKeys } from '../../../lambdas/use-cases/read-keys.ts';
import { resetPassword } from '../../../lambdas/use-cases/reset-password.ts';
import { withdrawInvite } from '../../../lambdas/use-cases/withdraw-invite.ts';
import { type ControlPlane, openControlPlane, startMs } from '../../support/control-plane.ts';
import { newUser } from '../../support/new-user.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const password = 'purple tractor lemon sky';
const callerOf = ({ tenantId, id: userId, email, role }: User): Caller => ({ tenantId, userId, email, role });

describe('users', () => {
  let plane: ControlPlane;
  /** An administrator, alone in a tenant of their own. */
  let boss: User;
  let made = 0;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    plane.clock.ms = startMs;
    boss = await newUser(plane);
  });

  async function colleague(role: User['role'] = 'Administrator'): Promise<User> {
    made += 1;
    const user: User = { ...boss, id: plane.ports.ids.next<UserId>(), email: `colleague${made}@example.com`, role };
    await plane.ports.catalog.createUser(user);
    return user;
  }
  const invite = (email = `guest-${plane.ports.ids.next()}@example.com`) =>
    inviteUser(plane.ports, callerOf(boss), { email });
  const stored = ({ tenantId, id }: User) => plane.ports.catalog.findUser(tenantId, id);

  describe('the last active administrator', () => {
    it.each<[string, (user: User) => Promise<unknown>]>([
      ['is not demoted', (user) => changeUser(plane.ports, callerOf(user), { userId: user.id, role: 'User' })],
      [
        'is not deactivated',
        (user) => changeUser(plane.ports, callerOf(user), { userId: user.id, state: 'Deactivated' }),
      ],
      ['does not leave', (user) => removeUser(plane.ports, callerOf(user), { userId: user.id })],
    ])('%s', async (_name, change) => {
      const deactivated = await colleague();
      await changeUser(plane.ports, callerOf(boss), { userId: deactivated.id, state: 'Deactivated' });
      await colleague('User');
      await invite();
      expect(await refusalOf(change(boss))).toEqual({
        kind: 'incorrect_state',
        message: expect.stringContaining('last active administrator'),
      });
      expect(await stored(boss)).toEqual(boss);
    });

    it.each([2, 3, 8])('is left when %i demote each other, leave and deactivate at once', async (count) => {
      const all = [boss, ...(await Promise.all(Array.from({ length: count - 1 }, () => colleague())))];
      const ends = all.map((user, i) => {
        const other = all[(i + 1) % count]!;
        if (i % 3 === 0) return changeUser(plane.ports, callerOf(user), { userId: other.id, role: 'User' });
        if (i % 3 === 1) return changeUser(plane.ports, callerOf(user), { userId: other.id, state: 'Deactivated' });
        return removeUser(plane.ports, callerOf(other), { userId: other.id });
      });
      const ended = await Promise.allSettled(ends);
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(count - 1);
      const left = (await plane.ports.catalog.listUsers(boss.tenantId)).filter(
        ({ role, state }) => role === 'Administrator' && state === 'Active',
      );
      expect(left).toHaveLength(1);
    });
  });

  describe('invites', () => {
    it('are good for seven days and once', async () => {
      const { secret, user } = await invite();
      plane.clock.ms += 7 * 86_400_000 - 1;
      const accepted = await acceptInvite(plane.ports, { secret, password });
      expect(accepted).toMatchObject({ id: user.id, state: 'Active', role: 'User' });
      expect(accepted.invite).toBeUndefined();
      expect(await refusalOf(acceptInvite(plane.ports, { secret, password }))).toMatchObject({ kind: 'unauthorized' });
      const late = await invite();
      plane.clock.ms += 7 * 86_400_000;
      expect(await refusalOf(acceptInvite(plane.ports, { secret: late.secret, password }))).toEqual({
        kind: 'unauthorized',
        message: expect.stringContaining('has expired'),
      });
    });

    it('are accepted by one of many who do so at once', async () => {
      const { secret } = await invite();
      const tries = Array.from({ length: 5 }, (_, i) => acceptInvite(plane.ports, { secret, password: password + i }));
      const done = await Promise.allSettled(tries);
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('are all refused alike when they are not good', async () => {
      const used = await invite();
      await acceptInvite(plane.ports, { secret: used.secret, password });
      const replaced = await invite();
      const again = await invite(replaced.user.email);
      const withdrawn = await invite();
      await withdrawInvite(plane.ports, callerOf(boss), { userId: withdrawn.user.id });
      const unknown = again.secret.replace(/.{5}$/, 'AAAAA');
      const nobodys = again.secret.replace(again.user.id, plane.ports.ids.next());
      const elsewhere = again.secret.replace(boss.tenantId, plane.ports.ids.next());
      const refusals = await Promise.all(
        [used.secret, replaced.secret, withdrawn.secret, unknown, nobodys, elsewhere, 'nonsense', ''].map((secret) =>
          refusalOf(acceptInvite(plane.ports, { secret, password })),
        ),
      );
      expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
      expect(refusals[0]).toMatchObject({ kind: 'unauthorized' });
      expect(await acceptInvite(plane.ports, { secret: again.secret, password })).toMatchObject({ state: 'Active' });
    });

    it('stay good when the password is too weak', async () => {
      const { secret } = await invite();
      const weak = await refusalOf(acceptInvite(plane.ports, { secret, password: 'password1234' }));
      expect(weak).toMatchObject({ kind: 'invalid_parameter' });
      expect(weak.message).not.toContain('password1234');
      await acceptInvite(plane.ports, { secret, password });
    });

    it('store nothing that opens an account', async () => {
      const { secret, user } = await invite();
      expect(secret).toMatch(/^hgi_[\w-]{95}$/);
      expect(JSON.stringify(await stored(user))).not.toContain(secret.slice(-43));
    });

    it('bring back who has left, with none of their keys', async () => {
      const leaver = await colleague('User');
      const { key } = await createKey(plane.ports, callerOf(leaver), { userId: leaver.id, description: 'a key' });
      const left = await removeUser(plane.ports, callerOf(leaver), { userId: leaver.id });
      expect(left).toMatchObject({ state: 'Left' });
      expect(left.passwordHash).toBeUndefined();
      const { secret, user } = await invite(leaver.email);
      expect(user).toMatchObject({ id: leaver.id, state: 'Open' });
      const back = await acceptInvite(plane.ports, { secret, password });
      expect(await listKeys(plane.ports, callerOf(back), { userId: back.id })).toEqual([
        { ...key, revokedAt: new Date(startMs).toISOString(), revision: 2 },
      ]);
    });

    it.each<[string, () => Promise<string>]>([
      ['an active user', async () => boss.email.toUpperCase()],
      ['a user of another tenant', async () => (await newUser(plane)).email],
      ['one of another tenant who has left', async () => (await newUser(plane, undefined, 'Left')).email],
      [
        'one who was deactivated',
        async () => {
          const { id, email } = await colleague();
          await changeUser(plane.ports, callerOf(boss), { userId: id, state: 'Deactivated' });
          return email;
        },
      ],
    ])('are not for %s', async (_name, addressOf) => {
      expect(await refusalOf(invite(await addressOf()))).toMatchObject({ kind: 'already_exists' });
    });

    it('leave the address free when they are taken back, and are taken back from nobody else', async () => {
      const { user } = await invite();
      await withdrawInvite(plane.ports, callerOf(boss), { userId: user.id });
      expect(await stored(user)).toBeUndefined();
      const other = await newUser(plane);
      await inviteUser(plane.ports, callerOf(other), { email: user.email });
      expect(await refusalOf(withdrawInvite(plane.ports, callerOf(boss), { userId: boss.id }))).toMatchObject({
        kind: 'not_found',
      });
    });

    it('are refused where a tenant has as many users as it may', async () => {
      const many = Array.from({ length: usersPerTenantMax }, (): User => ({ ...boss, state: 'Open', email: 'x' }));
      const catalog = { ...plane.ports.catalog, listUsers: async () => many };
      const asked = inviteUser({ ...plane.ports, catalog }, callerOf(boss), { email: 'one-more@example.com' });
      expect(await refusalOf(asked)).toMatchObject({ kind: 'limit_exceeded' });
      const left = { ...catalog, listUsers: async () => many.map((user): User => ({ ...user, state: 'Left' })) };
      await inviteUser({ ...plane.ports, catalog: left }, callerOf(boss), { email: 'one-more@example.com' });
    });
  });

  describe('a reset', () => {
    it('sets the password of who is there, within a day, and opens nothing that was closed', async () => {
      const user = await colleague('User');
      const reset = () => resetPassword(plane.ports, callerOf(boss), { userId: user.id });
      const first = await reset();
      plane.clock.ms += 86_400_000;
      expect(await refusalOf(acceptInvite(plane.ports, { secret: first.secret, password }))).toMatchObject({
        message: expect.stringContaining('has expired'),
      });
      const second = await reset();
      const done = await acceptInvite(plane.ports, { secret: second.secret, password });
      expect(done).toMatchObject({ id: user.id, state: 'Active' });
      expect(done.passwordHash).not.toBe(user.passwordHash);
      const third = await reset();
      await changeUser(plane.ports, callerOf(boss), { userId: user.id, state: 'Deactivated' });
      await changeUser(plane.ports, callerOf(boss), { userId: user.id, state: 'Active' });
      expect(await refusalOf(acceptInvite(plane.ports, { secret: third.secret, password }))).toMatchObject({
        kind: 'unauthorized',
      });
    });

    it('is not for who is invited or deactivated', async () => {
      const { user } = await invite();
      expect(await refusalOf(resetPassword(plane.ports, callerOf(boss), { userId: user.id }))).toMatchObject({
        kind: 'incorrect_state',
      });
    });
  });
});
