import type { Bind, Parameters } from '../sql/parameters.ts';
import type { QueryableTable } from '../sql/queryable-table.ts';

/** What every part of one PQL call is compiled in. */
export interface PqlScope {
  readonly table: QueryableTable;
  /** The text, for places in messages. */
  readonly statement: string;
  readonly parameters: Parameters;
  readonly bind: Bind;
}
