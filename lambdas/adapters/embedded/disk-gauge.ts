import { statfsSync } from 'node:fs';
import { pressureRetrySeconds } from '../../domain/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Pressure, PressureGauge } from '../../ports/pressure.ts';

/**
 * Bytes of the disk that accepting leaves free, so that what is queued can still be written: rows, segments and the
 * compactions that make room again. A twentieth of a small disk, but room for a few flushes.
 */
const reserveBytesMax = 268_435_456;
const reserveBytesMin = 16_777_216;
const reserveShare = 20;
/** The part of the reserve that writing leaves free: a flush that finds no room would count as a failed try. */
const heldShare = 2;
/** Milliseconds for which a look at the disk is good: what is accepted meanwhile is far less than the reserve. */
const lookMs = 1_000;
/** Milliseconds after a write that found no room, whatever the disk says: a disk quota is seen in no other way. */
const afterFailureMs = 5_000;

export interface DiskGaugeParts {
  readonly directory: string;
  readonly clock: Clock;
  /** Room on the disk that holds a directory; `statfs(2)`, unless given. */
  readonly statfs?: (directory: string) => { readonly bsize: number; readonly blocks: number; readonly bavail: number };
}

export interface DiskGauge extends PressureGauge {
  check(): Pressure | undefined;
  /** A write found no room. */
  failed(): void;
  /** Whether what is queued should wait too. */
  isHeld(): boolean;
}

/** Refuses requests while the disk has less room than the reserve, or refused a write a moment ago. */
export function makeDiskGauge({ directory, clock, statfs = statfsSync }: DiskGaugeParts): DiskGauge {
  let lookedAtMs: number | undefined;
  let failedAtMs: number | undefined;
  let room = { freeBytes: 0, reserveBytes: 0 };

  function look() {
    const now = clock.now();
    if (!isWithin(lookedAtMs, now, lookMs)) {
      room = roomOf(statfs(directory));
      lookedAtMs = now;
    }
    return room;
  }

  return {
    check() {
      const { freeBytes, reserveBytes } = look();
      if (freeBytes >= reserveBytes && !isWithin(failedAtMs, clock.now(), afterFailureMs)) return undefined;
      const cause = `the disk has ${megabytes(freeBytes)} MB free, and the last ${megabytes(reserveBytes)} are kept for writing`;
      return { kind: 'refuse', cause, retryAfterSeconds: pressureRetrySeconds };
    },
    failed() {
      failedAtMs = clock.now();
      lookedAtMs = undefined;
    },
    isHeld() {
      const { freeBytes, reserveBytes } = look();
      return freeBytes < reserveBytes / heldShare;
    },
  };
}

/** A clock that went back ends it. */
function isWithin(sinceMs: number | undefined, nowMs: number, ms: number): boolean {
  return sinceMs !== undefined && nowMs >= sinceMs && nowMs - sinceMs < ms;
}

function roomOf({ bsize, blocks, bavail }: { bsize: number; blocks: number; bavail: number }) {
  const share = (blocks * bsize) / reserveShare;
  return { freeBytes: bavail * bsize, reserveBytes: Math.min(reserveBytesMax, Math.max(reserveBytesMin, share)) };
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_048_576);
}
