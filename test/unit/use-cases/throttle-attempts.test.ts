import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Problem } from '../../../lambdas/domain/problem.ts';
import type { User } from '../../../lambdas/domain/tenant.ts';
import { signIn } from '../../../lambdas/use-cases/sign-in.ts';
import { attemptBounds, throttled } from '../../../lambdas/use-cases/throttle-attempts.ts';
import { type ControlPlane, openControlPlane, startMs } from '../../support/control-plane.ts';
import { newUser } from '../../support/new-user.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const password = 'correct horse';
const source = '192.0.2.7';

describe('throttled attempts', () => {
  let plane: ControlPlane;
  let user: User;
  beforeEach(async () => {
    plane = await openControlPlane();
    user = await newUser(plane, password);
  });
  afterEach(() => plane?.close());

  const from = (ip: string) => ({ source: ip, requestId: 'r1' });
  const enter = (text: string, ip = source, username = user.email) =>
    signIn(plane.ports, { username, password: text, origin: from(ip) }).then(
      () => 'in',
      ({ kind }: Problem) => kind,
    );
  const enterTimes = async (count: number, text: string, ip?: string) => {
    const answers: string[] = [];
    for (let i = 0; i < count; i += 1) answers.push(await enter(text, ip));
    return answers;
  };
  const failedSignIns = async () =>
    (await plane.ports.catalog.listAuditEntries(user.tenantId, { limit: 100 }))
      .filter(({ outcome }) => outcome !== 'done')
      .map(({ status }) => status)
      .reverse();

  it('lets five wrong passwords pass, and then not even the right one, for fifteen minutes', async () => {
    expect(await enterTimes(5, 'wrong')).toEqual(Array(5).fill('unauthorized'));
    plane.clock.ms += 60_000;
    expect(await enter(password)).toBe('over_rate');
    const refused = await signIn(plane.ports, { username: user.email, password, origin: from(source) }).catch(
      (error: Problem) => error,
    );
    expect(refused).toMatchObject({ details: { retry_after_seconds: 840 } });
    plane.clock.ms = startMs + 900_000;
    expect(await enter(password)).toBe('in');
  });

  it('lets the same user in from elsewhere meanwhile', async () => {
    await enterTimes(6, 'wrong');
    expect(await enter(password, '198.51.100.1')).toBe('in');
    expect(await enter(password)).toBe('over_rate');
  });

  it('begins anew after a right password', async () => {
    expect(await enterTimes(4, 'wrong')).not.toContain('over_rate');
    expect(await enter(password)).toBe('in');
    expect(await enterTimes(5, 'wrong')).not.toContain('over_rate');
    expect(await enter('wrong')).toBe('over_rate');
  });

  it('counts alike whether the address is known, however it is written', async () => {
    for (const name of ['Nobody@example.com', ' nobody@example.com', 'NOBODY@example.com'])
      expect(await enter('wrong', source, name)).toBe('unauthorized');
    for (let i = 0; i < 2; i += 1) await enter('wrong', source, 'nobody@example.com');
    expect(await enter('wrong', source, 'nobody@example.com')).toBe('over_rate');
  });

  it('lets no more of fifty guesses at once pass than one after the other', async () => {
    const guesses = await Promise.all(Array.from({ length: 50 }, () => enter('wrong')));
    expect(guesses.filter((kind) => kind === 'unauthorized')).toHaveLength(5);
    expect(guesses.filter((kind) => kind === 'over_rate')).toHaveLength(45);
  });

  it('lets everybody in of twenty at once who know the password', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(password)));
    expect(answers).toEqual(Array(20).fill('in'));
    expect(await enterTimes(4, 'wrong')).not.toContain('over_rate');
  });

  it('bounds a source over all addresses, and an address over all sources', async () => {
    const few = {
      ...plane.ports,
      attemptBounds: {
        pair: { failuresMax: 2, windowSeconds: 900 },
        source: { failuresMax: 3, windowSeconds: 900 },
        address: { failuresMax: 4, windowSeconds: 3_600 },
      },
    };
    const wrong = async () => undefined;
    for (const address of ['a', 'b', 'c']) await throttled(few, { source: 's1', address }, wrong);
    expect(await refusalOf(throttled(few, { source: 's1', address: 'd' }, wrong))).toMatchObject({ kind: 'over_rate' });
    expect(await refusalOf(throttled(few, { source: 's1' }, wrong))).toMatchObject({ kind: 'over_rate' });
    for (const other of ['s2', 's3', 's4']) await throttled(few, { source: other, address: 'a' }, wrong);
    expect(await refusalOf(throttled(few, { source: 's5', address: 'a' }, wrong))).toMatchObject({ kind: 'over_rate' });
    plane.clock.ms += 3_600_000;
    expect(await throttled(few, { source: 's5', address: 'a' }, wrong)).toBeUndefined();
  });

  it('takes the networks of IPv6 for sources', async () => {
    for (let i = 0; i < 5; i += 1) await enter('wrong', `2001:db8:1:2::${i}`);
    expect(await enter('wrong', '2001:db8:1:2:ffff::1')).toBe('over_rate');
    expect(await enter('wrong', '2001:db8:1:3::1')).toBe('unauthorized');
  });

  it('counts what is refused as unauthorized, and not what broke off before', async () => {
    const by = { source: 's1', address: 'a' };
    for (let i = 0; i < 9; i += 1)
      await expect(
        throttled(plane.ports, by, async () => {
          throw new Error('store');
        }),
      ).rejects.toThrow('store');
    const unauthorized = async () => {
      throw new Problem('unauthorized', 'no');
    };
    for (let i = 0; i < 5; i += 1)
      expect(await refusalOf(throttled(plane.ports, by, unauthorized))).toMatchObject({ kind: 'unauthorized' });
    expect(await refusalOf(throttled(plane.ports, by, unauthorized))).toMatchObject({ kind: 'over_rate' });
  });

  it('leaves an entry for each failure of a known user, and one for all that were refused', async () => {
    await enterTimes(9, 'wrong');
    expect(await failedSignIns()).toEqual([401, 401, 401, 401, 401, 429]);
    await enter('wrong', source, 'nobody@example.com');
    expect(await failedSignIns()).toHaveLength(6);
  });

  it('stores no address and no source that somebody tried', async () => {
    const moves: unknown[] = [];
    const { moveAttempts } = plane.ports.catalog;
    const catalog: typeof plane.ports.catalog = {
      ...plane.ports.catalog,
      moveAttempts: (asked, nowMs) => {
        moves.push(...asked.map(({ attempts }) => attempts));
        return moveAttempts(asked, nowMs);
      },
    };
    await throttled({ ...plane.ports, catalog }, { source, address: user.email }, async () => undefined);
    expect(moves).toHaveLength(6);
    for (const text of [source, user.email]) expect(JSON.stringify(moves)).not.toContain(text);
  });

  it('has the bounds that are documented', () => {
    expect(attemptBounds).toEqual({
      pair: { failuresMax: 5, windowSeconds: 900 },
      source: { failuresMax: 50, windowSeconds: 900 },
      address: { failuresMax: 100, windowSeconds: 3_600 },
    });
  });
});
