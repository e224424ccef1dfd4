import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../lambdas/domain/audit.ts';
import type { AuditId, UserId } from '../../lambdas/domain/ids.ts';
import type { Attempts } from '../../lambdas/domain/sign-in-attempts.ts';
import type { AttemptMove } from '../../lambdas/ports/catalog/attempts.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { aUser, ours, theirs } from './catalog-entities.ts';

const nowMs = Date.parse('2026-11-21T12:00:00.000Z');

function anEntry(id: string, given: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: id as AuditId,
    tenantId: ours,
    at: '2026-11-21T12:00:00.000Z',
    actor: { userId: 'user1' as UserId, email: 'a@example.com' },
    operation: 'createDatabase',
    target: {},
    source: '192.0.2.7',
    requestId: 'r1',
    outcome: 'begun',
    ...given,
  };
}

/** What every `AuditLog` and every `AttemptCounters` must do, and the part of `Identities` that is about other issuers. */
export function auditSuite(catalog: () => Catalog, advanceDays: (days: number) => Promise<void>): void {
  describe('the audit log', () => {
    it('newest first by tenant, with the end in the place of the beginning, for a year', async () => {
      const [first, second, third] = ['l1', 'l2', 'l3'].map((id) => anEntry(id)) as [
        AuditEntry,
        AuditEntry,
        AuditEntry,
      ];
      for (const entry of [first, third, second, anEntry('l4', { tenantId: theirs })])
        await catalog().saveAuditEntry(entry);
      const ended: AuditEntry = { ...second, outcome: 'done', status: 201, made: 'd1' };
      await catalog().saveAuditEntry(ended);
      expect(await catalog().listAuditEntries(ours, { limit: 9 })).toEqual([third, ended, first]);
      expect(await catalog().listAuditEntries(ours, { limit: 1, after: third.id })).toEqual([ended]);
      await advanceDays(364);
      expect(await catalog().listAuditEntries(ours, { limit: 9 })).toHaveLength(3);
      await advanceDays(2);
      expect(await catalog().listAuditEntries(ours, { limit: 9 })).toEqual([]);
    });
  });

  describe('failed attempts', () => {
    const attempts: Attempts = { failed: 1, endsAtMs: nowMs + 60_000, pending: [nowMs] };
    const moveOf = (counter: string, given: Partial<AttemptMove> = {}): AttemptMove => {
      return { counter, over: undefined, attempts, endsAtMs: nowMs + 86_400_000, ...given };
    };

    it('moved together over what was found, or not at all', async () => {
      expect(await catalog().findAttempts(['a', 'b'])).toEqual([undefined, undefined]);
      expect(await catalog().moveAttempts([moveOf('a'), moveOf('b')], nowMs)).toBe(true);
      const [a, b] = await catalog().findAttempts(['a', 'b']);
      expect([a?.attempts, b?.attempts]).toEqual([attempts, attempts]);
      const next: Attempts = { failed: 2, pending: [] };
      expect(await catalog().moveAttempts([moveOf('a', { over: a, attempts: next }), moveOf('b')], nowMs)).toBe(false);
      expect(await catalog().findAttempts(['a'])).toEqual([a]);
      expect(await catalog().moveAttempts([moveOf('a', { over: a, attempts: next })], nowMs)).toBe(true);
      expect(await catalog().moveAttempts([moveOf('a', { over: a })], nowMs)).toBe(false);
      expect((await catalog().findAttempts(['a']))[0]?.attempts).toEqual(next);
    });

    it('by one of all who ask at once', async () => {
      const moved = await Promise.all(Array.from({ length: 20 }, () => catalog().moveAttempts([moveOf('a')], nowMs)));
      expect(moved.filter((done) => done)).toHaveLength(1);
    });

    it('until they count no longer, and then anew over nothing that was found before', async () => {
      await catalog().moveAttempts([moveOf('a')], nowMs);
      const [stale] = await catalog().findAttempts(['a']);
      await advanceDays(2);
      expect(await catalog().findAttempts(['a'])).toEqual([undefined]);
      const laterMs = nowMs + 2 * 86_400_000;
      const later = { endsAtMs: laterMs + 86_400_000 };
      expect(await catalog().moveAttempts([moveOf('a', later)], laterMs)).toBe(true);
      expect(await catalog().moveAttempts([moveOf('a', { ...later, over: stale })], laterMs)).toBe(false);
    });
  });

  describe('identities of an external issuer', () => {
    const external = { issuer: 'https://id.example.com', subject: 's1' };

    it('that lead to the user who is bound to them', async () => {
      const user = aUser();
      await catalog().createUser(user);
      const { issuer, subject } = external;
      expect(await catalog().findUserByExternal(issuer, subject)).toBeUndefined();
      const bound = await catalog().bindExternal({ ...user, external });
      expect(bound).toEqual({ ...user, external, revision: 2 });
      expect(await catalog().findUserByExternal(issuer, subject)).toEqual(bound);
      expect(await catalog().findUserByExternal('https://other.example.com', subject)).toBeUndefined();
      expect(await catalog().findUserByExternal(issuer, 's2')).toBeUndefined();
      await expect(catalog().bindExternal({ ...user, external })).rejects.toMatchObject({ name: 'RevisionConflict' });
    });

    it('of one user each, however many are bound at once', async () => {
      const users = Array.from({ length: 10 }, (_, i) => aUser({ id: `user${i}`, email: `u${i}@example.com` }));
      for (const user of users) await catalog().createUser(user);
      const bound = await Promise.allSettled(users.map((user) => catalog().bindExternal({ ...user, external })));
      expect(bound.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of bound)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ name: 'RevisionConflict' });
    });

    it('that are free again once their user is bound to another, or gone', async () => {
      const [first, second, third] = [1, 2, 3].map((i) => aUser({ id: `user${i}`, email: `u${i}@example.com` }));
      for (const user of [first!, second!, third!]) await catalog().createUser(user);
      const bound = await catalog().bindExternal({ ...first!, external });
      const { external: _, ...free } = bound;
      await catalog().saveUser(free);
      expect(await catalog().findUserByExternal(external.issuer, external.subject)).toBeUndefined();
      const next = await catalog().bindExternal({ ...second!, external });
      expect(await catalog().findUserByExternal(external.issuer, external.subject)).toEqual(next);
      await catalog().deleteUser(next);
      expect(await catalog().bindExternal({ ...third!, external })).toMatchObject({ id: third!.id });
    });
  });
}
