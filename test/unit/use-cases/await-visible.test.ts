import { describe, expect, it } from '@jest/globals';
import { recordsWaitMsMax } from '../../../lambdas/domain/limits.ts';
import type { Receipt } from '../../../lambdas/domain/receipt.ts';
import { awaitVisible } from '../../../lambdas/use-cases/await-visible.ts';
import { aReceipt } from '../../conformance/catalog-entities.ts';

/** Waits with a clock that only pauses move, by `pace` of what they say; each read is answered by `read`. */
async function wait(
  read: (reads: number) => Receipt | Error | undefined,
  given: { forMs?: number; pace?: number } = {},
) {
  const { forMs = recordsWaitMsMax, pace = 1 } = given;
  const pauses: number[] = [];
  let [nowMs, reads] = [1_000, 0];
  const ports = {
    clock: { now: () => nowMs },
    pause: async (ms: number) => {
      pauses.push(ms);
      nowMs += ms * pace;
    },
    catalog: {
      findReceipt: async () => {
        const found = read(++reads);
        if (found instanceof Error) throw found;
        return found;
      },
    },
  };
  return { receipt: await awaitVisible(ports, aReceipt(), nowMs + forMs), pauses, reads, ports };
}
const sum = (pauses: readonly number[]) => pauses.reduce((all, ms) => all + ms, 0);

describe('waiting for a receipt', () => {
  it.each(['visible', 'failed', 'rejected'] as const)('ends once it is %s', async (state) => {
    const { receipt, pauses, reads } = await wait((read) => aReceipt({ state: read < 4 ? 'queued' : state }));
    expect(receipt.state).toBe(state);
    expect(pauses).toEqual([20, 30, 45]);
    expect(reads).toBe(4);
  });

  it('asks nothing of one that has its end', async () => {
    const { ports, reads } = await wait(() => aReceipt({ state: 'visible' }));
    const ended = aReceipt({ state: 'rejected' });
    expect(await awaitVisible(ports, ended, 9_999)).toBe(ended);
    expect(reads).toBe(1);
  });

  it('is over when the time is up: at growing distances, forty reads in 25 s', async () => {
    const { receipt, pauses, reads } = await wait(() => aReceipt());
    expect(receipt).toEqual(aReceipt());
    expect(sum(pauses)).toBeCloseTo(recordsWaitMsMax, 6);
    expect(Math.max(...pauses)).toBe(1_000);
    expect(reads).toBeLessThan(40);
  });

  it('is over after 25 s of pauses, when the clock jumps back all the while', async () => {
    const { pauses } = await wait(() => aReceipt(), { pace: -1 });
    expect(sum(pauses)).toBeCloseTo(recordsWaitMsMax, 6);
  });

  it('looks once where no time is left', async () => {
    expect(await wait(() => aReceipt(), { forMs: -5 })).toMatchObject({ pauses: [], reads: 1 });
  });

  it('makes no failure of an accepted request: what cannot be read is asked for again', async () => {
    const broken = await wait((read) => (read < 3 ? new Error('no catalog') : aReceipt({ state: 'visible' })));
    expect(broken).toMatchObject({ receipt: { state: 'visible' }, reads: 3 });
    expect((await wait(() => new Error('no catalog'))).receipt).toEqual(aReceipt());
    expect((await wait(() => undefined, { forMs: 100 })).receipt).toEqual(aReceipt());
  });
});
