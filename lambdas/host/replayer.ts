import { makeReplayHandler } from '../handlers/replay/handler.ts';
import { log } from '../http/log.ts';
import { loggedError } from '../http/logged-error.ts';
import type { AdvanceReplaysPorts } from '../use-cases/advance-replays.ts';
import { lambdaContext } from './lambda-context.ts';

export interface Replayer {
  /** Ends between two pages: a replay that is cut goes on at the next start. */
  stop(): Promise<void>;
}

/** How often replays are looked for that the call which started them did not finish. */
const everyMs = 1_000;
/** Milliseconds of one look, for which a stop may have to wait. */
const lookMs = 2_000;

/** What the schedule does on AWS: goes on with the replays that run. */
export function startReplayer(ports: AdvanceReplaysPorts): Replayer {
  const replay = makeReplayHandler({ ...ports, endMs: 0 }, log);
  let running: Promise<void> | undefined;

  function look(): void {
    running ??= replay({}, lambdaContext('replay', lookMs))
      .then(() => {})
      .catch((cause: unknown) => log('replays_broke_off', loggedError(cause)))
      .finally(() => {
        running = undefined;
      });
  }

  const timer = setInterval(look, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
