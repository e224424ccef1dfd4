import { getRandomValues } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { IdSource } from '../../ports/id-source.ts';

const pool = new Uint8Array(4_096);
let used = pool.length;

/** Random numbers from 0 to below 1; asking the system for each byte alone, as `ulid` does, made an id cost 55 us. */
function random(): number {
  if (used === pool.length) {
    getRandomValues(pool);
    used = 0;
  }
  return pool[used++]! / 256;
}

const nextUlid = monotonicFactory(random);

/** ULIDs of this thread: each above the one before it, also within a millisecond and when the clock jumps back. */
export const ulidSource: IdSource = { next: <T extends string>() => nextUlid() as T };
