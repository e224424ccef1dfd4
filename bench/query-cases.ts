import { finalEvent, isUpdated, rowsPerUpdate, usersCount } from './query-data.ts';

/** What a case is to reach, as ratios to the peer or in milliseconds. */
export type QueryAim =
  | { readonly kind: 'ratio'; readonly compacted: number; readonly unmerged: number }
  | { readonly kind: 'ms'; readonly ms: number };

/** One query, asked of the product as a client does and of the peer in SQL of its own. */
export interface QueryCase {
  readonly name: string;
  /** `row`: GET of a row by its key, from the row store; `statement` is the key. */
  readonly language: 'sql' | 'pql' | 'row';
  readonly statement: (table: string) => string;
  /** @param file FROM item of the rows as they are in the end */
  readonly peer: (file: string) => string;
  readonly aim: QueryAim;
}

/** Beside plain Parquet, compacted and with 200 unmerged segments. */
const scan: QueryAim = { kind: 'ratio', compacted: 1.3, unmerged: 5 };
/** Where an index of members is to replace DuckDB's list functions; that aim is of compacted segments. */
const members: QueryAim = { kind: 'ratio', compacted: 0.2, unmerged: 5 };
const point: QueryAim = { kind: 'ms', ms: 5 };

const days = "date_trunc('day', ts) AS day, COUNT(*) AS events, SUM(price) AS total";
const byMember = (file: string, sum: string) => `(SELECT UNNEST(country) AS member${sum} FROM ${file})`;

/** The cases, for a table of `rows` rows. */
export function queryCases(rows: number, seed: number): readonly QueryCase[] {
  const key = updatedNear(Math.floor(rows / 2), seed);
  const [from, to] = [usersCount / 10, usersCount / 5];
  return [
    {
      name: 'count',
      language: 'sql',
      statement: (table) => `select count(*) from ${table}`,
      peer: (file) => `SELECT COUNT(*) FROM ${file}`,
      aim: scan,
    },
    {
      name: 'count, range of an int',
      language: 'sql',
      statement: (table) => `select count(*) from ${table} where user_id >= ${from} and user_id < ${to}`,
      peer: (file) => `SELECT COUNT(*) FROM ${file} WHERE user_id >= ${from} AND user_id < ${to}`,
      aim: scan,
    },
    {
      name: 'count, range and member',
      language: 'sql',
      statement: (table) => `select count(*) from ${table} where user_id < ${to} and country = 'FR'`,
      peer: (file) => `SELECT COUNT(*) FROM ${file} WHERE user_id < ${to} AND list_contains(country, 'FR')`,
      aim: scan,
    },
    {
      name: 'GROUP BY day, SUM',
      language: 'sql',
      statement: (table) => `SELECT ${days} FROM ${table} GROUP BY day ORDER BY day`,
      peer: (file) => `SELECT ${days} FROM ${file} GROUP BY day ORDER BY day`,
      aim: scan,
    },
    {
      name: 'GROUP BY member, SUM',
      language: 'sql',
      statement: (table) => `select country, count(*), sum(price) from ${table} group by country`,
      peer: (file) =>
        `SELECT member, COUNT(*), SUM(price) FROM ${byMember(file, ', price')} GROUP BY member ORDER BY member`,
      aim: scan,
    },
    {
      name: 'GROUP BY member',
      language: 'sql',
      statement: (table) => `select country, count(*) from ${table} group by country`,
      peer: (file) => `SELECT member, COUNT(*) FROM ${byMember(file, '')} GROUP BY member ORDER BY member`,
      aim: members,
    },
    {
      name: 'TopK of members (PQL)',
      language: 'pql',
      statement: (table) => `[${table}]GroupBy(Rows(country), sort="count desc", limit=5)`,
      peer: (file) =>
        `SELECT member, COUNT(*) AS n FROM ${byMember(file, '')} GROUP BY member ORDER BY n DESC, member LIMIT 5`,
      aim: scan,
    },
    {
      name: 'contains all of 2',
      language: 'sql',
      statement: (table) => `select count(*) from ${table} where country = 'DE' and country = 'FR'`,
      peer: (file) => `SELECT COUNT(*) FROM ${file} WHERE list_has_all(country, ['DE', 'FR'])`,
      aim: members,
    },
    {
      // The same beside the way of asking that DuckDB answers four times as fast.
      name: 'contains one and another',
      language: 'sql',
      statement: (table) => `select count(*) from ${table} where country = 'DE' and country = 'FR'`,
      peer: (file) =>
        `SELECT COUNT(*) FROM ${file} WHERE list_contains(country, 'DE') AND list_contains(country, 'FR')`,
      aim: members,
    },
    {
      name: 'Intersect of 3 sets (PQL)',
      language: 'pql',
      statement: (table) => `[${table}]Intersect(Row(country='DE'), Row(country='FR'), Row(country='US'))`,
      peer: (file) =>
        `SELECT _id FROM ${file} WHERE ${['DE', 'FR', 'US'].map((code) => `list_contains(country, '${code}')`).join(' AND ')} ORDER BY _id`,
      aim: scan,
    },
    {
      name: 'point row by _id (SQL)',
      language: 'sql',
      statement: (table) => `select * from ${table} where _id = ${key}`,
      peer: (file) => `SELECT * FROM ${file} WHERE _id = ${key}`,
      aim: point,
    },
    {
      name: 'point row (row store)',
      language: 'row',
      statement: () => String(key),
      peer: (file) => `SELECT * FROM ${file} WHERE _id = ${key}`,
      aim: point,
    },
  ];
}

/** A row that was updated, so that its newest values do not stand where the first ones do. */
function updatedNear(from: number, seed: number): number {
  for (let n = from; n < from + 2 * rowsPerUpdate; n++) if (isUpdated(n, seed)) return n;
  throw new Error(`no row after ${from} is updated`);
}

/** The row that both point queries ask for, as the data's own arithmetic has it; checks the peer too. */
export function pointRow(rows: number, seed: number): readonly unknown[] {
  return finalEvent(updatedNear(Math.floor(rows / 2), seed), seed);
}
