import { describe, expect, it } from '@jest/globals';
import { boundedParallel, chunksOf } from '../../lambdas/adapters/aws/bounded-parallel.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('work in bounded parallel', () => {
  it('gives results in the order of the inputs, never more than so many at once', async () => {
    let running = 0;
    let most = 0;
    const results = await boundedParallel(3, [1, 2, 3, 4, 5, 6, 7], async (input) => {
      running += 1;
      most = Math.max(most, running);
      for (let i = 0; i < 8 - input; i += 1) await tick();
      running -= 1;
      return input * 10;
    });
    expect(results).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect(most).toBe(3);
    expect(await boundedParallel(3, [], async () => 1)).toEqual([]);
  });

  it('starts nothing after an error, and ends once all that was started has', async () => {
    const [started, ended]: [number[], number[]] = [[], []];
    const work = boundedParallel(2, [1, 2, 3, 4], async (input) => {
      started.push(input);
      await tick();
      if (input === 1) throw new Error('first');
      await tick();
      ended.push(input);
    });
    await expect(work).rejects.toThrow('first');
    expect(started).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });

  it('cuts inputs into pieces', () => {
    expect(chunksOf(2, [1, 2, 3, 4, 5])).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunksOf(2, [])).toEqual([]);
  });
});
