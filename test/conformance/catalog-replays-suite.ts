import { describe, expect, it } from '@jest/globals';
import type { ReplayId, SinkId } from '../../lambdas/domain/ids.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { aReplay, ours, theirs } from './catalog-entities.ts';

const sink = 's1' as SinkId;

/** What every `Replays` must do. */
export function replaysSuite(catalog: () => Catalog, advanceDays: (days: number) => Promise<void>): void {
  describe('replays', () => {
    it('newest first by the sink of their records, by id within their tenant, for 90 days', async () => {
      const [first, second] = [aReplay(), aReplay({ id: 'p2', into: 's1' })];
      for (const replay of [first, second, aReplay({ id: 'p3', sinkId: 's2' })]) await catalog().createReplay(replay);
      await expect(catalog().createReplay(aReplay())).rejects.toThrow('p1');
      expect(await catalog().listReplays(sink, { limit: 9 })).toEqual([second, first]);
      expect(await catalog().listReplays(sink, { limit: 1, after: second.id })).toEqual([first]);
      expect(await catalog().findReplay(ours, sink, first.id)).toEqual(first);
      expect(await catalog().findReplay(theirs, sink, first.id)).toBeUndefined();
      expect(await catalog().findReplay(ours, sink, 'p3' as ReplayId)).toBeUndefined();
      await advanceDays(91);
      expect(await catalog().listReplays(sink, { limit: 9 })).toEqual([]);
      expect(await catalog().runningReplays()).toEqual([]);
    });

    it('saved over the revision that was read, and running until their end', async () => {
      for (const id of ['p1', 'p2', 'p3']) await catalog().createReplay(aReplay({ id }));
      const going = await catalog().saveReplay(aReplay({ cursor: 'a7' }));
      expect(going).toEqual(aReplay({ cursor: 'a7', revision: 2 }));
      await expect(catalog().saveReplay(aReplay())).rejects.toMatchObject({ name: 'RevisionConflict' });
      await expect(catalog().saveReplay(aReplay({ id: 'none' }))).rejects.toMatchObject({ name: 'RevisionConflict' });
      const done = await catalog().saveReplay(
        aReplay({ id: 'p2', state: 'completed', endedAt: '2026-11-21T13:00:00.000Z' }),
      );
      expect(await catalog().findReplay(ours, sink, done.id)).toEqual(done);
      expect((await catalog().runningReplays()).map(({ id }) => id)).toEqual(['p1', 'p3']);
    });
  });
}
