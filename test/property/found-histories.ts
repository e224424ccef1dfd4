import type { History, MappingPlan, RecordPlan } from './histories/history.ts';

/** A history that once went wrong, and what was mended since. */
export interface FoundHistory {
  /** What the product did wrong. */
  readonly what: string;
  /** That found it; it leads to another history once the generator changes, so the history itself is kept too. */
  readonly seed: number;
  readonly history: History;
}

const plan: MappingPlan = { items: [{ column: 0, path: 0 }], allowMissing: true, partial: false, byOtherKey: false };
const sinks = Array.from({ length: 5 }, () => plan);
const table = { keyType: 'id', keys: 2, isVersioned: false, sinks, leavesDead: false } as const;

/** A history has two at least. */
const schemaChanges = [
  { do: 'remap', sink: 0, plan },
  { do: 'remap', sink: 0, plan },
] as const;

/** A delete of this row; -1: of none. */
function deleteOf(key: number): RecordPlan {
  return { key, otherKey: 0, isDelete: true, picks: Array(24).fill(0), time: 0, version: 0 };
}

/** Played before any others. */
export const foundHistories: readonly FoundHistory[] = [
  {
    what: 'count refused records twice of a batch that was buried before its receipt was there, and then redriven',
    seed: 11,
    history: {
      ...table,
      steps: [
        ...schemaChanges,
        // The sixth and the last call queue the batch and open its receipt.
        {
          ...{ do: 'post', sink: 0, records: [deleteOf(-1), deleteOf(0)], keyed: true },
          crash: { call: 7, done: false, ends: false },
        },
        { do: 'bury', pick: 0 },
        { do: 'redrive', pick: 0 },
      ],
    },
  },
  {
    what: 'leave the records of a dead letter in quarantine that was written by its original message',
    seed: 7,
    history: {
      ...table,
      steps: [
        ...schemaChanges,
        { do: 'post', sink: 0, records: [deleteOf(0)], keyed: false },
        { do: 'bury', pick: 0 },
        { do: 'deliver', picks: [], again: [0] },
      ],
    },
  },
  {
    what: 'lose the receipt of a dead letter whose redrive the queue refused',
    seed: 1,
    history: {
      ...table,
      steps: [
        ...schemaChanges,
        { do: 'post', sink: 0, records: [deleteOf(0)], keyed: false },
        { do: 'bury', pick: 0 },
        { do: 'redrive', pick: 0, crash: { call: 4, done: false, ends: false } },
      ],
    },
  },
  {
    what: 'keep a refused record as one that could not be written, once its batch, buried without a receipt, was written',
    seed: 20261149,
    history: {
      ...table,
      steps: [
        ...schemaChanges,
        {
          ...{ do: 'post', sink: 0, records: [deleteOf(-1), deleteOf(0)], keyed: false },
          crash: { call: 5, done: true, ends: false },
        },
        { do: 'bury', pick: 0 },
        { do: 'deliver', picks: [], again: [0] },
      ],
    },
  },
];
