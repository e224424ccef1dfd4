import {
  addressFailuresMax,
  addressWindowSeconds,
  pairFailuresMax,
  signInWindowSeconds,
  sourceFailuresMax,
} from '../domain/limits.ts';
import { Problem } from '../domain/problem.ts';
import {
  type AttemptBound,
  type AttemptOutcome,
  attemptsEndAtMs,
  noAttempts,
  type Reservation,
  reserveAttempt,
  settleAttempt,
} from '../domain/sign-in-attempts.ts';
import { sourceOfAddress } from '../domain/source-address.ts';
import type { AttemptMove, StoredAttempts } from '../ports/catalog/attempts.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pause } from '../ports/pause.ts';

/** How many failures pass, of what. */
export interface AttemptBounds {
  /** Of an address from one source. */
  readonly pair: AttemptBound;
  readonly source: AttemptBound;
  /** Of an address from everywhere. */
  readonly address: AttemptBound;
}

export const attemptBounds: AttemptBounds = {
  pair: { failuresMax: pairFailuresMax, windowSeconds: signInWindowSeconds },
  source: { failuresMax: sourceFailuresMax, windowSeconds: signInWindowSeconds },
  address: { failuresMax: addressFailuresMax, windowSeconds: addressWindowSeconds },
};

export interface ThrottlePorts {
  readonly catalog: Pick<Catalog, 'findAttempts' | 'moveAttempts'>;
  readonly clock: Clock;
  readonly pause: Pause;
  /** Those of the product, unless given. */
  readonly attemptBounds?: AttemptBounds;
  /** From 0 to below 1; `Math.random` unless given. */
  readonly random?: () => number;
}

/** Who tries: from where, and where a name goes with the secret, whose. */
export interface AttemptBy {
  /** As `RequestOrigin` has it. */
  readonly source: string;
  /** Lower-cased e-mail address, of a user or of nobody. */
  readonly address?: string;
}

/** Milliseconds that pauses grow by while others write the same counters: about what one of their writes takes. */
const conflictPauseMs = 15;
/** Milliseconds that a pause grows to while others under way fill a bound: about what a check of a password takes. */
const busyPauseMsMax = 200;
/** Milliseconds that an attempt waits at most for others at once: well within what a function has. */
const waitMsMax = 10_000;

interface Counter {
  readonly name: string;
  readonly bound: AttemptBound;
  readonly clears: boolean;
}

/**
 * Makes an attempt at a secret, if not too many have failed; it counts before it is made (see `domain/sign-in-attempts.ts`).
 * @param attempt gives undefined or throws Problem `unauthorized` when the secret is wrong; what else it throws is not counted
 * @param onFirstRefusal told when somebody is refused for the first time since failures count
 * @throws Problem `over_rate` with `retry_after_seconds`, and what `attempt` throws
 */
export async function throttled<T>(
  ports: ThrottlePorts,
  by: AttemptBy,
  attempt: () => Promise<T | undefined>,
  onFirstRefusal: () => Promise<void> = async () => {},
): Promise<T | undefined> {
  const counters = countersOf(by, ports.attemptBounds ?? attemptBounds);
  const reservedAtMs = await reserve(ports, counters, onFirstRefusal);
  const settle = (outcome: AttemptOutcome) => settleAll(ports, counters, { reservedAtMs, outcome });
  let found: T | undefined;
  try {
    found = await attempt();
  } catch (error) {
    const isWrong = error instanceof Problem && error.kind === 'unauthorized';
    // Not settled, it would count as failed: what went wrong first is what is told.
    await settle(isWrong ? 'failed' : 'withdrawn').catch(() => {});
    throw error;
  }
  await settle(found === undefined ? 'failed' : 'succeeded');
  return found;
}

/** No source holds a space, so that no two counters share a name. */
function countersOf({ source: from, address }: AttemptBy, bounds: AttemptBounds): readonly Counter[] {
  const source = sourceOfAddress(from);
  const ofSource = { name: `source ${source}`, bound: bounds.source, clears: false };
  if (address === undefined) return [ofSource];
  return [
    { name: `pair ${source} ${address}`, bound: bounds.pair, clears: true },
    ofSource,
    { name: `address ${address}`, bound: bounds.address, clears: false },
  ];
}

/** @returns the time by which the attempt is settled again */
async function reserve(
  ports: ThrottlePorts,
  counters: readonly Counter[],
  onFirstRefusal: () => Promise<void>,
): Promise<number> {
  for await (const stored of reads(ports, counters)) {
    const nowMs = ports.clock.now();
    const asked = counters.map(({ bound }, i) => reserveAttempt(stored[i]?.attempts ?? noAttempts, bound, nowMs));
    const refused = asked.filter((one) => one.kind === 'refused');
    if (refused.length > 0) {
      const isFirst = refused.some((one) => one.isFirst);
      if (isFirst && !(await move(ports, movesOf(counters, stored, asked, 'refused'), nowMs))) continue;
      if (isFirst) await onFirstRefusal();
      throw tooMany(Math.max(...refused.map(({ waitMs }) => waitMs)));
    }
    if (asked.some(({ kind }) => kind === 'busy')) continue;
    if (await move(ports, movesOf(counters, stored, asked, 'taken'), nowMs)) return nowMs;
  }
  throw tooMany(1);
}

/** Those attempts are not settled that others keep from it every time: they count as failed after a while. */
async function settleAll(
  ports: ThrottlePorts,
  counters: readonly Counter[],
  how: { readonly reservedAtMs: number; readonly outcome: AttemptOutcome },
): Promise<void> {
  for await (const stored of reads(ports, counters)) {
    const nowMs = ports.clock.now();
    const moves = counters.map(({ name, bound, clears }, i) => {
      const attempts = settleAttempt(stored[i]?.attempts ?? noAttempts, bound, { ...how, clears }, nowMs);
      return { counter: name, over: stored[i], attempts, endsAtMs: attemptsEndAtMs(attempts, bound) };
    });
    if (await move(ports, moves, nowMs)) return;
  }
}

/** Reads the counters until whoever asks is content or has waited for too long, with pauses that grow. */
async function* reads(
  { catalog, pause, random = Math.random }: ThrottlePorts,
  counters: readonly Counter[],
): AsyncGenerator<readonly (StoredAttempts | undefined)[]> {
  const names = counters.map(({ name }) => name);
  let waitedMs = 0;
  for (let tries = 1; waitedMs < waitMsMax; tries += 1) {
    yield await catalog.findAttempts(names);
    const ms = 1 + Math.min(busyPauseMsMax, conflictPauseMs * tries) * random();
    await pause(ms);
    waitedMs += ms;
  }
}

function movesOf(
  counters: readonly Counter[],
  stored: readonly (StoredAttempts | undefined)[],
  asked: readonly Reservation[],
  kind: 'taken' | 'refused',
): readonly AttemptMove[] {
  return counters.flatMap(({ name, bound }, i) => {
    const one = asked[i]!;
    if (one.kind !== kind || (one.kind === 'refused' && !one.isFirst)) return [];
    const { attempts } = one;
    return [{ counter: name, over: stored[i], attempts, endsAtMs: attemptsEndAtMs(attempts, bound) }];
  });
}

function move({ catalog }: ThrottlePorts, moves: readonly AttemptMove[], nowMs: number): Promise<boolean> {
  return catalog.moveAttempts(moves, nowMs);
}

function tooMany(waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const message = `Too many attempts have failed. Try again in ${seconds} s; nothing was looked at now.`;
  return new Problem('over_rate', message, { retry_after_seconds: seconds });
}
