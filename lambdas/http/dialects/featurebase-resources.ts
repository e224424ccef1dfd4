import type { Database } from '../../domain/database.ts';
import type { DatabaseId, SinkId } from '../../domain/ids.ts';
import type { Table } from '../../domain/table.ts';
import { createDatabase, type DatabaseRequest } from '../../use-cases/create-database.ts';
import { createSink, type SinkRequest } from '../../use-cases/create-sink.ts';
import { createTable, type TableRequest } from '../../use-cases/create-table.ts';
import { deleteDatabase } from '../../use-cases/delete-database.ts';
import { deleteSink } from '../../use-cases/delete-sink.ts';
import { deleteTable } from '../../use-cases/delete-table.ts';
import { listSinkErrors } from '../../use-cases/list-sink-errors.ts';
import { getDatabase, listDatabases } from '../../use-cases/read-databases.ts';
import { getSink, listSinks, type SinkView } from '../../use-cases/read-sinks.ts';
import { getTable, listTables } from '../../use-cases/read-tables.ts';
import { prettyAnswer } from '../answer.ts';
import type { ControlPorts } from '../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../operation.ts';
import { publicUrlOf } from '../public-url.ts';
import { sinkView } from './featurebase-sink.ts';
import { sinkErrorView } from './featurebase-sink-errors.ts';
import { pageLimitOf } from './page-limit.ts';

/** How /v1 and /v2 read and show the resources that they share. Readers throw Problem; views are JSON. */
export interface ResourceDialect {
  /** First segment of its paths. */
  readonly version: 'v1' | 'v2';
  readDatabase(body: string): DatabaseRequest;
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
export type ResourceOperations = OperationsOn<ResourceName> & SinkOperations;

/** Create, list, get and delete. Creates answer 201; deletes 202 with the resource in its last state. */
export function resourceOperations(ports: ControlPorts, dialect: ResourceDialect): ResourceOperations {
  return { ...databases(ports, dialect), ...tables(ports, dialect), ...sinks(ports, dialect) };
}

function databases(ports: ControlPorts, dialect: ResourceDialect): OperationsOn<'Database'> {
  return {
    createDatabase: async ({ caller, body }) => {
      const database = await createDatabase(ports, caller, dialect.readDatabase(body));
      return prettyAnswer(201, dialect.showDatabase(database));
    },
    listDatabases: async ({ caller }) => {
      const { showDatabaseWithSinks: withSinks } = dialect;
      const all = await listDatabases(ports, caller);
      if (!withSinks) return prettyAnswer(200, { resources: all.map((database) => dialect.showDatabase(database)) });
      const views = await listSinks(ports, caller);
      return prettyAnswer(200, {
        resources: all.map((database) =>
          withSinks(
            database,
            views.filter(({ sink }) => sink.databaseId === database.id),
          ),
        ),
      });
    },
    getDatabase: async (request) =>
      prettyAnswer(200, dialect.showDatabase(await getDatabase(ports, request.caller, databaseOf(request)))),
    deleteDatabase: async (request) => {
      const database = await getDatabase(ports, request.caller, databaseOf(request));
      await deleteDatabase(ports, request.caller, databaseOf(request));
      return prettyAnswer(202, dialect.showDatabase({ ...database, status: 'DELETING' }));
    },
  };
}

function tables(ports: ControlPorts, dialect: ResourceDialect): OperationsOn<'Table'> {
  return {
    createTable: async (request) => {
      const asked = dialect.readTable(databaseOf(request).databaseId, request.body);
      const table = await createTable(ports, request.caller, asked);
      return prettyAnswer(201, dialect.showTable(table, table.status));
    },
    listTables: async (request) => {
      const all = await listTables(ports, request.caller, databaseOf(request));
      return prettyAnswer(200, { resources: all.map((table) => dialect.showTable(table, table.status)) });
    },
    getTable: async (request) => {
      const table = await getTable(ports, request.caller, tableOf(request));
      return prettyAnswer(200, dialect.showTable(table, table.status));
    },
    deleteTable: async (request) => {
      const table = await getTable(ports, request.caller, tableOf(request));
      await deleteTable(ports, request.caller, tableOf(request));
      return prettyAnswer(202, dialect.showTable(table, 'DELETING'));
    },
  };
}

function sinks(ports: ControlPorts, dialect: ResourceDialect): SinkOperations {
  const show = ({ event }: OperationRequest, sink: SinkView['sink'], tableName: string): object => {
    const endpoint = `${publicUrlOf(event, ports.publicUrl)}/${dialect.version}/sinks/${sink.id}`;
    return sinkView(sink, dialect.sinkDetails(sink.databaseId, tableName), endpoint);
  };
  return {
    createSink: async (request) => {
      const asked = dialect.readSink(request.body);
      const sink = await createSink(ports, request.caller, asked);
      return prettyAnswer(201, show(request, sink, asked.tableName));
    },
    listSinks: async (request) => {
      const views = await listSinks(ports, request.caller);
      return prettyAnswer(200, { resources: views.map(({ sink, table }) => show(request, sink, table.name)) });
    },
    getSink: async (request) => {
      const { sink, table } = await getSink(ports, request.caller, sinkOf(request));
      return prettyAnswer(200, show(request, sink, table.name));
    },
    deleteSink: async (request) => {
      const { sink, table } = await getSink(ports, request.caller, sinkOf(request));
      await deleteSink(ports, request.caller, sinkOf(request));
      return prettyAnswer(202, show(request, { ...sink, status: 'DELETING' }, table.name));
    },
    listSinkErrors: async (request) => {
      const limit = pageLimitOf(request);
      const errors = await listSinkErrors(ports, request.caller, { ...sinkOf(request), limit });
      return prettyAnswer(200, { resources: errors.map(sinkErrorView) });
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
