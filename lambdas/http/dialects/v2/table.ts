import type { DatabaseId } from '../../../domain/ids.ts';
import { Problem } from '../../../domain/problem.ts';
import type { KeyType, Table } from '../../../domain/table.ts';
import type { V2CreateTableBody, V2PutTableBody } from '../../../generated/request-bodies.ts';
import type { TableRequest } from '../../../use-cases/create-table.ts';
import { columnTypeOf, columnView, keyColumnView } from '../featurebase-column-options.ts';
import { assertUnchanged } from '../unchanged.ts';

type ColumnBody = NonNullable<V2CreateTableBody['columns']>[number];

/** Name of the column that every table has: among the columns it says how rows are named, as `options.keys` does. */
const keyColumn = '_id';

/**
 * A /v2 table. `keys: true` means rows named by text. Existence is tracked unless told otherwise: the original left
 * queries to misbehave where clients forgot to ask for it.
 * @throws Problem that names the column
 */
export function tableRequestOf(databaseId: DatabaseId, body: V2CreateTableBody): TableRequest {
  const columns = body.columns ?? [];
  return {
    databaseId,
    name: body.name,
    description: body.description ?? '',
    keyType: keyTypeOf(
      body.options?.keys ?? undefined,
      columns.find(({ name }) => name === keyColumn),
    ),
    trackExistence: body.options?.trackExistence ?? true,
    ...(body.options?.version ? { version: body.options.version } : {}),
    columns: columns
      .filter(({ name }) => name !== keyColumn)
      .map(({ name, ...column }) => ({ name, type: columnTypeOf(column, `Column '${name.slice(0, 40)}'`) })),
  };
}

/** The member that a PUT may change, and those that change by themselves. */
const free = ['description', 'status', 'cause'];

/**
 * The description that a PUT gives a table; the one that it has, if left out.
 * @throws Problem that names what cannot be changed so: columns have calls of their own
 */
export function descriptionOf(body: V2PutTableBody, table: Table): string {
  assertUnchanged(body, tableView(table, table.status), free);
  return body.description === undefined ? table.description : (body.description ?? '');
}

export function tableView({ id, name, cause, description, ...table }: Omit<Table, 'status'>, status: string): object {
  const keyType = table.keyType ?? 'id';
  return {
    id,
    name,
    status,
    ...(cause === undefined ? {} : { cause }),
    description,
    database_id: table.databaseId,
    options: {
      keys: keyType === 'string',
      trackExistence: table.trackExistence,
      ...(table.version === undefined ? {} : { version: table.version }),
    },
    owner: table.createdBy,
    created_at: table.createdAt,
    columns: [keyColumnView(keyType), ...table.columns.map(columnView)],
  };
}

function keyTypeOf(keys: boolean | undefined, column: ColumnBody | undefined): KeyType {
  const asked = keys === undefined ? undefined : keys ? 'string' : 'id';
  if (!column) return asked ?? 'id';
  const { type } = column.type ? { type: column.type.toLowerCase() } : columnTypeOf(column, 'Column _id');
  if (type !== 'id' && type !== 'string')
    throw new Problem('invalid_parameter', '_id column must be specified with type ID or STRING', {
      parameter: 'columns',
    });
  if (asked !== undefined && asked !== type)
    throw new Problem('invalid_parameter', `options.keys: ${keys} contradicts the type ${type} of _id.`, {
      parameter: 'options.keys',
    });
  return type;
}
