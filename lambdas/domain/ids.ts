/**
 * Identifiers. Each is an opaque string with a brand, so that a table's id can't be handed in where a sink's is meant.
 * They are made by the `IdSource` port (ULIDs: sortable by time, no coordination).
 */
declare const brand: unique symbol;
type Id<B extends string> = string & { readonly [brand]: B };

export type TenantId = Id<'tenant'>;
export type UserId = Id<'user'>;
export type TokenId = Id<'token'>;
export type DatabaseId = Id<'database'>;
export type TableId = Id<'table'>;
export type SinkId = Id<'sink'>;
export type ReceiptId = Id<'receipt'>;
export type BatchId = Id<'batch'>;
export type SegmentId = Id<'segment'>;
export type QuarantineId = Id<'quarantine'>;
export type ArchiveId = Id<'archive'>;
export type ReplayId = Id<'replay'>;
export type AuditId = Id<'audit'>;
/** Short id of a column within its table (`c1`, `c2`, ...); never used again after a drop. */
export type ColumnId = Id<'column'>;
