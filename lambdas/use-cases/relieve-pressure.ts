import type { TableId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Pause } from '../ports/pause.ts';
import type { PressureGauge } from '../ports/pressure.ts';

export interface RelievePorts {
  readonly pause: Pause;
  readonly pressure?: PressureGauge;
}

/**
 * Makes a request wait where its place is behind. Before anything of it is durable: what is durable is acknowledged.
 * @throws Problem `unavailable` where the place takes nothing for now
 */
export async function relievePressure({ pause, pressure }: RelievePorts, tableId: TableId): Promise<void> {
  if (!pressure) return;
  const found = await pressure.check(tableId);
  if (!found) return;
  if (found.kind === 'slow') return pause(found.delayMs);
  throw new Problem('unavailable', `Nothing was accepted: ${found.cause}. Send the request again in a while.`, {
    retry_after_seconds: found.retryAfterSeconds,
  });
}
