import { describe, expect, it, jest } from '@jest/globals';
import { readinessAnswer } from '../../../lambdas/http/readiness-answer.ts';
import { makeCheckReadiness, type ReadinessPorts } from '../../../lambdas/use-cases/check-readiness.ts';

const never = () => new Promise<never>(() => {});

function placeWith(ports: Partial<ReadinessPorts>) {
  const clock = { ms: 1_000_000, now: () => clock.ms };
  let reads = 0;
  const check = makeCheckReadiness({
    catalog: {
      findDatabase: async () => {
        reads += 1;
        clock.ms += 7;
        return undefined;
      },
    },
    objects: { get: async () => undefined },
    clock,
    ...ports,
  });
  return { clock, check, reads: () => reads };
}

describe('readiness', () => {
  it('is that every store answers, with how long it took', async () => {
    const { check } = placeWith({ dependencies: [{ name: 'queue', ask: async () => 5 }] });
    const checks = await check();
    expect(checks).toEqual([
      { name: 'catalog', state: 'up', tookMs: 7 },
      { name: 'objects', state: 'up', tookMs: expect.any(Number) },
      { name: 'queue', state: 'up', tookMs: expect.any(Number) },
    ]);
    expect(readinessAnswer(checks)).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    expect(JSON.parse(readinessAnswer(checks).body)).toEqual({ status: 'ready', checks: expect.any(Array) });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('secret of the store'))],
    [
      'throws at once',
      () => {
        throw new Error('secret of the store');
      },
    ],
  ])('fails where a store %s, and says no more', async (_, get) => {
    const checks = await placeWith({ objects: { get } }).check();
    expect(checks.map(({ state }) => state)).toEqual(['up', 'down']);
    const answer = readinessAnswer(checks, null);
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } });
    expect(answer.body).not.toContain('secret');
    expect(JSON.parse(answer.body)).toMatchObject({ status: 'not_ready', pressure: 'none' });
  });

  it('waits for no store for long', async () => {
    jest.useFakeTimers();
    try {
      const looking = placeWith({ objects: { get: never } }).check();
      await jest.advanceTimersByTimeAsync(2_000);
      expect((await looking).map(({ state }) => state)).toEqual(['up', 'down']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is looked at once a second, however many ask', async () => {
    const place = placeWith({});
    await Promise.all([place.check(), place.check(), place.check()]);
    place.clock.ms += 900;
    await place.check();
    expect(place.reads()).toBe(1);
    place.clock.ms += 100;
    await place.check();
    place.clock.ms -= 1_000_000;
    await place.check();
    expect(place.reads()).toBe(3);
  });

  it('tells how much the place takes, and stays ready', () => {
    const pressure = { kind: 'refuse', cause: 'the disk at /data', retryAfterSeconds: 5 } as const;
    const answer = readinessAnswer([], pressure);
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
      200,
      { status: 'ready', pressure: 'refuse', checks: [] },
    ]);
  });
});
