import { isSetType } from '../../domain/column-type.ts';
import { quoteIdentifier } from '../../domain/naming/quote-identifier.ts';
import type { Column, KeyType } from '../../domain/table.ts';

/**
 * SQL of a table's file. One table `rows`: key, `exists`, `tombstone`; per scalar column its value `v:<id>` and stamp
 * `s:<id>`; per set column its cell as text in `m:<id>`. A stamp of NULL says "the row's `exists`": most rows were
 * written whole, and storing their one stamp once halves them. An empty text is a cell never written.
 *
 * The merge statements are the rule of `domain/merge.ts` in SQL; the conformance suite holds the two together.
 */

/** The SQL function that merges two set cells: (stored, incoming, tombstone) -> the cell's new text. */
export const mergeMembersFunction = 'merge_members';

/** A column as the file has it. */
export interface StoredColumn {
  readonly id: string;
  readonly isSet: boolean;
}

/** Makes the table, without columns yet. Ids use SQLite's row id; text keys need no second tree beside the rows. */
export function createRowsSql(keyType: KeyType): string {
  const [key, suffix] = keyType === 'id' ? ['INTEGER PRIMARY KEY', ''] : ['TEXT PRIMARY KEY NOT NULL', 'WITHOUT ROWID'];
  return `CREATE TABLE rows (key ${key}, "exists" TEXT NOT NULL DEFAULT '', tombstone TEXT NOT NULL DEFAULT '') ${suffix}`;
}

/** Adds a column, in which no row has a cell yet. Numbers become whole by the column's affinity. */
export function addColumnSql({ id, type }: Column): string {
  if (isSetType(type.type)) return `ALTER TABLE rows ADD COLUMN ${m(id)} TEXT NOT NULL DEFAULT ''`;
  const affinity = type.type === 'string' ? 'TEXT' : 'INTEGER';
  return `ALTER TABLE rows ADD COLUMN ${v(id)} ${affinity}; ALTER TABLE rows ADD COLUMN ${s(id)} TEXT DEFAULT ''`;
}

/** The columns that the file has, out of the names that SQLite gives of its table. */
export function storedColumnsOf(names: readonly string[]): StoredColumn[] {
  return names.flatMap((name): StoredColumn[] => {
    if (name.startsWith('v:')) return [{ id: name.slice(2), isSet: false }];
    return name.startsWith('m:') ? [{ id: name.slice(2), isSet: true }] : [];
  });
}

/**
 * Reads states: key, `exists`, `tombstone`, then (value, stamp) or (members) for each of `columns`.
 * `byKey`: of one key. `first` and `next`: at most ?1 rows in order of key, from the start or after key ?2.
 */
export function selectSql(columns: readonly StoredColumn[], which: 'byKey' | 'first' | 'next'): string {
  const cells = columns.map(({ id, isSet }) => (isSet ? m(id) : `${v(id)}, ${s(id)}`));
  const rest = {
    byKey: 'WHERE key = ?',
    first: 'ORDER BY key LIMIT ?1',
    next: 'WHERE key > ?2 ORDER BY key LIMIT ?1',
  };
  return `SELECT ${['key', '"exists"', 'tombstone', ...cells].join(', ')} FROM rows ${rest[which]}`;
}

/** Bytes of the key and of the texts of these columns in the row of a key; SQLite finds them without reading the texts. */
export function octetsSql(columns: readonly StoredColumn[]): string {
  const octets = columns.map(({ id, isSet }) => `ifnull(octet_length(${isSet ? m(id) : v(id)}), 0)`);
  return `SELECT ${['octet_length(key)', ...octets].join(' + ')} FROM rows WHERE key = ?`;
}

/**
 * Replaces a row that a newer whole record was sent for: the usual case of `mergeRecordSql`, with the same bindings, for
 * files without set columns and rows whose cells all have the row's stamp. It changes nothing in any other case, and
 * costs a fifth less because it compares one stamp instead of one a column.
 * @param stored all columns of the file, each of which the record writes
 */
export function replaceRecordSql(stored: readonly StoredColumn[]): string {
  const names = ['key', '"exists"', ...stored.flatMap(({ id }) => [v(id), s(id)])];
  const values = ['?1', '?2', ...stored.flatMap((_, i) => [`?${i + 3}`, 'NULL'])];
  const updates = ['"exists" = ?2', ...stored.map(({ id }) => `${v(id)} = excluded.${v(id)}`)];
  const newest = ['?2 > tombstone', '?2 > "exists"', ...stored.map(({ id }) => `${s(id)} IS NULL`)];
  return upsert(names, values, updates, newest.join(' AND '));
}

/**
 * Merges a row whose stamps are all one (?2) and that deletes nothing: what a single record says. Binds key, stamp, then
 * a value or set cell for each of `written`. Counts as a change only if something of the row is newer.
 * @param written the columns that the row has cells for
 * @param stored all columns of the file: those not written keep their stamp when `exists` moves on
 */
export function mergeRecordSql(written: readonly StoredColumn[], stored: readonly StoredColumn[]): string {
  const names = ['key', '"exists"'];
  const values = ['?1', '?2'];
  const changed = ['?2 > "exists"'];
  const updates = ['"exists" = max("exists", ?2)'];
  written.forEach(({ id, isSet }, i) => {
    names.push(isSet ? m(id) : v(id));
    values.push(`?${i + 3}`);
    if (isSet) {
      const merged = mergedMembers(id, 'tombstone');
      changed.push(`${merged} <> ${m(id)}`);
      updates.push(`${m(id)} = ${merged}`);
    } else {
      names.push(s(id));
      values.push('NULL');
      const newer = isNewer(id, '?2');
      changed.push(newer);
      updates.push(`${v(id)} = iif(${newer}, excluded.${v(id)}, ${v(id)})`);
      updates.push(`${s(id)} = iif(?2 > ${stampOf(id)}, iif(?2 >= "exists", NULL, ?2), ${s(id)})`);
    }
  });
  const writtenIds = new Set(written.map(({ id }) => id));
  for (const { id, isSet } of stored) {
    if (!isSet && !writtenIds.has(id)) updates.push(`${s(id)} = iif(?2 > "exists", ${stampOf(id)}, ${s(id)})`);
  }
  return upsert(names, values, updates, `?2 > tombstone AND (${changed.join(' OR ')})`);
}

/**
 * Merges any state. Binds key, `exists`, `tombstone`, then (value, stamp) or a set cell for each of `columns`, where a
 * missing cell is (NULL, '') or ''. A tombstone empties all that it beats, also in columns that `columns` lacks.
 */
export function mergeStateSql(columns: readonly StoredColumn[], stored: readonly StoredColumn[]): string {
  const names = ['key', '"exists"', 'tombstone'];
  const changed = ['excluded.tombstone > tombstone', 'excluded."exists" > "exists" AND excluded."exists" > tombstone'];
  for (const { id, isSet } of columns) {
    names.push(...(isSet ? [m(id)] : [v(id), s(id)]));
    const incoming = incomingStampOf(id);
    if (isSet) changed.push(`${mergedMembers(id, 'tombstone')} <> ${m(id)}`);
    else changed.push(`${isNewer(id, incoming)} AND ${incoming} > tombstone`);
  }
  const beaten = 'max(tombstone, excluded.tombstone)';
  const exists = 'max("exists", excluded."exists")';
  const updates = [`tombstone = ${beaten}`, `"exists" = iif(${exists} > ${beaten}, ${exists}, '')`];
  for (const { id, isSet } of stored) {
    if (isSet) {
      updates.push(`${m(id)} = ${mergedMembers(id, beaten)}`);
      continue;
    }
    const incoming = incomingStampOf(id);
    const stamp = `max(${stampOf(id)}, ${incoming})`;
    const value = `iif(${isNewer(id, incoming)}, excluded.${v(id)}, ${v(id)})`;
    updates.push(`${v(id)} = iif(${stamp} > ${beaten}, ${value}, NULL)`);
    updates.push(
      `${s(id)} = CASE WHEN ${stamp} <= ${beaten} THEN '' WHEN ${stamp} = ${exists} THEN NULL ELSE ${stamp} END`,
    );
  }
  return upsert(
    names,
    names.map(() => '?'),
    updates,
    changed.join(' OR '),
  );
}

function upsert(names: readonly string[], values: readonly string[], updates: readonly string[], changed: string) {
  return `INSERT INTO rows (${names.join(', ')}) VALUES (${values.join(', ')})
    ON CONFLICT (key) DO UPDATE SET ${updates.join(', ')} WHERE ${changed}`;
}

/** Whether the incoming cell beats the stored one: later, or as late with a higher value (null is lowest). */
function isNewer(id: string, incoming: string): string {
  const higher = `excluded.${v(id)} > ${v(id)} OR ${v(id)} IS NULL AND excluded.${v(id)} IS NOT NULL`;
  return `(${incoming} > ${stampOf(id)} OR ${incoming} = ${stampOf(id)} AND (${higher}))`;
}

/** When the stored cell was written. */
function stampOf(id: string): string {
  return `ifnull(${s(id)}, "exists")`;
}

/** When the incoming cell was written. */
function incomingStampOf(id: string): string {
  return `ifnull(excluded.${s(id)}, excluded."exists")`;
}

function mergedMembers(id: string, tombstone: string): string {
  return `${mergeMembersFunction}(${m(id)}, excluded.${m(id)}, ${tombstone})`;
}

/** The value of a scalar column. */
function v(id: string): string {
  return quoteIdentifier(`v:${id}`);
}

/** The stamp of a scalar column. */
function s(id: string): string {
  return quoteIdentifier(`s:${id}`);
}

/** The members of a set column. */
function m(id: string): string {
  return quoteIdentifier(`m:${id}`);
}
