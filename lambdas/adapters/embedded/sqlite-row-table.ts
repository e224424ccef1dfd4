import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { RowKey, RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import type { MergeOutcome } from '../../ports/row-store.ts';
import { makeLongestCell } from './sqlite-longest-cell.ts';
import { mergeStoredMembers } from './sqlite-row-cells.ts';
import { makeRowPlan, type RowBounds, type RowPlan } from './sqlite-row-plan.ts';
import { findRowSchema, fitRowSchema } from './sqlite-row-schema.ts';
import { mergeMembersFunction } from './sqlite-row-statements.ts';

/** Bytes of a page: a flush touches most pages of a small table, and fewer, larger ones cost it less. */
const pageBytes = 8_192;
/** Pages that the log may hold (64 MB) before it is copied into the file: a page written by many flushes goes once. */
const walPagesMax = 8_000;
/** KiB of pages that each open file may keep; merges go in order of key and need few. */
const cacheKibibytes = 8_192;
/** Milliseconds that one thread waits for another's lock. */
const busyTimeoutMs = 10_000;

/** One open file of rows. All calls block; a thread has its own. */
export interface RowTable {
  /** Joins `rows` in one transaction, durable on return. */
  merge(table: TableShape, rows: readonly RowState[]): MergeOutcome[];
  get(table: TableShape, keys: readonly RowKey[]): (RowState | undefined)[];
  /** At most `limit` states in order of key, from the start or after a key. */
  read(table: TableShape, after: RowKey | undefined, limit: number): RowState[];
  close(): void;
}

/** Makes the file of a table, or completes one whose making was cut short. */
export function createRowTable(file: string, table: TableShape): void {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
    inTransaction(database, () => fitRowSchema(database, table));
  } finally {
    database.close();
  }
}

/**
 * Opens the file of a table; undefined when there is none, or none that was made to the end.
 * @param bytesMax limit of a row's bytes
 */
export function openRowTable(file: string, bytesMax: number): RowTable | undefined {
  const database = openExisting(file);
  if (database === undefined) return undefined;
  if (findRowSchema(database) === undefined) {
    database.close();
    return undefined;
  }
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${walPagesMax};
    PRAGMA journal_size_limit = ${walPagesMax * pageBytes};
    PRAGMA cache_size = -${cacheKibibytes};
  `);
  const longest = makeLongestCell(database);
  database.function(mergeMembersFunction, { deterministic: true }, (stored, incoming, tombstone) => {
    const merged = mergeStoredMembers(String(stored), String(incoming), String(tombstone));
    longest.note(merged.length);
    return merged;
  });
  const plans = makePlans(database, { longest, bytesMax });
  return {
    merge: (table, rows) => {
      try {
        return inTransaction(database, () => {
          const plan = plans.forWriting(table);
          longest.load();
          const outcomes = mergeSorted(rows, plan.merge);
          longest.save();
          return outcomes;
        });
      } catch (error) {
        plans.forget();
        throw error;
      }
    },
    get: (table, keys) => {
      const plan = plans.forReading(table);
      return keys.map((key) => plan.get(key));
    },
    read: (table, after, limit) => plans.forReading(table).read(after, limit),
    close: () => database.close(),
  };
}

/** Never makes a file, unlike SQLite's default: one that was dropped must stay away. */
function openExisting(file: string): DatabaseSync | undefined {
  const url = pathToFileURL(file);
  url.searchParams.set('mode', 'rw');
  try {
    return new DatabaseSync(url, { timeout: busyTimeoutMs });
  } catch (error) {
    if (existsSync(file)) throw error;
    return undefined;
  }
}

/** Keeps the plan of the shape used last; others may have added columns to the file since. */
function makePlans(database: DatabaseSync, bounds: RowBounds) {
  const schemaVersion = database.prepare('PRAGMA schema_version');
  let kept: { readonly name: string; readonly version: unknown; readonly plan: RowPlan } | undefined;

  function planOf(table: TableShape): RowPlan {
    const name = nameOf(table);
    const version = versionOf();
    if (kept?.name === name && kept.version === version) return kept.plan;
    const plan = makeRowPlan(database, table, findRowSchema(database)!, bounds);
    kept = { name, version, plan };
    return plan;
  }

  function versionOf(): unknown {
    return schemaVersion.get()!['schema_version'];
  }

  return {
    /** Within the transaction that writes: no one else changes the file until it ends. */
    forWriting(table: TableShape): RowPlan {
      const plan = planOf(table);
      if (plan.complete) return plan;
      fitRowSchema(database, table);
      return planOf(table);
    },
    forReading(table: TableShape): RowPlan {
      return kept?.plan.complete && kept.name === nameOf(table) ? kept.plan : planOf(table);
    },
    /** After a rollback: columns that the plan relied on may be gone, and their schema version comes again. */
    forget(): void {
      kept = undefined;
    },
  };
}

function nameOf({ keyType, columns }: TableShape): string {
  return `${keyType} ${columns.map(({ id }) => id).join(' ')}`;
}

/** In order of key, so that each page of the file is met once. */
function mergeSorted(rows: readonly RowState[], merge: (row: RowState) => MergeOutcome): MergeOutcome[] {
  const order = rows.map((_, i) => i);
  order.sort((a, b) => (rows[a]!.key < rows[b]!.key ? -1 : 1));
  const outcomes = new Array<MergeOutcome>(rows.length).fill('unchanged');
  for (const i of order) outcomes[i] = merge(rows[i]!);
  return outcomes;
}

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
