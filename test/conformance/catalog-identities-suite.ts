import { describe, expect, it } from '@jest/globals';
import type { TenantId, TokenId, UserId } from '../../lambdas/domain/ids.ts';
import type { User } from '../../lambdas/domain/tenant.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { aTenant, aToken, aUser, ours, theirs } from './catalog-entities.ts';

/** Tenants, users and tokens. */
export function identitiesSuite(catalog: () => Catalog): void {
  describe('tenants', () => {
    it('in order of creation', async () => {
      const tenants = ['t1', 't2', 't3'].map((id) => aTenant({ id }));
      for (const tenant of tenants) await catalog().createTenant(tenant);
      expect(await catalog().listTenants()).toEqual(tenants);
      expect(await catalog().findTenant('t2' as TenantId)).toEqual(tenants[1]);
      expect(await catalog().findTenant('none' as TenantId)).toBeUndefined();
    });
  });

  describe('users', () => {
    it('by id within their tenant, and by e-mail over all', async () => {
      const user = aUser();
      expect(await catalog().createUser(user)).toBe(true);
      expect(await catalog().createUser(aUser({ id: 'user2', email: 'b@example.com', tenantId: theirs }))).toBe(true);
      expect(await catalog().findUser(ours, user.id)).toEqual(user);
      expect(await catalog().findUser(theirs, user.id)).toBeUndefined();
      expect(await catalog().findUserByEmail('a@example.com')).toEqual(user);
      expect(await catalog().findUserByEmail('c@example.com')).toBeUndefined();
      expect(await catalog().listUsers(ours)).toEqual([user]);
    });

    it('one for an e-mail address, whatever the tenant, however many ask at once', async () => {
      const users = Array.from({ length: 50 }, (_, i) => aUser({ id: `user${i}`, tenantId: i % 2 ? ours : theirs }));
      const created = await Promise.all(users.map((user) => catalog().createUser(user)));
      expect(created.filter((done) => done)).toHaveLength(1);
      const winner = users[created.indexOf(true)]!;
      expect(await catalog().findUserByEmail('a@example.com')).toEqual(winner);
      const listed = await Promise.all([catalog().listUsers(ours), catalog().listUsers(theirs)]);
      expect(listed.flat()).toEqual([winner]);
    });

    it('saved over the revision that was read', async () => {
      const user = aUser();
      await catalog().createUser(user);
      const saved = await catalog().saveUser({ ...user, state: 'Deactivated' });
      expect(saved).toEqual({ ...user, state: 'Deactivated', revision: 2 });
      expect(await catalog().findUserByEmail(user.email)).toEqual(saved);
      await expect(catalog().saveUser(user)).rejects.toMatchObject({ name: 'RevisionConflict' });
      expect(await catalog().findUser(ours, user.id)).toEqual(saved);
      const absent = aUser({ id: 'none' });
      await expect(catalog().saveUser(absent)).rejects.toMatchObject({ name: 'RevisionConflict' });
    });
  });

  describe('roles and states', () => {
    const administrators = () =>
      ['user1', 'user2'].map((id) => aUser({ id, email: `${id}@example.com`, role: 'Administrator' }));

    it('saved over what stood when the decision was made', async () => {
      const [first, second] = administrators() as [User, User];
      for (const user of [first, second]) await catalog().createUser(user);
      await catalog().createUser(aUser({ id: 'user9', email: 'c@example.com', tenantId: theirs }));
      const { users, mark } = await catalog().listStandings(ours);
      expect(users).toEqual([first, second]);
      const saved = await catalog().saveStanding({ ...first, role: 'User' }, mark);
      expect(saved).toEqual({ ...first, role: 'User', revision: 2 });
      expect(await catalog().findUser(ours, first.id)).toEqual(saved);
      const late = catalog().saveStanding({ ...second, role: 'User' }, mark);
      await expect(late).rejects.toMatchObject({ name: 'RevisionConflict' });
      expect(await catalog().findUser(ours, second.id)).toEqual(second);
      const now = await catalog().listStandings(ours);
      expect(now.users).toEqual([saved, second]);
      expect(await catalog().saveStanding({ ...second, state: 'Deactivated' }, now.mark)).toMatchObject({
        revision: 2,
      });
      expect(await catalog().listStandings(theirs)).toMatchObject({ mark });
    });

    it('not saved over another revision of the user, and then nothing is', async () => {
      const [first, second] = administrators() as [User, User];
      for (const user of [first, second]) await catalog().createUser(user);
      const { mark } = await catalog().listStandings(ours);
      await catalog().saveUser({ ...first, sessions: 1 });
      const stale = catalog().saveStanding({ ...first, role: 'User' }, mark);
      await expect(stale).rejects.toMatchObject({ name: 'RevisionConflict' });
      expect(await catalog().saveStanding({ ...second, role: 'User' }, mark)).toMatchObject({ role: 'User' });
    });

    it('changed by one of many who decide on the same', async () => {
      const users = Array.from({ length: 20 }, (_, i) => aUser({ id: `user${i}`, email: `${i}@example.com` }));
      for (const user of users) await catalog().createUser(user);
      const { mark } = await catalog().listStandings(ours);
      const saved = await Promise.allSettled(
        users.map((user) => catalog().saveStanding({ ...user, state: 'Left' }, mark)),
      );
      expect(saved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const left = (await catalog().listUsers(ours)).filter(({ state }) => state === 'Left');
      expect(left).toHaveLength(1);
    });

    it('gone with the user, whose address is free', async () => {
      const user = aUser();
      await catalog().createUser(user);
      await expect(catalog().deleteUser({ ...user, revision: 2 })).rejects.toMatchObject({ name: 'RevisionConflict' });
      expect(await catalog().findUserByEmail(user.email)).toEqual(user);
      await catalog().deleteUser(user);
      expect(await catalog().findUser(ours, user.id)).toBeUndefined();
      expect(await catalog().findUserByEmail(user.email)).toBeUndefined();
      await expect(catalog().deleteUser(user)).rejects.toMatchObject({ name: 'RevisionConflict' });
      expect(await catalog().createUser(aUser({ id: 'user2', tenantId: theirs }))).toBe(true);
    });
  });

  describe('tokens', () => {
    it('by secret over all tenants, by id within theirs, in order of creation', async () => {
      const tokens = [aToken(), aToken({ id: 'token2', secretHash: 'bb', expiresAt: '2027-01-01T00:00:00.000Z' })];
      const others = [aToken({ id: 'token3', secretHash: 'cc', userId: 'user2' })];
      for (const token of [...tokens, ...others]) await catalog().createToken(token);
      expect(await catalog().findToken('bb')).toEqual(tokens[1]);
      expect(await catalog().findToken('dd')).toBeUndefined();
      expect(await catalog().listTokens(ours, 'user1' as UserId)).toEqual(tokens);
      expect(await catalog().listTokens(theirs, 'user1' as UserId)).toEqual([]);
      expect(await catalog().findTokenById(ours, 'token3' as TokenId)).toEqual(others[0]);
      expect(await catalog().findTokenById(theirs, 'token3' as TokenId)).toBeUndefined();
    });

    it('whose revocation is seen by secret, by id and in lists', async () => {
      const token = aToken();
      await catalog().createToken(token);
      const revoked = await catalog().saveToken({ ...token, revokedAt: '2026-11-22T00:00:00.000Z' });
      expect(revoked).toMatchObject({ revokedAt: '2026-11-22T00:00:00.000Z', revision: 2 });
      const found = [catalog().findToken('aa'), catalog().findTokenById(ours, token.id)];
      expect(await Promise.all(found)).toEqual([revoked, revoked]);
      expect(await catalog().listTokens(ours, token.userId)).toEqual([revoked]);
      await expect(catalog().saveToken(token)).rejects.toMatchObject({ name: 'RevisionConflict' });
    });

    it('that ended go once nobody looks for them any more', async () => {
      const long = { revokedAt: '2025-01-01T00:00:00.000Z', expiresAt: '2025-01-01T00:00:00.000Z' };
      await catalog().createToken(aToken({ expiresAt: long.expiresAt }));
      const token = aToken({ id: 'token2', secretHash: 'bb' });
      await catalog().createToken(token);
      await catalog().saveToken({ ...token, revokedAt: long.revokedAt });
      const found = ['token1', 'token2'].map((id) => catalog().findTokenById(ours, id as TokenId));
      expect(await Promise.all(found)).toEqual([undefined, undefined]);
      expect(await catalog().listTokens(ours, token.userId)).toEqual([]);
      expect(await catalog().findToken('bb')).toBeUndefined();
    });
  });
}
