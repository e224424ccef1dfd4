import type { ColumnType } from './column-type.ts';
import type { ColumnId, DatabaseId, TableId, TenantId } from './ids.ts';

/** How rows of a table are named: a non-negative whole number, or text. */
export type KeyType = 'id' | 'string';

/** What producers give as a record's version: a whole number of 64 bits, or a time. */
export type VersionKind = 'number' | 'time';

export interface Column {
  readonly id: ColumnId;
  readonly name: string;
  readonly type: ColumnType;
}

/** What row store, segments and queries need to know of a table. Columns are those not dropped, in order of creation. */
export interface TableShape {
  readonly id: TableId;
  readonly keyType: KeyType;
  readonly columns: readonly Column[];
}

export type TableStatus = 'CREATING' | 'ACTIVE' | 'FAILED';

export interface Table {
  readonly id: TableId;
  readonly tenantId: TenantId;
  readonly databaseId: DatabaseId;
  readonly name: string;
  readonly description: string;
  /** Undecided (undefined) for a table of the /v1 dialect until its first sink says how rows are keyed. */
  readonly keyType?: KeyType;
  readonly trackExistence: boolean;
  /**
   * Given: the table's producers have a clock of their own, each record brings its version, and acceptance only breaks
   * ties. Fixed at creation, because stamps of the two kinds have no order between them.
   */
  readonly version?: VersionKind;
  readonly columns: readonly Column[];
  /** Number of the next column id; only grows. */
  readonly nextColumn: number;
  readonly status: TableStatus;
  /** Why the status is FAILED. */
  readonly cause?: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** Changes with every save; a save with another revision than the stored one fails. */
  readonly revision: number;
  /** See `domain/precondition.ts`. */
  readonly movedFrom?: number;
}

/** The shape of a table; one whose key type is undecided has no rows yet and counts as keyed by id. */
export function shapeOf(table: Table): TableShape {
  return { id: table.id, keyType: table.keyType ?? 'id', columns: table.columns };
}
