import type { KeyType } from '../../../lambdas/domain/table.ts';
import type { Kind } from './sample-values.ts';

/** Paths at which a record may have a value of each kind of column; mappings choose among them. */
export const pathsPerKind = 3;

/**
 * A column that a sink fills. Both are places in lists that a history's course decides upon, taken modulo their length, so
 * that a history stays one when parts of it are left out.
 */
export interface ItemPlan {
  readonly column: number;
  readonly path: number;
}

export interface MappingPlan {
  readonly items: readonly ItemPlan[];
  readonly allowMissing: boolean;
  /** With `allowMissing: false`: an incomplete record costs only itself. */
  readonly partial: boolean;
  /** Rows are named by the record's other key. */
  readonly byOtherKey: boolean;
}

export interface RecordPlan {
  /** Of the history's keys; -1: a value that names no row, -2: nothing. */
  readonly key: number;
  /** What mappings may name rows by instead. */
  readonly otherKey: number;
  readonly isDelete: boolean;
  /** What stands at each path, a place in the samples of its kind: by kind, then by path. */
  readonly picks: readonly number[];
  /** A place among the samples of times. */
  readonly time: number;
  /** A place among the samples of versions. */
  readonly version: number;
}

/**
 * What goes wrong at a process's nth call of a store: the call fails or is done and seems to fail, and the process goes on;
 * or the process ends, before the call or after it was done.
 */
export interface Crash {
  readonly call: number;
  readonly done: boolean;
  readonly ends: boolean;
}

/** One thing that happens. `crash`: to the process that does it; the next goes on over the same stores. */
export type Step =
  | {
      readonly do: 'post';
      readonly sink: number;
      readonly records: readonly RecordPlan[];
      /** With an Idempotency-Key, so that it may be sent again. */
      readonly keyed: boolean;
      readonly crash?: Crash;
    }
  /** The client sends a keyed request again. */
  | { readonly do: 'resend'; readonly post: number; readonly crash?: Crash }
  /** A consumer gets some of the messages that wait, in this order, and some that were written and acknowledged before. */
  | {
      readonly do: 'deliver';
      readonly picks: readonly number[];
      readonly again: readonly number[];
      readonly crash?: Crash;
    }
  /** A message has used up its attempts. */
  | { readonly do: 'bury'; readonly pick: number; readonly crash?: Crash }
  | { readonly do: 'redrive'; readonly pick: number; readonly crash?: Crash }
  | { readonly do: 'delete row'; readonly key: number; readonly version: number; readonly crash?: Crash }
  | ReplayStep
  /** Whoever has time goes on with a replay. */
  | { readonly do: 'advance'; readonly replay: number; readonly crash?: Crash }
  | { readonly do: 'compact'; readonly crash?: Crash }
  | { readonly do: 'move clock'; readonly ms: number }
  | SchemaChange;

/** Stored records of a sink are sent through it again, under its mapping of then. */
export interface ReplayStep {
  readonly do: 'replay';
  readonly sink: number;
  readonly from: 'archive' | 'quarantine';
  readonly choose: 'all' | 'ids' | 'window' | 'receipt';
  /** Which of the sink's requests: some for ids, two that bound a window, one for a receipt. */
  readonly requests: readonly number[];
  readonly crash?: Crash;
}

/** What changes the table's columns, or what its sinks make of records. */
export type SchemaChange =
  | { readonly do: 'add column'; readonly kind: Kind; readonly plan: MappingPlan }
  | { readonly do: 'drop column'; readonly column: number }
  /** A sink has a new mapping revision. */
  | { readonly do: 'remap'; readonly sink: number; readonly plan: MappingPlan }
  /** Dropped, and added again under its name; of this kind. */
  | { readonly do: 'renew column'; readonly column: number; readonly kind: Kind; readonly plan: MappingPlan };

/** All that happens to one table; plain data, so that a history that was found to go wrong can be kept. */
export interface History {
  readonly keyType: KeyType;
  readonly keys: number;
  /** Its producers have a clock of their own. */
  readonly isVersioned: boolean;
  readonly sinks: readonly MappingPlan[];
  readonly steps: readonly Step[];
  /** At the end, dead letters of which nothing was written stay where they are. */
  readonly leavesDead: boolean;
}
