import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { ReplayId, SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Replay } from '../domain/replay.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import type { Clock } from '../ports/clock.ts';

interface ReplayPlace {
  readonly sinkId: SinkId;
  readonly replayId: ReplayId;
}

/** The replays of a sink's records, newest first; `next` is `after` of the next page, if there is more. */
export async function listReplays(
  { catalog }: { readonly catalog: Pick<Catalog, 'listReplays'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, limit, after }: { readonly sinkId: SinkId; readonly limit: number; readonly after?: ReplayId },
): Promise<{ readonly replays: readonly Replay[]; readonly next?: ReplayId }> {
  const read = await catalog.listReplays(sinkId, { limit: limit + 1, ...(after !== undefined && { after }) });
  const shown = read.slice(0, limit);
  const next = read.length > limit ? shown.at(-1)?.id : undefined;
  return { replays: shown.filter((replay) => replay.tenantId === tenantId), ...(next !== undefined && { next }) };
}

/** @throws Problem `not_found`, also for another tenant's replay */
export async function getReplay(
  { catalog }: { readonly catalog: Pick<Catalog, 'findReplay'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, replayId }: ReplayPlace,
): Promise<Replay> {
  const replay = await catalog.findReplay(tenantId, sinkId, replayId);
  if (!replay) throw new Problem('not_found', `Replay ${shown(replayId)} does not exist.`);
  return replay;
}

/**
 * Ends a replay: nothing more is sent; what was sent is written, and no longer counted. One that has ended stays as it is.
 * @throws Problem `not_found`
 */
export async function cancelReplay(
  ports: { readonly catalog: Pick<Catalog, 'findReplay' | 'saveReplay'>; readonly clock: Clock },
  caller: Pick<Caller, 'tenantId'>,
  place: ReplayPlace,
): Promise<Replay> {
  for (;;) {
    const replay = await getReplay(ports, caller, place);
    if (replay.state !== 'running') return replay;
    try {
      const endedAt = new Date(ports.clock.now()).toISOString();
      return await ports.catalog.saveReplay({ ...replay, state: 'cancelled', endedAt });
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
}
