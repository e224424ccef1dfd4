import type { ColumnType } from '../lambdas/domain/column-type.ts';
import type { MappedRow } from '../lambdas/domain/outcome.ts';

/**
 * The table of the query benchmark. Values follow from a row's number, a salt and the seed by whole-number arithmetic that
 * JavaScript and SQL do alike, so that the peer's rows are told by SQL alone and check what the product makes of records.
 */
export const eventColumns = {
  user_id: { type: 'int' },
  country: { type: 'stringset' },
  price: { type: 'decimal', scale: 2 },
  ts: { type: 'timestamp', unit: 's' },
} as const satisfies Readonly<Record<string, ColumnType>>;

/** Members of `country`: low places come more often. */
export const countries: readonly string[] =
  'DE FR US GB IT ES PL NL SE CH AT BE DK NO FI PT CZ GR HU RO BG HR SK SI LT LV EE IE LU MT CY IS TR UA RS CA MX BR AR CL CO PE JP KR CN IN ID TH VN AU'.split(
    ' ',
  );
/** Users are numbered from 0 to below this. */
export const usersCount = 100_000;
/** Seconds since 1970 of row 0; each next row is a second later. */
const firstSecond = 1_767_225_600;
/** One row of so many in turn is updated, at a place of its own in each. */
export const rowsPerUpdate = 10;
/** What an update's time is later by. */
const updateSeconds = 3_600;

/** Prime, so that all remainders come up; products with the factors stay exact in a double. */
const modulus = 2_147_483_647;
const factors = [48_271, 40_692, 69_621] as const;
/** Salts of an update are those of the first write and this. */
const updateSalt = 100;
const salts = { user: 1, price: 2, members: 3, draws: 4, place: 20 } as const;
const drawsMax = 3;
const cents = 100_000;

/** A number below 2^31 out of a row's number. */
function mix(n: number, salt: number, seed: number): number {
  let x = (n * factors[0] + salt * factors[2] + seed) % modulus;
  x = ((x ^ (x >>> 15)) * factors[1]) % modulus;
  return x ^ (x >>> 13);
}

/** Whether row `n` is written a second time. */
export function isUpdated(n: number, seed: number): boolean {
  return n % rowsPerUpdate === mix(Math.floor(n / rowsPerUpdate), salts.place, seed) % rowsPerUpdate;
}

/** The record of row `n`, as a sink's mapping would have given it: its first write, or its update. */
export function mappedEvent(n: number, seed: number, isUpdate: boolean): MappedRow {
  const { user, price, at, members } = valuesOf(n, seed, isUpdate);
  return { kind: 'row', op: 'put', key: n, values: [user, members, price, at] };
}

function valuesOf(n: number, seed: number, isUpdate: boolean) {
  const salted = isUpdate ? updateSalt : 0;
  const members = new Set<string>();
  for (let i = mix(n, salts.members + salted, seed) % drawsMax; i >= 0; i--) {
    const draws = [i, i + drawsMax].map((draw) => mix(n, salts.draws + draw + salted, seed) % countries.length);
    members.add(countries[Math.min(...draws)]!);
  }
  return {
    user: mix(n, salts.user, seed) % usersCount,
    price: mix(n, salts.price + salted, seed) % cents,
    at: firstSecond + n + (isUpdate ? updateSeconds : 0),
    members: [...members].sort(),
  };
}

/** Row `n` as it is in the end, as an answer of SQL has it. */
export function finalEvent(n: number, seed: number): readonly unknown[] {
  const first = valuesOf(n, seed, false);
  if (!isUpdated(n, seed))
    return [n, first.user, first.members, (first.price / 100).toFixed(2), formatTimestamp(first.at)];
  const { members, price, at } = valuesOf(n, seed, true);
  const all = [...new Set([...first.members, ...members])].sort();
  return [n, first.user, all, (price / 100).toFixed(2), formatTimestamp(at)];
}

/** A count of seconds since 1970 as answers have times. */
export function formatTimestamp(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000', '');
}

/** Statements that make the SELECT of `finalRows` possible. */
export function dataMacros(seed: number): string {
  const draw = (i: string) => `mix(n, ${salts.draws} + ${i} + salted) % ${countries.length}`;
  const member = (i: number) => `codes()[1 + least(${draw(String(i))}, ${draw(String(i + drawsMax))})]`;
  return `
    CREATE MACRO folded(x, bits) AS xor(x, x >> bits);
    CREATE MACRO mix(n, salt) AS folded((folded((n * ${factors[0]} + salt * ${factors[2]} + ${seed}) % ${modulus}, 15)
      * ${factors[1]}) % ${modulus}, 13);
    CREATE MACRO codes() AS [${countries.map((code) => `'${code}'`).join(', ')}];
    CREATE MACRO members(n, salted) AS
      [${[0, 1, 2].map(member).join(', ')}][1:1 + mix(n, ${salts.members} + salted) % ${drawsMax}];
    CREATE MACRO is_updated(n) AS
      n % ${rowsPerUpdate} = mix(n // ${rowsPerUpdate}, ${salts.place}) % ${rowsPerUpdate}`;
}

/** SELECT of the rows as they are in the end, in natural types and in order of `_id`. */
export function finalRows(rows: number): string {
  const price = (salted: number) => `mix(n, ${salts.price} + ${salted}) % ${cents}`;
  return `SELECT n AS _id, mix(n, ${salts.user}) % ${usersCount} AS user_id,
    list_sort(list_distinct(members(n, 0) || CASE WHEN is_updated(n) THEN members(n, ${updateSalt}) ELSE [] END)) AS country,
    CAST(CAST(CASE WHEN is_updated(n) THEN ${price(updateSalt)} ELSE ${price(0)} END AS DECIMAL(16, 0))
      * CAST('0.01' AS DECIMAL(2, 2)) AS DECIMAL(18, 2)) AS price,
    make_timestamp((${firstSecond} + n + CASE WHEN is_updated(n) THEN ${updateSeconds} ELSE 0 END) * 1000000) AS ts
    FROM range(${rows}) AS r(n) ORDER BY n`;
}
