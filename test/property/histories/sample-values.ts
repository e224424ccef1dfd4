import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import type { MappedValue, Removal } from '../../../lambdas/domain/outcome.ts';
import type { ResultValue } from '../../../lambdas/ports/query-engine.ts';

/** Kinds of column that a history's table has. */
export type Kind = 'int' | 'string' | 'decimal' | 'timestamp' | 'bool' | 'idset' | 'stringset' | 'quantum';

/** What a value comes to; no type of a history's columns takes members out. */
export type SampleValue = Exclude<MappedValue, Removal>;

/** One value as a record has it, and what a column of its kind must make of it, told by hand. */
export interface Sample {
  /** JSON text; absent: the record has nothing there. */
  readonly json?: string;
  /** undefined: as if nothing had been sent, which no sink minds. */
  readonly means: SampleValue | 'wrong';
  /** How SQL shows it, where that is not what it means. */
  readonly sql?: ResultValue;
}

export const columnTypes: Readonly<Record<Kind, ColumnType>> = {
  int: { type: 'int' },
  string: { type: 'string' },
  decimal: { type: 'decimal', scale: 2 },
  timestamp: { type: 'timestamp', unit: 's' },
  bool: { type: 'bool' },
  idset: { type: 'idset' },
  stringset: { type: 'stringset' },
  quantum: { type: 'stringsetq', quantum: 'YMD' },
};
export const kinds = Object.keys(columnTypes) as readonly Kind[];

const missing: Sample = { means: undefined };
const cleared: Sample = { json: 'null', means: null };
/** Places of these in every list below. */
export const missingSample = 0;
export const nullSample = 1;
export const wrongSample = 2;

/** What a field of a record may hold, by the kind of column that reads it; first nothing, null and something wrong. */
export const samples: Readonly<Record<Kind, readonly Sample[]>> = {
  int: [
    ...[missing, cleared, wrong('"five"')],
    ...[same('0'), same('-7'), same('42'), { json: '" 8 "', means: 8 }, { json: '""', means: undefined }],
    { json: '9223372036854775807', means: 9_223_372_036_854_775_807n },
  ],
  string: [
    ...[missing, cleared, wrong('["a"]')],
    ...[same('"a"'), same('"b"'), same('"\u{1f600} | \\\\"'), { json: 'true', means: 'true' }],
    { json: '""', means: undefined },
  ],
  decimal: [
    ...[missing, cleared, wrong('"1,5"')],
    { json: '0', means: 0, sql: '0.00' },
    { json: '5.1', means: 510, sql: '5.10' },
    { json: '"-0.29"', means: -29, sql: '-0.29' },
  ],
  timestamp: [
    ...[missing, cleared, wrong('"yesterday"')],
    { json: '"1970-01-01T00:00:09Z"', means: 9, sql: '1970-01-01T00:00:09Z' },
    { json: '"2024-02-29T12:00:00+01:00"', means: 1_709_204_400, sql: '2024-02-29T11:00:00Z' },
    { json: '86400', means: 86_400, sql: '1970-01-02T00:00:00Z' },
  ],
  bool: [missing, cleared, wrong('"maybe"'), same('true'), same('false'), { json: '"T"', means: true }],
  idset: [
    ...[missing, cleared, wrong('["x"]')],
    ...[same('[]'), same('[1]'), same('[2]'), same('[1,3]'), { json: '"3,2,3"', means: [3, 2] }],
  ],
  stringset: [
    ...[missing, cleared, wrong('[1]')],
    ...[same('[]'), same('["a"]'), same('["b"]'), same('["a","c"]'), { json: '"b,c"', means: ['b', 'c'] }],
  ],
  quantum: [missing, cleared, wrong('{}'), same('[]'), same('["x"]'), same('["y"]'), same('["x","z"]')],
};

/** What the field `at` may hold, the time of a record; what it means matters only where it is wrong or missing. */
export const times: readonly Sample[] = [
  ...[missing, cleared, wrong('"noon"')],
  ...[same('"2022-08-09T02:00:00Z"'), same('"2022-08-10T02:00:00Z"'), same('1660000000')],
];

/** What the field `v` may hold, the version that a producer with a clock of its own gives a record. */
export const versions: readonly { readonly json?: string; readonly means: bigint | 'missing' | 'wrong' }[] = [
  ...[
    { means: 'missing' as const },
    { json: 'null', means: 'missing' as const },
    { json: '1.5', means: 'wrong' as const },
  ],
  ...[
    { json: '1', means: 1n },
    { json: '"2"', means: 2n },
    { json: '-3', means: -3n },
  ],
  { json: '9007199254740993', means: 9_007_199_254_740_993n },
];

function same(json: string): Sample {
  return { json, means: JSON.parse(json) as SampleValue };
}

function wrong(json: string): Sample {
  return { json, means: 'wrong' };
}
