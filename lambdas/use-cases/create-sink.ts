import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import { type Database, statusAtNextLook } from '../domain/database.ts';
import type { DatabaseId, SinkId } from '../domain/ids.ts';
import type { MappingRequest, ResolvedMapping } from '../domain/mapping/mapping-request.ts';
import { resolveMapping } from '../domain/mapping/resolve-mapping.ts';
import { sinkNameProblem } from '../domain/naming/names.ts';
import { Problem } from '../domain/problem.ts';
import type { Mapping, Sink } from '../domain/sink.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { changeTable } from './change-table.ts';
import { checkName } from './check-name.ts';
import { type SettlePorts, settleSink } from './settle.ts';

export interface CreateSinkPorts extends SettlePorts {
  readonly catalog: SettlePorts['catalog'] &
    Pick<Catalog, 'findDatabase' | 'findTableByName' | 'listSinks' | 'createSink'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface SinkRequest extends MappingRequest {
  readonly databaseId: DatabaseId;
  readonly tableName: string;
  readonly name: unknown;
  /** Which rules the name follows; those of /v1 where columns are created, if not said. */
  readonly nameDialect?: 'v1' | 'v2';
  /** Echoed by reads as it came. */
  readonly schema: unknown;
  readonly allowMissingFields: boolean;
  /** False unless given; see `Mapping`. */
  readonly partialAcceptance?: boolean;
}

/** Revision of a sink's first mapping. */
const firstRevision = 1;

/**
 * Makes a sink with its mapping. A /v1 sink first gives the table the columns it lacks, and decides how its rows are
 * named if it is the first; should we crash in between, the table has columns that no sink fills, and the same request
 * again finds them and goes on.
 * @returns the sink: ACTIVE where the table's row store is there, else CREATING, or FAILED with the cause
 */
export async function createSink(ports: CreateSinkPorts, caller: Caller, request: SinkRequest): Promise<Sink> {
  const { name, nameDialect = request.createColumns ? 'v1' : 'v2' } = request;
  checkName('sink', name, (text) => sinkNameProblem(text, nameDialect));
  const database = await runningDatabase(ports, caller, request.databaseId);
  const sinks = await ports.catalog.listSinks(caller.tenantId);
  if (sinks.some((other) => other.databaseId === database.id && other.name === name)) throw nameTaken(name, database);
  const { table, resolved } = await readyTable(ports, caller, request, database);
  const sink: Sink = {
    id: ports.ids.next<SinkId>(),
    tenantId: caller.tenantId,
    databaseId: database.id,
    tableId: table.id,
    name,
    status: 'CREATING',
    mappingRevision: firstRevision,
    schema: request.schema,
    createdAt: new Date(ports.clock.now()).toISOString(),
    createdBy: caller.email,
    revision: 1,
  };
  const refusal = await ports.catalog.createSink(sink, mappingOf(sink, resolved, request));
  if (refusal === 'name_taken') throw nameTaken(name, database);
  if (refusal === 'parent_gone') throw tableNotFound(request.tableName, database);
  const settled = await settleSink(ports, sink);
  if (!settled) throw new Problem('incorrect_state', `Sink '${name}' was deleted while it was made.`);
  return settled;
}

async function runningDatabase(ports: CreateSinkPorts, caller: Caller, id: DatabaseId): Promise<Database> {
  const database = await ports.catalog.findDatabase(caller.tenantId, id);
  if (!database) throw new Problem('related_not_found', `database ${shown(id)} not found`);
  if (statusAtNextLook(database.status) !== 'RUNNING')
    throw new Problem('incorrect_state', `Database '${database.name}' is ${database.status}; it must be RUNNING.`);
  return database;
}

/** The table once it is as the mapping needs it. */
async function readyTable(ports: CreateSinkPorts, caller: Caller, request: SinkRequest, database: Database) {
  const read = async () => {
    const found = await ports.catalog.findTableByName(caller.tenantId, database.id, request.tableName);
    if (!found) throw tableNotFound(request.tableName, database);
    if (found.status === 'FAILED')
      throw new Problem('incorrect_state', `Table '${found.name}' is FAILED: ${found.cause ?? 'it could not be made'}`);
    return found;
  };
  return growTable(ports.catalog, read, request);
}

/** Resolves a mapping onto a table, which gets the columns that it lacks where the request creates columns. */
export async function growTable(
  catalog: Pick<Catalog, 'saveTable'>,
  read: () => Promise<Table>,
  request: MappingRequest,
): Promise<{ readonly table: Table; readonly resolved: ResolvedMapping }> {
  let resolved: ResolvedMapping | undefined;
  const table = await changeTable(catalog, read, (found) => {
    resolved = resolveMapping(request, found);
    return grown(found, resolved);
  });
  return { table, resolved: resolved! };
}

/** A table whose kind of key is decided just now needs a row store, so it is CREATING again. */
function grown(table: Table, { table: needed }: ResolvedMapping): Table {
  if (needed.columns === table.columns && needed.keyType === table.keyType) return table;
  return { ...table, ...needed, ...(table.keyType === undefined ? { status: 'CREATING' as const } : {}) };
}

/** The mapping that a request comes to, at the revision that the sink has. */
export function mappingOf(
  sink: Pick<Sink, 'id' | 'mappingRevision' | 'tableId'>,
  resolved: ResolvedMapping,
  request: Pick<SinkRequest, 'allowMissingFields' | 'partialAcceptance'>,
): Mapping {
  return {
    sinkId: sink.id,
    revision: sink.mappingRevision,
    tableId: sink.tableId,
    key: resolved.key,
    items: resolved.items,
    ...(resolved.timeQuantum ? { timeQuantum: resolved.timeQuantum } : {}),
    ...(resolved.version ? { version: resolved.version } : {}),
    allowMissingFields: request.allowMissingFields,
    partialAcceptance: request.partialAcceptance ?? false,
  };
}

function nameTaken(name: string, database: Database): Problem {
  return new Problem('already_exists', `A sink named '${name}' exists already in database '${database.name}'.`);
}

function tableNotFound(tableName: string, database: Database): Problem {
  return new Problem('related_not_found', `table ${shown(tableName)} not found in database '${database.name}'`);
}
