import { describe, expect, it } from '@jest/globals';
import { OutOfTime, withinTime } from '../../lambdas/use-cases/within-time.ts';

describe('waiting within a time', () => {
  it('gives what the work gives, or fails as it fails', async () => {
    expect(await withinTime(Promise.resolve(5), 60_000)).toBe(5);
    expect(await withinTime(Promise.resolve(5), Number.POSITIVE_INFINITY)).toBe(5);
    await expect(withinTime(Promise.reject(new Error('broken')), 60_000)).rejects.toThrow('broken');
  });

  it('ends when the time is up, and hears no more of the work', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    await expect(withinTime(promise, 1)).rejects.toBeInstanceOf(OutOfTime);
    reject(new Error('too late to be heard'));
  });
});
