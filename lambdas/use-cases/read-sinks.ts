import { reachesSink } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { Database } from '../domain/database.ts';
import type { SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Mapping, Sink } from '../domain/sink.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { type SettlePorts, settleSink } from './settle.ts';

export interface ReadSinksPorts extends SettlePorts {
  readonly catalog: SettlePorts['catalog'] & Pick<Catalog, 'findDatabase' | 'listSinks' | 'findMapping'>;
}

/** A sink with all that it names. */
export interface SinkView {
  readonly sink: Sink;
  readonly database: Database;
  readonly table: Table;
  /** The mapping in force. */
  readonly mapping: Mapping;
}

/** The sinks that the caller reaches, in order of creation; each database and table is read once. */
export async function listSinks(ports: ReadSinksPorts, caller: Caller): Promise<readonly SinkView[]> {
  const all = await ports.catalog.listSinks(caller.tenantId);
  const sinks = all.filter(({ id }) => reachesSink(caller, id));
  const known = knownParents(ports, caller);
  const views = await Promise.all(sinks.map((sink) => viewOf(ports, sink, known)));
  return views.filter((view) => view !== undefined);
}

/** @throws Problem `not_found` once the sink is gone, and for another tenant's */
export async function getSink(
  ports: ReadSinksPorts,
  caller: Caller,
  { sinkId }: { readonly sinkId: SinkId },
): Promise<SinkView> {
  const sink = await ports.catalog.findSink(caller.tenantId, sinkId);
  const view = sink && (await viewOf(ports, sink, knownParents(ports, caller)));
  if (!view) throw sinkNotFound(sinkId);
  return view;
}

/** Names that a sink maps onto columns which were dropped: values for them go nowhere, also under a column made again. */
export function lostColumns({ mapping, table }: Pick<SinkView, 'mapping' | 'table'>): readonly string[] {
  const there = new Set(table.columns.map(({ id }) => id));
  return mapping.items.filter(({ columnId }) => !there.has(columnId)).map(({ name }) => name);
}

export function sinkNotFound(sinkId: SinkId): Problem {
  return new Problem('not_found', `Sink ${shown(sinkId)} does not exist.`);
}

interface Parents {
  database(sink: Sink): Promise<Database | undefined>;
  table(sink: Sink): Promise<Table | undefined>;
}

function knownParents({ catalog }: ReadSinksPorts, { tenantId }: Caller): Parents {
  const databases = new Map<string, Promise<Database | undefined>>();
  const tables = new Map<string, Promise<Table | undefined>>();
  return {
    database: ({ databaseId }) => once(databases, databaseId, () => catalog.findDatabase(tenantId, databaseId)),
    table: ({ tableId }) => once(tables, tableId, () => catalog.findTable(tenantId, tableId)),
  };
}

function once<T>(known: Map<string, Promise<T>>, id: string, read: () => Promise<T>): Promise<T> {
  const reading = known.get(id) ?? read();
  known.set(id, reading);
  return reading;
}

/** undefined when the sink, or what it stands on, went while we read. */
async function viewOf(ports: ReadSinksPorts, stored: Sink, parents: Parents): Promise<SinkView | undefined> {
  const sink = await settleSink(ports, stored);
  if (!sink) return undefined;
  const [database, table, mapping] = await Promise.all([
    parents.database(sink),
    parents.table(sink),
    ports.catalog.findMapping(sink.id, sink.mappingRevision),
  ]);
  return database && table && mapping ? { sink, database, table, mapping } : undefined;
}
