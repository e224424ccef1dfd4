/** At which crossing of which boundary the process is to die. */
export interface ArmedKill {
  readonly boundary: string;
  /** 1: the first. */
  readonly crossing: number;
}

/** How a clock is off: by the first of these, after `stepMs` by the next, and so on, round and round. */
export interface ClockJumps {
  readonly offsetsMs: readonly number[];
  readonly stepMs: number;
}

/** What a host under test does differently from the product. Passed as JSON in the environment. */
export interface FaultSetup {
  readonly clock?: ClockJumps;
  /** Armed from the first moment, so that the process may die while it recovers. */
  readonly armed?: ArmedKill;
  /** Every lease lasts only this long. */
  readonly leaseMs?: number;
  /** Every segment takes this long to make, so that a lease runs out meanwhile. */
  readonly slowSegmentMs?: number;
}

/** Merges of a table with a column of this name fail. */
export const poisonColumn = 'poison';

/** What the host under test passes on to all of its threads. */
export type ThreadOrder = { readonly arm: ArmedKill } | { readonly jump: ClockJumps };

/** What the test says to the host under test, and what that answers. */
export type FaultOrder = ThreadOrder | { readonly ask: 'depth'; readonly id: number };
export interface DepthAnswer {
  readonly id: number;
  /** Messages in the queue and in the dead letters. */
  readonly depth: number;
}

const variable = 'HEADGATE_FAULTS';

/** The setup as an environment. */
export function faultEnvironment(setup: FaultSetup): Readonly<Record<string, string>> {
  return { [variable]: JSON.stringify(setup) };
}

/** The setup that this process was started with. */
export function faultSetupOfProcess(): FaultSetup {
  return JSON.parse(process.env[variable] ?? '{}') as FaultSetup;
}
