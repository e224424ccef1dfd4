import type { TableId } from '../domain/ids.ts';

/** Why a place takes less than it is sent, and what accepting does about it. */
export type Pressure =
  /** Accept after a wait. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Accept nothing; the cause is for clients and names no path. */
  | { readonly kind: 'refuse'; readonly cause: string; readonly retryAfterSeconds: number };

/**
 * Says, before a request is made durable, whether the place can bear it. Cheap: it reads what it read a moment ago, and
 * a promise comes only where a store has to be asked again.
 */
export interface PressureGauge {
  /** @param tableId of the sink that the request is for */
  check(tableId: TableId): Pressure | undefined | Promise<Pressure | undefined>;
  /** What bounds every table alike: the disk, the queue. Left out where nothing does. */
  checkPlace?(): Promise<Pressure | undefined>;
}
