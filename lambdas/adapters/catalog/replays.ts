import { receiptDaysMax } from '../../domain/limits.ts';
import type { Replay } from '../../domain/replay.ts';
import type { Replays } from '../../ports/catalog/replays.ts';
import { RevisionConflict } from '../../ports/catalog/resources.ts';
import type { Item, ItemStore, ItemWrite } from '../../ports/item-store.ts';
import { replayKey, replaysPartition, runningReplayKey, runningReplaysPartition } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';
import { findValue, findValues } from './saved-entity.ts';

/** Replays in the partition of their sink, and a mark for each that runs, which leads to it. */
export function makeReplays(items: ItemStore): Replays {
  return {
    async createReplay(replay) {
      const failed = await items.transact([{ put: itemOf(replay), if: 'absent' }, ...markWrites(replay)]);
      if (failed !== undefined) throw new Error(`replay ${replay.id} is there already`);
    },
    async findReplay(tenantId, sinkId, id) {
      const replay = await findValue<Replay>(items, replayKey(sinkId, id));
      return replay?.tenantId === tenantId ? replay : undefined;
    },
    async listReplays(sinkId, options) {
      const found = await items.query(replaysPartition(sinkId), { ...options, newestFirst: true });
      return found.map(({ value }) => value as Replay);
    },
    async saveReplay(replay) {
      const next = { ...replay, revision: replay.revision + 1 };
      const failed = await items.transact([{ put: itemOf(next), if: replay.revision }, ...markWrites(next)]);
      if (failed !== undefined) throw new RevisionConflict(`replay ${replay.id} is not at ${replay.revision}`);
      return next;
    },
    async runningReplays() {
      const marks = await items.query(runningReplaysPartition);
      const places = marks.map(({ value }) => value as Pick<Replay, 'sinkId' | 'id'>);
      const found = await findValues<Replay>(
        items,
        places.map(({ sinkId, id }) => replayKey(sinkId, id)),
      );
      return found.filter(({ state }) => state === 'running');
    },
  };
}

function itemOf(replay: Replay): Item {
  const expiresAtSeconds = expiresAfter(replay.startedAt, receiptDaysMax);
  return { ...replayKey(replay.sinkId, replay.id), revision: replay.revision, value: replay, expiresAtSeconds };
}

function markWrites({ sinkId, id, state, startedAt }: Replay): ItemWrite[] {
  const key = runningReplayKey(id);
  if (state !== 'running') return [{ delete: key }];
  const expiresAtSeconds = expiresAfter(startedAt, receiptDaysMax);
  return [{ put: { ...key, revision: 0, value: { sinkId, id }, expiresAtSeconds } }];
}
