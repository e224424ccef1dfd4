import { queryAnswerBytesMax } from '../../domain/limits.ts';
import { Problem } from '../../domain/problem.ts';
import { typeName } from '../../domain/sql/type-name.ts';
import type { QueryAnswer } from '../../use-cases/run-query.ts';
import { schemaCell, tableCell } from './featurebase-cells.ts';

/** The answer of FeatureBase's query routes until 2023: its gRPC TableResponse as JSON. */
export interface TableResponse {
  readonly results: {
    readonly headers: readonly { readonly name: string; readonly datatype: string }[];
    readonly rows: readonly { readonly columns: readonly { readonly ColumnVal: unknown }[] }[];
    /** Nanoseconds. */
    readonly duration: number;
  };
}

/** The answer of the 2023 routes. There is no `error` in it: clients look for the key. */
export interface SchemaData {
  readonly schema: {
    readonly fields: readonly {
      readonly name: string;
      readonly type: string;
      readonly 'base-type': string;
      readonly 'type-info': { readonly scale: number } | null;
    }[];
  };
  readonly data: readonly (readonly unknown[])[];
  /** Microseconds. */
  readonly 'execution-time': number;
}

/**
 * An answer in the older form. Parts that are empty or zero are written out, which the original left out of its JSON.
 * 64-bit numbers are raw JSON: `JSON.stringify` writes all digits.
 */
export function toTableResponse({ columns, rows, elapsedMs }: QueryAnswer): TableResponse {
  const places = columns.flatMap((column, place) =>
    column.only === 'schema' ? [] : [{ place, ...tableCell(column) }],
  );
  return {
    results: {
      headers: places.map(({ place, datatype }) => ({ name: columns[place]!.name, datatype })),
      rows: rows.map((row) => ({
        columns: places.map(({ place, cellOf }) => {
          const value = row[place] ?? null;
          return { ColumnVal: value === null ? null : cellOf(value) };
        }),
      })),
      duration: Math.round(elapsedMs * 1_000_000),
    },
  };
}

/** An answer in the newer form; decimals are JSON numbers of their column's scale, whole numbers have all digits. */
export function toSchemaData({ columns, rows, elapsedMs }: QueryAnswer): SchemaData {
  const places = columns.flatMap((column, place) =>
    column.only === 'table' ? [] : [{ place, cellOf: schemaCell(column) }],
  );
  return {
    schema: {
      fields: places.map(({ place }) => {
        const { name, type, unnamed } = columns[place]!;
        return {
          name: unnamed ? '' : name,
          type: typeName(type),
          'base-type': type.type,
          'type-info': type.type === 'decimal' ? { scale: type.scale } : null,
        };
      }),
    },
    data: rows.map((row) => places.map(({ place, cellOf }) => cellOf(row[place] ?? null))),
    'execution-time': Math.round(elapsedMs * 1_000),
  };
}

/** A failed statement as the 2023 routes answer it, with HTTP 200. */
export function toErrorData(
  message: string,
  elapsedMs = 0,
): { readonly error: string; readonly 'execution-time': number } {
  return { error: message, 'execution-time': Math.round(elapsedMs * 1_000) };
}

/**
 * The JSON text of an answer: compact, because shell clients read it by the line.
 * @throws Problem `limit_exceeded` when it is larger than API Gateway and Lambda carry
 */
export function answerText(answer: TableResponse | SchemaData): string {
  const text = JSON.stringify(answer);
  const bytes = carriedBytes(text);
  if (bytes <= queryAnswerBytesMax) return text;
  throw new Problem(
    'limit_exceeded',
    `The answer takes ${bytes} bytes, more than ${queryAnswerBytesMax}: add a LIMIT or select fewer columns.`,
  );
}

/** Bytes that a body takes on its way through Lambda: as a string within JSON, its quotes and backslashes escaped. */
function carriedBytes(text: string): number {
  const escapes = text.match(/["\\]/g)?.length ?? 0;
  return Buffer.byteLength(text) + escapes;
}
