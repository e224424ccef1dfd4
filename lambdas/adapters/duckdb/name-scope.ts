import { QueryRefused } from '../../ports/query-engine.ts';

/** Whether a column holds a set of members or one value. */
export type ColumnKind = 'set' | 'scalar';

/** A column that a query or FROM item gives, by lower-case name. */
export interface NamedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A FROM item by its lower-case name or alias. Columns that nothing is known of are missing. */
export interface Relation {
  readonly name: string;
  readonly columns: readonly NamedColumn[];
}

/** What a name may mean at one place of a statement; the inner scope is asked first. */
export interface Scope {
  readonly relations: readonly Relation[];
  /** Names that the SELECT list gives, which its other clauses may use. */
  readonly aliases: readonly NamedColumn[];
  readonly outer: Scope | undefined;
}

/**
 * What kind of column a reference names; undefined when that can't be told, as for a field of a struct.
 * @param names `column` or `relation.column`, as written
 * @throws QueryRefused when tables disagree about it
 */
export function kindOf(names: readonly string[], scope: Scope | undefined): ColumnKind | undefined {
  if (scope === undefined) return undefined;
  const [first = '', second] = names.map((name) => name.toLowerCase());
  if (second !== undefined) {
    if (names.length > 2) return undefined;
    const relation = scope.relations.find(({ name }) => name === first);
    return relation ? kindIn(relation.columns, second) : kindOf(names, scope.outer);
  }
  const kinds = new Set(scope.relations.flatMap(({ columns }) => kindIn(columns, first) ?? []));
  if (kinds.size > 1)
    throw new QueryRefused(`column '${first}' is a set in one table and a value in another: write table.${first}`);
  const [kind] = kinds;
  return kind ?? kindIn(scope.aliases, first) ?? kindOf(names, scope.outer);
}

function kindIn(columns: readonly NamedColumn[], wanted: string): ColumnKind | undefined {
  return columns.find(({ name }) => name === wanted)?.kind;
}
