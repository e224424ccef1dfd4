import { systemClock } from '../adapters/system/system-clock.ts';
import type { Clock } from '../ports/clock.ts';

/** What a host, or one of its write threads, is made from: each part by the name that it has in the host. */
export type PartName =
  | 'catalog'
  | 'queue'
  | 'deadLetters'
  | 'versions'
  | 'objects'
  | 'rowStore'
  | 'segmentFiles'
  | 'intake'
  | 'handlers'
  | 'tasks';

/**
 * What a host takes from outside besides its options. The product uses `productParts`; fault tests start the same host
 * with a clock that jumps and with parts that break off or fail at a chosen call.
 */
export interface HostParts {
  readonly clock: Clock;
  /**
   * Gives what is used in place of a part, once for each part of each thread, before anything uses it. Parts are records
   * of functions; what stands in for one must call it in the same turn, because calls of one turn share a commit.
   */
  readonly standIn: <T extends object>(name: PartName, part: T) => T;
  /** Module that a write thread runs; it calls `runWriteThread`. */
  readonly writeThread: URL;
}

/** The system's clock, and every part as it is. */
export const productParts: HostParts = {
  clock: systemClock,
  standIn: (_, part) => part,
  writeThread: new URL('./consumer-worker.ts', import.meta.url),
};
