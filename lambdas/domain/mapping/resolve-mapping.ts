import { isQuantumType } from '../column-type.ts';
import { columnNamed } from '../columns.ts';
import { Problem } from '../problem.ts';
import type { KeySpec, MappingItem } from '../sink.ts';
import type { KeyType, Table } from '../table.ts';
import {
  checkItems,
  itemProblem,
  type MappingRequest,
  pathProblem,
  type RequestedItem,
  type ResolvedMapping,
} from './mapping-request.ts';
import { resolveFields } from './resolve-fields.ts';
import { resolveVersion, versionItem } from './resolve-version.ts';

/** Name of the item that maps the row's key. */
export const keyItem = '_id';
/** Names of the items that map what is no column. */
const placeItems: readonly string[] = [keyItem, versionItem];
/** Names of the item that maps the time of quantum columns; the second is a slip of FeatureBase's documents. */
const timeItems: readonly string[] = ['_timeQuantum', '_timeQuantume'];

/**
 * Makes a mapping of what a client asks for, on the table as it stands. Pure: the table that the mapping needs (columns
 * added, kind of key decided) is part of the answer.
 * @throws Problem that names the item and says what was wanted; `incorrect_state` where the table and the request do not
 *   agree on whether producers give versions
 */
export function resolveMapping(request: MappingRequest, table: Table): ResolvedMapping {
  checkItems(request.items);
  const wrongTime = request.timeQuantum && pathProblem(request.timeQuantum.path);
  if (wrongTime !== undefined) throw new Problem('invalid_parameter', `The path of the records' time ${wrongTime}.`);
  const resolved = request.createColumns ? resolveFields(request, table) : resolveColumns(request, table);
  const version = resolveVersion(request.items, table);
  return version ? { ...resolved, version } : resolved;
}

/** Items name columns that exist; their types are the table's, whatever else the client sends. */
function resolveColumns(request: MappingRequest, table: Table): ResolvedMapping {
  const { key: requested } = request;
  const field = requested.kind === 'mapped' ? keyItem : requested.kind === 'id' ? requested.field : requested.fields;
  if (field !== keyItem && !(field.length === 1 && field[0] === keyItem))
    throw new Problem(
      'invalid_parameter',
      `The key of a sink on existing columns is always "_id", as id_field or as the only one of primary_key_fields; it is ${JSON.stringify(field).slice(0, 60)}.`,
    );
  const keyed = request.items.find(({ name }) => name === keyItem);
  if (!keyed)
    throw new Problem('invalid_parameter', `The definition must map _id: add {"name":"_id","path":[...]}.`, {
      parameter: 'definition',
    });
  const keyType: KeyType = table.keyType ?? (requested.kind === 'fields' ? 'string' : 'id');
  const key: KeySpec = { kind: keyType, path: keyed.path, name: keyItem };
  const items = request.items.flatMap((item, index) =>
    placeItems.includes(item.name) || timeItems.includes(item.name) ? [] : [existing(item, index, table)],
  );
  const mapped = request.items.find(({ name }) => timeItems.includes(name));
  const time = request.timeQuantum ?? (mapped && { path: mapped.path });
  const timed = items.filter(({ type }) => isQuantumType(type.type)).map(({ name }) => `'${name}'`);
  if (timed.length > 0 && !time)
    throw new Problem(
      'invalid_parameter',
      `The definition must map _timeQuantum, the time of the records, for the time views of ${timed.join(', ')}.`,
      { parameter: 'definition' },
    );
  return {
    key,
    items,
    ...(time ? { timeQuantum: time } : {}),
    table: { keyType, columns: table.columns, nextColumn: table.nextColumn },
  };
}

function existing(item: RequestedItem, index: number, table: Table): MappingItem {
  const column = columnNamed(table, item.name);
  if (!column) throw itemProblem(index, `column '${item.name}' not found in table '${table.name}'`);
  const { unit, epoch } = column.type.type === 'timestamp' ? (item.readAs ?? {}) : {};
  const readAs = { ...(unit ? { unit } : {}), ...(epoch ? { epoch } : {}) };
  return {
    columnId: column.id,
    name: column.name,
    path: item.path,
    type: column.type,
    ...(unit || epoch ? { readAs } : {}),
  };
}
