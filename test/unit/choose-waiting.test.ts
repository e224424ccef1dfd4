import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseWaiting } from '../../lambdas/adapters/embedded/choose-waiting.ts';

const messagesOf = fc.array(fc.record({ bytes: fc.nat({ max: 100 }), receives: fc.nat({ max: 6 }) }), {
  maxLength: 12,
});
const queue = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), messagesOf, { noNullPrototype: true });
const limits = fc.record({ messagesMax: fc.integer({ min: 1, max: 20 }), bytesMax: fc.nat({ max: 2_000 }) });

describe('choosing among waiting messages', () => {
  it('fills what is asked for, fairly, and never chooses what is spent', () => {
    fc.assert(
      fc.property(queue, limits, (waiting, { messagesMax, bytesMax }) => {
        let seq = 0;
        const byGroup = new Map(
          Object.entries(waiting).map(([group, all]) => [group, all.map((message) => ({ ...message, seq: ++seq }))]),
        );
        const usable = ({ receives }: { receives: number }) => receives < 5;
        const chosen = chooseWaiting(
          (group, after, limit) =>
            byGroup
              .get(group)!
              .filter((message) => message.seq > after)
              .slice(0, limit),
          [...byGroup.keys()],
          { messagesMax, bytesMax },
          usable,
        );
        const good = [...byGroup.values()].map((all) => all.filter(usable));
        const sum = chosen.reduce((bytes, message) => bytes + message.bytes, 0);

        expect(chosen).toEqual(chosen.toSorted((a, b) => a.seq - b.seq));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.every(usable)).toBe(true);
        expect(chosen.length).toBeLessThanOrEqual(messagesMax);
        if (chosen.length > 1) expect(sum).toBeLessThanOrEqual(bytesMax);
        const waitingBytes = good.flat().reduce((bytes, message) => bytes + message.bytes, 0);
        if (waitingBytes <= bytesMax) expect(chosen.length).toBe(Math.min(messagesMax, good.flat().length));
        const taken = good.map((all) => all.filter((message) => chosen.includes(message)));
        good.forEach((all, i) => {
          expect(taken[i]).toEqual(all.slice(0, taken[i]!.length));
        });
        const most = Math.max(0, ...taken.map(({ length }) => length));
        [...byGroup.values()].forEach((all, i) => {
          // Spent messages count in their group's share, so a group is behind by no more than them.
          const spent = all.length - good[i]!.length;
          if (taken[i]!.length < good[i]!.length) expect(most - taken[i]!.length).toBeLessThanOrEqual(1 + spent);
        });
      }),
      { numRuns: 300 },
    );
  });
});
