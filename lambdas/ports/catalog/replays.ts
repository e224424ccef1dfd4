import type { ReplayId, SinkId, TenantId } from '../../domain/ids.ts';
import type { Replay } from '../../domain/replay.ts';

/** Replays by the sink whose records they send again. They go `receiptDaysMax` after their start. */
export interface Replays {
  createReplay(replay: Replay): Promise<void>;
  findReplay(tenantId: TenantId, sinkId: SinkId, id: ReplayId): Promise<Replay | undefined>;
  /** Newest first. */
  listReplays(
    sinkId: SinkId,
    options: { readonly limit: number; readonly after?: ReplayId },
  ): Promise<readonly Replay[]>;
  /** Saves over the stored revision; throws `RevisionConflict` if it is another, or the replay is gone. */
  saveReplay(replay: Replay): Promise<Replay>;
  /** Those whose state is `running`, of all tenants, oldest first. */
  runningReplays(): Promise<readonly Replay[]>;
}
