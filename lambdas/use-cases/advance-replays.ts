import type { Replay } from '../domain/replay.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { advanceReplay, type ReplayPorts } from './replay-records.ts';

export interface AdvanceReplaysPorts extends ReplayPorts {
  readonly catalog: ReplayPorts['catalog'] & Pick<Catalog, 'runningReplays'>;
}

/** Milliseconds that a replay has before the next one's turn: a long one is not to hold up a short one. */
const turnMs = 20_000;
/** Milliseconds after a round in which none got further: what stands in the way (a quota, a full place) needs time to pass. */
const idleRoundMs = 1_000;

export interface AdvancedReplays {
  /** Those that have ended. */
  readonly ended: readonly Replay[];
  /** Those of which a turn broke off; they stay running, and the next call goes on. */
  readonly broken: readonly { readonly replay: Replay; readonly cause: unknown }[];
}

/** Gives every replay that runs its turns, until all have ended or the time is up. */
export async function advanceReplays(ports: AdvanceReplaysPorts, deadlineMs: number): Promise<AdvancedReplays> {
  const ended: Replay[] = [];
  const broken: { replay: Replay; cause: unknown }[] = [];
  let open = await ports.catalog.runningReplays();
  while (open.length > 0 && ports.clock.now() < deadlineMs) {
    const running: Replay[] = [];
    let hasMoved = false;
    for (const replay of open) {
      try {
        const stands = await advanceReplay(ports, replay, Math.min(deadlineMs, ports.clock.now() + turnMs));
        (stands.state === 'running' ? running : ended).push(stands);
        hasMoved ||= stands.revision !== replay.revision;
      } catch (cause) {
        broken.push({ replay, cause });
      }
    }
    open = running;
    if (open.length > 0 && !hasMoved) await ports.pause(idleRoundMs);
  }
  return { ended, broken };
}
