import type { ColumnType } from '../column-type.ts';
import type { ParameterValue } from './parameters.ts';
import type { ColumnRef } from './queryable-table.ts';

/** Type of an answer's column: a table column's, or what the engine alone makes: binary fractions, dates, structs. */
export type AnswerType = ColumnType | { readonly type: 'float' } | { readonly type: 'other' };

/** A column of an answer. */
export interface AnswerColumn {
  /** The alias, the column's name, or the expression as FeatureBase v1 headed it: `count(*)`, `sum(age)`. */
  readonly name: string;
  readonly type: AnswerType;
  /** An expression without an alias, which FeatureBase's SQL3 leaves without a heading. */
  readonly unnamed?: true;
  /** Counts are unsigned and averages binary fractions in the older of FeatureBase's answer forms. */
  readonly form?: 'count' | 'float';
  /** Where FeatureBase's two answer forms have different columns (SHOW TABLES): which one shows this column. */
  readonly only?: 'table' | 'schema';
}

/** A SELECT for the engine, made of nothing but our own words, catalog names (quoted) and `$n`. */
export interface CompiledSelect {
  readonly kind: 'compiled';
  readonly sql: string;
  readonly parameters: readonly ParameterValue[];
  /** Name of the one table that it reads. */
  readonly table: string;
  /** The columns that it returns, in order. */
  readonly columns: readonly AnswerColumn[];
}

/** What a statement asks for. */
export type Compiled =
  | CompiledSelect
  /** Outside the grammar, for the engine's own SELECT parser; what `=` means between a set column and a value. */
  | { readonly kind: 'select'; readonly sql: string; readonly setEquals: 'contains' | 'list' }
  | { readonly kind: 'show-tables' | 'show-databases' }
  | { readonly kind: 'show-fields'; readonly words: 'fields' | 'columns'; readonly table: string }
  | { readonly kind: 'drop-table'; readonly table: string };

/** The answer's column for a column as it is. */
export function plainColumn({ name, type }: ColumnRef, alias?: string): AnswerColumn {
  return { name: alias ?? name, type };
}

/** A count: `int` where types have one whole number only. */
export function countColumn(name: string, unnamed = false): AnswerColumn {
  return { name, type: { type: 'int' }, form: 'count', ...(unnamed && { unnamed }) };
}
