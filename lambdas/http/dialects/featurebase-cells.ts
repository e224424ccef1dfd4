import { exactJson } from '../../domain/json/exact-json.ts';
import type { AnswerColumn, AnswerType } from '../../domain/sql/compiled.ts';
import type { ResultValue } from '../../ports/query-engine.ts';

type Present = Exclude<ResultValue, null>;

/** How the older form writes a column: the header's datatype, and each value under the key of its kind. */
export interface TableCell {
  readonly datatype: string;
  readonly cellOf: (value: Present) => Readonly<Record<string, unknown>>;
}

/** Datatypes and keys of FeatureBase's gRPC ColumnResponse. */
const tableCells: Readonly<Record<Exclude<AnswerType['type'], 'decimal'>, TableCell>> = {
  id: { datatype: 'uint64', cellOf: (value) => ({ Uint64Val: rawNumber(value) }) },
  int: { datatype: 'int64', cellOf: (value) => ({ Int64Val: rawNumber(value) }) },
  float: { datatype: 'float64', cellOf: (value) => ({ Float64Val: rawNumber(value) }) },
  string: { datatype: 'string', cellOf: (value) => ({ StringVal: value }) },
  // What no column can hold is text, or the JSON of it.
  other: {
    datatype: 'string',
    cellOf: (value) => ({ StringVal: typeof value === 'string' ? value : exactJson(value) }),
  },
  bool: { datatype: 'bool', cellOf: (value) => ({ BoolVal: value }) },
  timestamp: { datatype: 'timestamp', cellOf: (value) => ({ TimestampVal: value }) },
  idset: { datatype: '[]uint64', cellOf: (value) => ({ Uint64ArrayVal: { vals: rawNumbers(value) } }) },
  stringset: { datatype: '[]string', cellOf: (value) => ({ StringArrayVal: { vals: value } }) },
  idsetq: { datatype: '[]uint64', cellOf: (value) => ({ Uint64ArrayVal: { vals: rawNumbers(value) } }) },
  stringsetq: { datatype: '[]string', cellOf: (value) => ({ StringArrayVal: { vals: value } }) },
};

/** How the older form writes a column's values. */
export function tableCell({ type, form }: AnswerColumn): TableCell {
  if (form === 'count') return tableCells.id;
  if (form === 'float') return tableCells.float;
  if (type.type !== 'decimal') return tableCells[type.type];
  return { datatype: 'decimal', cellOf: (value) => ({ DecimalVal: decimalParts(String(value)) }) };
}

/** How the newer form writes a column's values: as plain JSON. */
export function schemaCell({ type }: AnswerColumn): (value: ResultValue) => unknown {
  return type.type === 'decimal' ? (value) => (value === null ? null : rawNumber(value)) : exactValue;
}

/** A JSON value in which every number has all its digits. */
function exactValue(value: ResultValue): unknown {
  if (typeof value === 'bigint') return rawNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(exactValue);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, exactValue(part)]));
}

function rawNumbers(value: ResultValue): unknown {
  return isList(value) ? value.map((member) => (member === null ? null : rawNumber(member))) : value;
}

/** A number that `JSON.stringify` writes digit by digit; decimals come as text. What JSON has no number for is null. */
function rawNumber(value: Present): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return JSON.rawJSON(value.toString());
  return typeof value === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? JSON.rawJSON(value) : value;
}

/** `5.10` is {value: 510, scale: 2}. */
function decimalParts(text: string): { readonly value: unknown; readonly scale: number } {
  const [whole = '', fraction = ''] = text.split('.');
  return { value: rawNumber(BigInt(whole + fraction)), scale: fraction.length };
}

/** `Array.isArray` does not narrow read-only arrays. */
function isList(value: ResultValue): value is readonly ResultValue[] {
  return Array.isArray(value);
}
