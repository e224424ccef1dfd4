import type { ComparisonOperator, Literal, Name } from '../sql/sql-tree.ts';

/** The tree that the grammar in pql.peggy builds. */
export interface PqlQuery {
  readonly table: string;
  readonly calls: readonly PqlCall[];
}

export interface PqlCall {
  readonly name: string;
  /** Offset in the statement. */
  readonly at: number;
  readonly args: readonly PqlArgument[];
}

export type PqlScalar = Literal | { readonly kind: 'null' };
export type PqlList = { readonly kind: 'list'; readonly items: readonly PqlScalar[] };
export type PqlValue = PqlScalar | PqlList | { readonly kind: 'call'; readonly call: PqlCall };

/** `f = v`: a row of a field, or an option of the call. */
export interface PqlNamed {
  readonly kind: 'named';
  readonly field: Name;
  readonly value: PqlValue;
}

/** `f > 5`, `f == null`, `f >< [1, 9]` (between, both ends included). */
export interface PqlCondition {
  readonly kind: 'condition';
  readonly field: Name;
  readonly op: ComparisonOperator | 'between';
  readonly value: PqlScalar | PqlList;
}

/** `1 <= f < 10`. */
export interface PqlRange {
  readonly kind: 'range';
  readonly field: Name;
  readonly low: PqlScalar;
  readonly lowOp: '<' | '<=';
  readonly high: PqlScalar;
  readonly highOp: '<' | '<=';
}

export type PqlArgument =
  | PqlNamed
  | PqlCondition
  | PqlRange
  | { readonly kind: 'call'; readonly call: PqlCall }
  | { readonly kind: 'positional'; readonly value: PqlScalar | PqlList; readonly at: number };
