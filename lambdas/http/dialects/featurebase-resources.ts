import { type Database, databaseStatuses } from '../../domain/database.ts';
import type { DatabaseId, QuarantineId, SinkId } from '../../domain/ids.ts';
import { tableValidator } from '../../domain/precondition.ts';
import { sinkStatuses, tableStatuses } from '../../domain/sink-state.ts';
import type { Table } from '../../domain/table.ts';
import { changeDatabase } from '../../use-cases/change-database.ts';
import type { DatabaseRequest } from '../../use-cases/check-database.ts';
import { createDatabase } from '../../use-cases/create-database.ts';
import { createSink, type SinkRequest } from '../../use-cases/create-sink.ts';
import { createTable, type TableRequest } from '../../use-cases/create-table.ts';
import { deleteDatabase } from '../../use-cases/delete-database.ts';
import { deleteSink } from '../../use-cases/delete-sink.ts';
import { deleteTable } from '../../use-cases/delete-table.ts';
import { listSinkErrors } from '../../use-cases/list-sink-errors.ts';
import { getDatabase, listDatabases, lookAtDatabase } from '../../use-cases/read-databases.ts';
import { getSink, listSinks, lostColumns, type SinkView } from '../../use-cases/read-sinks.ts';
import { getTable, listTables } from '../../use-cases/read-tables.ts';
import { type Answer, prettyAnswer } from '../answer.ts';
import { preconditionOf, withEtag } from '../etag.ts';
import type { ControlPorts } from '../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../operation.ts';
import { publicUrlOf } from '../public-url.ts';
import { sinkIn, sinkView } from './featurebase-sink.ts';
import { sinkErrorView } from './featurebase-sink-errors.ts';
import { pageAfterOf, pageLimitOf } from './page-limit.ts';
import { listAnswer } from './resource-page.ts';

/** How /v1 and /v2 read and show the resources that they share. Readers throw Problem; views are JSON. */
export interface ResourceDialect {
  /** First segment of its paths. */
  readonly version: 'v1' | 'v2';
  readDatabase(body: string): DatabaseRequest;
  /** A change: what it leaves out stays, and what cannot change is as it is shown. */
  readDatabaseChange(body: string, database: Database): DatabaseRequest;
  showDatabase(database: Database): object;
  /** Of a list; where it takes `sinks`, the list carries each database's sinks. */
  readonly showDatabaseWithSinks?: (database: Database, sinks: readonly SinkView[]) => object;
  readTable(databaseId: DatabaseId, body: string): TableRequest;
  /** `status` may be one that no stored table has: that of a table just deleted. */
  showTable(table: Omit<Table, 'status'>, status: string): object;
  readSink(body: string): SinkRequest;
  /** `sink_details`. */
  sinkDetails(databaseId: DatabaseId, table: string): object;
}

type ResourceName = 'Database' | 'Table' | 'Sink';
type OperationsOn<R extends ResourceName> = Readonly<
  Record<`${'create' | 'get' | 'delete'}${R}` | `list${R}s`, Operation>
>;
type SinkOperations = OperationsOn<'Sink'> & { readonly listSinkErrors: Operation };
type DatabaseOperations = OperationsOn<'Database'> & { readonly putDatabase: Operation };
export type ResourceOperations = DatabaseOperations & OperationsOn<'Table'> & SinkOperations;

/**
 * Create, list, get, change and delete. Creates answer 201; deletes 202 with the resource in its last state. What shows one
 * resource has its entity tag, which changes and deletes may be made conditional on.
 */
export function resourceOperations(ports: ControlPorts, dialect: ResourceDialect): ResourceOperations {
  return { ...databases(ports, dialect), ...tables(ports, dialect), ...sinks(ports, dialect) };
}

function databases(ports: ControlPorts, dialect: ResourceDialect): DatabaseOperations {
  const shown = (status: number, database: Database): Answer =>
    withEtag(prettyAnswer(status, dialect.showDatabase(database)), database.revision);
  return {
    createDatabase: async ({ caller, body }) =>
      shown(201, await createDatabase(ports, caller, dialect.readDatabase(body))),
    listDatabases: async (request) => {
      const { showDatabaseWithSinks: withSinks } = dialect;
      const all = await listDatabases(ports, request.caller);
      const sinks = withSinks ? await listSinks(ports, request.caller) : [];
      const show = (database: Database) =>
        withSinks
          ? withSinks(
              database,
              sinks.filter(({ sink }) => sink.databaseId === database.id),
            )
          : dialect.showDatabase(database);
      return listAnswer(request, { of: 'databases', statuses: databaseStatuses }, all, (database) => database, show);
    },
    getDatabase: async (request) => shown(200, await lookAtDatabase(ports, request.caller, databaseOf(request))),
    putDatabase: async (request) => {
      const place = { ...databaseOf(request), precondition: preconditionOf(request) };
      const readChange = (database: Database) => dialect.readDatabaseChange(request.body, database);
      return shown(200, await changeDatabase(ports, request.caller, place, readChange));
    },
    deleteDatabase: async (request) => {
      const place = { ...databaseOf(request), precondition: preconditionOf(request) };
      // Without saving what is seen: the condition is on what stands.
      const database = await getDatabase(ports, request.caller, place);
      await deleteDatabase(ports, request.caller, place);
      return prettyAnswer(202, dialect.showDatabase({ ...database, status: 'DELETING' }));
    },
  };
}

function tables(ports: ControlPorts, dialect: ResourceDialect): OperationsOn<'Table'> {
  const shown = (status: number, table: Table): Answer =>
    withEtag(prettyAnswer(status, dialect.showTable(table, table.status)), tableValidator(table));
  return {
    createTable: async (request) => {
      const asked = dialect.readTable(databaseOf(request).databaseId, request.body);
      return shown(201, await createTable(ports, request.caller, asked));
    },
    listTables: async (request) => {
      const place = databaseOf(request);
      const list = { of: `tables of ${place.databaseId}`, statuses: tableStatuses };
      const all = await listTables(ports, request.caller, place);
      const show = (table: Table) => dialect.showTable(table, table.status);
      return listAnswer(request, list, all, (table) => table, show);
    },
    getTable: async (request) => shown(200, await getTable(ports, request.caller, tableOf(request))),
    deleteTable: async (request) => {
      const place = { ...tableOf(request), precondition: preconditionOf(request) };
      const table = await getTable(ports, request.caller, place);
      await deleteTable(ports, request.caller, place);
      return prettyAnswer(202, dialect.showTable(table, 'DELETING'));
    },
  };
}

function sinks(ports: ControlPorts, dialect: ResourceDialect): SinkOperations {
  const show = (
    { event }: OperationRequest,
    sink: SinkView['sink'],
    tableName: string,
    lost: readonly string[],
  ): object => {
    const endpoint = `${publicUrlOf(event, ports.publicUrl)}/${dialect.version}/sinks/${sink.id}`;
    return sinkView(sinkIn(dialect.version, sink), dialect.sinkDetails(sink.databaseId, tableName), endpoint, lost);
  };
  const statuses = sinkStatuses.map((status) => sinkIn(dialect.version, { status }).status as string);
  return {
    createSink: async (request) => {
      const asked = dialect.readSink(request.body);
      const sink = await createSink(ports, request.caller, asked);
      return withEtag(prettyAnswer(201, show(request, sink, asked.tableName, [])), sink.revision);
    },
    listSinks: async (request) =>
      listAnswer(
        request,
        { of: 'sinks', statuses },
        await listSinks(ports, request.caller),
        ({ sink }) => sinkIn(dialect.version, sink),
        (view) => show(request, view.sink, view.table.name, lostColumns(view)),
      ),
    getSink: async (request) => {
      const view = await getSink(ports, request.caller, sinkOf(request));
      const { sink, table } = view;
      return withEtag(prettyAnswer(200, show(request, sink, table.name, lostColumns(view))), sink.revision);
    },
    deleteSink: async (request) => {
      const place = { ...sinkOf(request), precondition: preconditionOf(request) };
      const view = await getSink(ports, request.caller, place);
      await deleteSink(ports, request.caller, place);
      return prettyAnswer(202, show(request, { ...view.sink, status: 'DELETING' }, view.table.name, lostColumns(view)));
    },
    listSinkErrors: async (request) => {
      const place = { ...sinkOf(request), limit: pageLimitOf(request), ...pageAfterOf<QuarantineId>(request) };
      const { errors, next } = await listSinkErrors(ports, request.caller, place);
      return prettyAnswer(200, { resources: errors.map(sinkErrorView), ...(next && { next }) });
    },
  };
}

function databaseOf(request: OperationRequest) {
  return { databaseId: paramOf<DatabaseId>(request, 'database_id') };
}

function tableOf(request: OperationRequest) {
  return { ...databaseOf(request), name: paramOf(request, 'table') };
}

function sinkOf(request: OperationRequest) {
  return { sinkId: paramOf<SinkId>(request, 'sink_id') };
}
