import middy from '@middy/core';
import type { Log } from '../../http/log.ts';
import { loggedError } from '../../http/logged-error.ts';
import { type AdvanceReplaysPorts, advanceReplays } from '../../use-cases/advance-replays.ts';

/** Milliseconds of its time that the function keeps to end in: a page that it began is left, not cut. */
const endMs = 5_000;

export interface ReplayHandlerPorts extends AdvanceReplaysPorts {
  /** `endMs`, unless given. */
  readonly endMs?: number;
}

/** How many replays have come to their end. */
export interface ReplayAnswer {
  readonly ended: number;
}

/**
 * Goes on with the replays that run: on a schedule, until its time is up. What one invocation leaves, the next takes up.
 * @throws Error that counts the replays that broke, once the others had their turns
 */
export function makeReplayHandler({ endMs: keptMs = endMs, ...ports }: ReplayHandlerPorts, log: Log) {
  return middy<unknown, ReplayAnswer>().handler(async (_, context) => {
    const deadlineMs = ports.clock.now() + context.getRemainingTimeInMillis() - keptMs;
    const { ended, broken } = await advanceReplays(ports, deadlineMs);
    for (const { replay, cause } of broken) {
      log('replay_failed', { replayId: replay.id, sinkId: replay.sinkId, ...loggedError(cause) });
    }
    if (broken.length > 0) throw new Error(`${broken.length} replays broke off`);
    return { ended: ended.length };
  });
}
