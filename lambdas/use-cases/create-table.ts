import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { ColumnType } from '../domain/column-type.ts';
import { type Columns, columnNamed, noColumns, withColumn } from '../domain/columns.ts';
import type { DatabaseId, TableId } from '../domain/ids.ts';
import { tableNameProblem } from '../domain/naming/names.ts';
import { Problem } from '../domain/problem.ts';
import type { KeyType, Table, VersionKind } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { checkName } from './check-name.ts';
import { getDatabase } from './read-databases.ts';
import { type SettlePorts, settleTable } from './settle.ts';

export interface CreateTablePorts extends SettlePorts {
  readonly catalog: SettlePorts['catalog'] & Pick<Catalog, 'findDatabase' | 'createTable'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface TableRequest {
  readonly databaseId: DatabaseId;
  readonly name: unknown;
  readonly description: string;
  /** Left out by /v1: the first sink decides. */
  readonly keyType?: KeyType;
  readonly trackExistence: boolean;
  /** Given where producers have a clock of their own. */
  readonly version?: VersionKind;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

/**
 * Makes a table and starts making its row store. The catalog comes first: should we crash in between, the table is
 * CREATING and the next read makes its store, whereas a store without a table would be found by nobody.
 * @returns the table: ACTIVE where the store is there at once, CREATING, or FAILED with the cause
 */
export async function createTable(ports: CreateTablePorts, caller: Caller, request: TableRequest): Promise<Table> {
  const { databaseId, name, description, keyType, trackExistence, version } = request;
  checkName('table', name, tableNameProblem);
  const { columns, nextColumn } = columnsOf(request.columns);
  const database = await getDatabase(ports, caller, { databaseId });
  if (database.status !== 'RUNNING')
    throw new Problem('incorrect_state', `Database '${database.name}' is ${database.status}; it must be RUNNING.`);
  const table: Table = {
    id: ports.ids.next<TableId>(),
    tenantId: caller.tenantId,
    databaseId,
    name,
    description,
    ...(keyType === undefined ? {} : { keyType }),
    trackExistence,
    ...(version === undefined ? {} : { version }),
    columns,
    nextColumn,
    status: 'CREATING',
    createdAt: new Date(ports.clock.now()).toISOString(),
    createdBy: caller.email,
    revision: 1,
  };
  const refusal = await ports.catalog.createTable(table);
  if (refusal === 'name_taken')
    throw new Problem('already_exists', `A table named '${name}' exists already in database '${database.name}'.`);
  if (refusal === 'parent_gone') throw new Problem('not_found', `Database ${shown(databaseId)} does not exist.`);
  const settled = await settleTable(ports, table);
  if (!settled) throw new Problem('not_found', `Table '${name}' was deleted while it was made.`);
  return settled;
}

function columnsOf(requested: TableRequest['columns']): Columns {
  return requested.reduce((columns, { name, type }) => {
    if (columnNamed(columns, name)) throw new Problem('invalid_parameter', `duplicate column '${name}'`);
    return withColumn(columns, name, type);
  }, noColumns);
}
