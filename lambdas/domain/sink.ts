import type { ColumnType, TimeUnit } from './column-type.ts';
import type { ColumnId, DatabaseId, SinkId, TableId, TenantId } from './ids.ts';
import type { Quota } from './quota/quota.ts';
import type { VersionKind } from './table.ts';

/** Object keys from the record's root; strings only, no array positions. */
export type Path = readonly string[];

/**
 * How incoming values of one item, key part or time are read, where it is not given by the column alone: what a /v1
 * sink says of its fields beside their types. Plain JSON, as it is kept in the catalog.
 */
export interface ReadAs {
  /** A /v1 `id` or `string` without Mutex: a set column, but each value is one member and is never split at commas. */
  readonly oneMember?: boolean;
  /** A /v1 `signedIntBoolKey`, of an idset column: n adds member n, -n takes it out. */
  readonly signed?: true;
  /**
   * A /v1 `dateInt`, of an int column: text is a time, and becomes the count of this unit (a Go duration: `24h`) since
   * `epoch`; numbers are such counts already.
   */
  readonly countedIn?: string;
  /** Numbers are counts of this unit since `epoch`, and text is none but of digits. */
  readonly unit?: TimeUnit | 'd' | 'h' | 'm';
  /** RFC 3339; 1970 unless given. */
  readonly epoch?: string;
  /** Go layout of times that are text; RFC 3339 unless given. */
  readonly layout?: string;
}

/** Where the time of a record stands. Without `readAs`, it is RFC 3339 text or a count whose size tells its unit. */
export interface RecordTimeSpec {
  readonly path: Path;
  readonly readAs?: ReadAs;
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
  readonly timeQuantum?: RecordTimeSpec;
  /** There if and only if the table's producers have a clock of their own. */
  readonly version?: VersionSpec;
  readonly allowMissingFields: boolean;
  /** A record without a mapped field costs only itself; without this it discards its whole request. */
  readonly partialAcceptance?: boolean;
}

/**
 * CREATING until the table's row store is active; ACTIVE takes records; RESTARTING takes them too, under a new mapping,
 * while what was accepted under an older one is still queued; DELETING takes none and drains to visible, then the sink is
 * gone. Derived from those facts, never from timers.
 */
export type SinkStatus = 'CREATING' | 'ACTIVE' | 'RESTARTING' | 'DELETING' | 'FAILED';

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
  /** See `domain/precondition.ts`. */
  readonly movedFrom?: number;
}
