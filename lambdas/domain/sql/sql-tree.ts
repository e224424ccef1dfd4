/** The tree that the grammar in sql.peggy builds. */

/** A name as written, and where: offset in the statement. */
export interface Name {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
}

/** A number keeps its digits; what they mean depends on the column. */
export type Literal =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type SqlCondition =
  | { readonly kind: 'compare'; readonly column: Name; readonly op: ComparisonOperator; readonly value: Literal }
  | { readonly kind: 'in'; readonly column: Name; readonly values: readonly Literal[] };

export interface SqlColumnItem {
  readonly kind: 'column';
  readonly column: Name;
  readonly alias: Name | null;
}

export interface SqlAggregateItem {
  readonly kind: 'aggregate';
  readonly call: 'count' | 'sum' | 'min' | 'max' | 'avg';
  /** null: count(*). */
  readonly column: Name | null;
  readonly distinct: boolean;
  readonly alias: Name | null;
}

export type SqlItem = SqlColumnItem | SqlAggregateItem;

export interface SqlSelect {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly items: '*' | readonly SqlItem[];
  readonly table: Name;
  /** All of them hold. */
  readonly where: readonly SqlCondition[];
  readonly groupBy: readonly Name[];
  /** On the count of a group. */
  readonly having: { readonly op: ComparisonOperator; readonly value: Literal } | null;
  /** Digits. */
  readonly limit: string | null;
}

export type SqlTree =
  | SqlSelect
  | { readonly kind: 'show-tables' | 'show-databases' }
  | { readonly kind: 'show-fields'; readonly words: 'fields' | 'columns'; readonly table: Name }
  | { readonly kind: 'drop-table'; readonly table: Name };
