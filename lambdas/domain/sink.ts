import type { ColumnType, TimeUnit } from './column-type.ts';
import type { ColumnId, DatabaseId, SinkId, TableId, TenantId } from './ids.ts';
import type { Quota } from './quota/quota.ts';
import type { VersionKind } from './table.ts';

/** Object keys from the record's root; strings only, no array positions. */
export type Path = readonly string[];

/**
 * How incoming values of one item or key part are read, where it is not given by the column alone:
 * /v1 timestamps may declare a unit or an epoch, and then numbers are counts.
 */
export interface ReadAs {
  /** A /v1 `id` or `string` without Mutex: a set column, but each value is one member and is never split at commas. */
  readonly oneMember?: boolean;
  readonly unit?: TimeUnit | 'd' | 'h' | 'm';
  readonly epoch?: string;
}

/** One column that a sink fills. `type` is the column's at this revision, so that a batch in flight keeps its meaning. */
export interface MappingItem {
  readonly columnId: ColumnId;
  readonly name: string;
  readonly path: Path;
  readonly type: ColumnType;
  readonly readAs?: ReadAs;
}

export interface KeyPart {
  readonly name: string;
  readonly path: Path;
  readonly type: ColumnType;
  readonly readAs?: ReadAs;
}

/** What names a row: a whole number, one text, or several values joined by `|` (a `|` or `\` inside one is escaped). */
export type KeySpec =
  | { readonly kind: 'id'; readonly path: Path; readonly name: string }
  | { readonly kind: 'string'; readonly path: Path; readonly name: string }
  | { readonly kind: 'compound'; readonly parts: readonly KeyPart[] };

/** Where a record's version stands, and how it is read: as the table says. */
export interface VersionSpec {
  readonly kind: VersionKind;
  readonly path: Path;
}

/** The list of {column, path} of a sink, at one revision. Immutable: a change makes a new revision. */
export interface Mapping {
  readonly sinkId: SinkId;
  readonly revision: number;
  readonly tableId: TableId;
  readonly key: KeySpec;
  readonly items: readonly MappingItem[];
  /** Path of the one time that all quantum columns of a record share. */
  readonly timeQuantum?: { readonly path: Path };
  /** There if and only if the table's producers have a clock of their own. */
  readonly version?: VersionSpec;
  readonly allowMissingFields: boolean;
  /** A record without a mapped field costs only itself; without this it discards its whole request. */
  readonly partialAcceptance?: boolean;
}

/**
 * CREATING until the table's row store is active; ACTIVE takes records; DELETING takes none and drains to visible,
 * then the sink is gone. Derived from those facts, never from timers.
 */
export type SinkStatus = 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED';

export interface Sink {
  readonly id: SinkId;
  readonly tenantId: TenantId;
  readonly databaseId: DatabaseId;
  readonly tableId: TableId;
  readonly name: string;
  readonly status: SinkStatus;
  readonly cause?: string;
  /** Revision of the mapping in force. */
  readonly mappingRevision: number;
  /** How much it may take in; not bounded unless given. */
  readonly quota?: Quota;
  /** The `schema` object as the client sent it: every choice made at creation, echoed by GET. */
  readonly schema: unknown;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly revision: number;
}
