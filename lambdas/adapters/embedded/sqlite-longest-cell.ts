import type { DatabaseSync } from 'node:sqlite';

/** Steps between two powers of two in which the length is kept, so that a cell that grows seldom writes it. */
const stepsPerOctave = 8;

/**
 * The most characters that a text of a file's rows (a key, a text, a stored set cell) ever had, or a little more. As long
 * as all texts of a row of that length stay below the limit of rows together, no row need be looked at. Kept in
 * SQLite's `user_version`: part of the file's header, and of the transaction that writes the longer text. There 0 says
 * that it is not known; then every row is looked at.
 */
export interface LongestCell {
  /** Infinity where it is not known. */
  readonly characters: number;
  /** A text of this length is written. */
  note(characters: number): void;
  /** At the start of a transaction: the file's number. */
  load(): void;
  /** At its end. */
  save(): void;
}

export function makeLongestCell(database: DatabaseSync): LongestCell {
  const select = database.prepare('PRAGMA user_version');
  let stored = Number.POSITIVE_INFINITY;
  let characters = stored;
  return {
    get characters() {
      return characters;
    },
    note(written) {
      if (written > characters) characters = written;
    },
    load() {
      stored = Number(select.get()!['user_version']) || Number.POSITIVE_INFINITY;
      characters = stored;
    },
    save() {
      if (characters > stored) writeLongest(database, roundedUp(characters));
    },
  };
}

/** The file has no rows yet. */
export function startLongestCell(database: DatabaseSync): void {
  writeLongest(database, 1);
}

function writeLongest(database: DatabaseSync, characters: number): void {
  database.exec(`PRAGMA user_version = ${characters}`);
}

function roundedUp(characters: number): number {
  const step = Math.max(1, 2 ** Math.floor(Math.log2(characters)) / stepsPerOctave);
  return Math.ceil(characters / step) * step;
}
