import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedStores, openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';

/** A clock that stands still until it is moved, by negative times too. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export interface TestStores {
  readonly directory: string;
  readonly clock: TestClock;
  readonly stores: EmbeddedStores;
  /** Closes the stores and opens the same folder again. */
  reopen(): Promise<EmbeddedStores>;
  close(): Promise<void>;
}

/** 2026-11-21T12:00:00Z. */
const startMs = 1_795_262_400_000;

export function makeTestClock(): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** Embedded stores in a folder of their own, gone after `close`. */
export function openTestStores(): TestStores {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-stores-'));
  const clock = makeTestClock();
  const open = () => openEmbeddedStores(directory, { clock, ids: ulidSource });
  let stores = open();
  return {
    directory,
    clock,
    get stores() {
      return stores;
    },
    async reopen() {
      await stores.close();
      stores = open();
      return stores;
    },
    async close() {
      await stores.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
