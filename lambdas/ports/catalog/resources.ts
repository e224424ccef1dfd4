import type { Database } from '../../domain/database.ts';
import type { DatabaseId, SinkId, TableId, TenantId } from '../../domain/ids.ts';
import type { Mapping, Sink } from '../../domain/sink.ts';
import type { Table } from '../../domain/table.ts';

/** Why a create was not done. */
export type NotCreated = 'name_taken' | 'parent_gone';
/** Why a delete was not done; `children` are names. */
export type NotDeleted = { readonly children: readonly string[] } | 'absent';

/**
 * Databases, tables, sinks and mappings. Creates and deletes are atomic against each other: a table never comes to be in
 * a database that is going, nor a sink on a table that is. Every `save` is over the revision that was read and throws
 * `RevisionConflict` when someone was faster; it returns what is now stored. Names of tables and sinks are fixed at creation.
 * A delete that is given a revision throws it too, when another one stands.
 */
export interface Databases {
  /** Name unique within the tenant. */
  createDatabase(database: Database): Promise<'name_taken' | undefined>;
  findDatabase(tenantId: TenantId, id: DatabaseId): Promise<Database | undefined>;
  /** In order of creation. */
  listDatabases(tenantId: TenantId): Promise<readonly Database[]>;
  saveDatabase(database: Database): Promise<Database>;
  /** Saves a database together with its new name, and frees the name `from`. */
  renameDatabase(database: Database, from: string): Promise<Database | 'name_taken'>;
  /** Refused while it has tables. */
  deleteDatabase(tenantId: TenantId, id: DatabaseId, revision?: number): Promise<NotDeleted | undefined>;
}

/** A table that is gone, whose rows and files may still be there: noted until somebody has made sure that they are not. */
export interface Leftover {
  readonly tenantId: TenantId;
  readonly tableId: TableId;
  /** When the table was deleted, as RFC 3339. */
  readonly at: string;
}

export interface Tables {
  /** Name unique within the database. */
  createTable(table: Table): Promise<NotCreated | undefined>;
  findTable(tenantId: TenantId, id: TableId): Promise<Table | undefined>;
  findTableByName(tenantId: TenantId, databaseId: DatabaseId, name: string): Promise<Table | undefined>;
  listTables(tenantId: TenantId, databaseId: DatabaseId): Promise<readonly Table[]>;
  saveTable(table: Table): Promise<Table>;
  /** Refused while it has sinks. At once with the delete, notes a leftover of time `at`. */
  deleteTable(tenantId: TenantId, id: TableId, at: string, revision?: number): Promise<NotDeleted | undefined>;
  /** Of all tenants, in order of the tables' creation. */
  listLeftovers(): Promise<readonly Leftover[]>;
  /** Absent is harmless. */
  forgetLeftover(tableId: TableId): Promise<void>;
}

export interface Sinks {
  /** Stores the sink with its first mapping. Name unique within the database, as the /v1 documents say. */
  createSink(sink: Sink, mapping: Mapping): Promise<NotCreated | undefined>;
  findSink(tenantId: TenantId, id: SinkId): Promise<Sink | undefined>;
  listSinks(tenantId: TenantId): Promise<readonly Sink[]>;
  listSinksOfTable(tenantId: TenantId, tableId: TableId): Promise<readonly Sink[]>;
  saveSink(sink: Sink): Promise<Sink>;
  /**
   * Removes the sink. Its mappings stay for the retention from `at`: a request accepted in the moment before may still
   * be under way, and its batch must find its mapping.
   */
  deleteSink(tenantId: TenantId, id: SinkId, at: string): Promise<void>;
  findMapping(sinkId: SinkId, revision: number): Promise<Mapping | undefined>;
  /** Saves a sink together with the mapping that it names from now on; throws `RevisionConflict` as `saveSink` does. */
  changeMapping(sink: Sink, mapping: Mapping): Promise<Sink>;
}

/** Someone else saved in between: read again. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
}
