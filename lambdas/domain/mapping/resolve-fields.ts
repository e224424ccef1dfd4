import { columnTypeText, fitsColumnType } from '../coercion/column-type-rules.ts';
import { type ColumnType, isSetType } from '../column-type.ts';
import { type Columns, columnNamed, withColumn } from '../columns.ts';
import { Problem } from '../problem.ts';
import type { KeyPart, KeySpec, MappingItem } from '../sink.ts';
import type { KeyType, Table } from '../table.ts';
import { itemProblem, type MappingRequest, type RequestedItem, type ResolvedMapping } from './mapping-request.ts';
import { versionItem } from './resolve-version.ts';

interface ChosenKey {
  readonly spec: KeySpec;
  /** Item whose value is `_id` and is not stored a second time as a column. */
  readonly onlyKey?: RequestedItem;
}

/**
 * The /v1 way: items carry types; columns that the table lacks are made, those it has must be of the same type; the
 * table's first sink decides how its rows are named (FeatureBase ingester: `id_field`, `primary_key_fields`).
 */
export function resolveFields(request: MappingRequest, table: Table): ResolvedMapping {
  const chosen = chooseKey(request, table.keyType);
  const keyType: KeyType = chosen.spec.kind === 'id' ? 'id' : 'string';
  if (table.keyType !== undefined && table.keyType !== keyType) throw otherKeyType(table.name, table.keyType, keyType);
  let columns: Columns = table;
  const items: MappingItem[] = [];
  request.items.forEach((item, index) => {
    if (item === chosen.onlyKey || item.name === versionItem) return;
    columns = withItem(columns, item, index);
    const { id, name, type } = columnNamed(columns, item.name)!;
    items.push({ columnId: id, name, path: item.path, type, ...(item.readAs ? { readAs: item.readAs } : {}) });
  });
  return {
    key: chosen.spec,
    items,
    ...(request.timeQuantum ? { timeQuantum: request.timeQuantum } : {}),
    table: { keyType, columns: columns.columns, nextColumn: columns.nextColumn },
  };
}

function withItem(columns: Columns, item: RequestedItem, index: number): Columns {
  if (!item.type) throw itemProblem(index, `'${item.name}' has no type`);
  const there = columnNamed(columns, item.name);
  if (!there) return withColumn(columns, item.name, item.type);
  if (!fitsColumnType(item.type, there.type)) {
    const types = `${columnTypeText(there.type)}, and the sink asks for ${columnTypeText(item.type)}`;
    throw itemProblem(index, `the table has a column '${item.name}' of type ${types}`);
  }
  return columns;
}

function chooseKey({ key, items }: MappingRequest, keyType: KeyType | undefined): ChosenKey {
  if (key.kind === 'id') return idKey(itemNamed(items, key.field, 'id field'));
  if (key.kind === 'fields') return fieldsKey(items, key.fields);
  const item = itemNamed(items, '_id', 'id field');
  return keyType !== 'string' && isWholeNumber(item) ? idKey(item) : fieldsKey(items, ['_id']);
}

function idKey(item: RequestedItem): ChosenKey {
  if (!isWholeNumber(item))
    throw new Problem(
      'invalid_parameter',
      `The id field '${item.name}' must be of type id or int, not ${typeText(item)}; use primary_key_fields for others.`,
      { parameter: 'id_field' },
    );
  return { spec: { kind: 'id', path: item.path, name: item.name }, onlyKey: item };
}

function typeText({ type, readAs }: RequestedItem): string {
  if (readAs?.countedIn !== undefined) return 'dateInt';
  if (readAs?.signed) return 'signedIntBoolKey';
  return type ? columnTypeText(type) : 'without type';
}

function fieldsKey(items: readonly RequestedItem[], fields: readonly string[]): ChosenKey {
  if (fields.length === 0)
    throw new Problem('invalid_parameter', 'primary_key_fields must name at least one item of the definition.');
  if (new Set(fields).size < fields.length)
    throw new Problem(
      'invalid_parameter',
      `primary_key_fields names an item twice: ${fields.join(', ').slice(0, 80)}.`,
    );
  const parts = fields.map((field) => keyPart(itemNamed(items, field, 'primary key field')));
  const [first] = parts;
  const onlyKey = items.find(({ name }) => name === fields[0]);
  if (parts.length > 1 || !first || !onlyKey) return { spec: { kind: 'compound', parts } };
  // A key of one part that is no text is kept as a part, because only parts are read by their type.
  const spec: KeySpec =
    first.type.type === 'string' ? { kind: 'string', path: first.path, name: first.name } : { kind: 'compound', parts };
  return { spec, onlyKey };
}

function keyPart({ name, path, type, readAs }: RequestedItem): KeyPart {
  if (!type) throw new Problem('invalid_parameter', `The primary key field '${name}' has no type.`);
  const scalar = readAs?.oneMember ? oneMemberType(type) : type;
  if (isSetType(scalar.type))
    throw new Problem(
      'invalid_parameter',
      `The primary key field '${name}' holds a list; a key is made of single values.`,
      {
        parameter: 'primary_key_fields',
      },
    );
  const { oneMember: _, ...rest } = readAs ?? {};
  return { name, path, type: scalar, ...(Object.keys(rest).length > 0 ? { readAs: rest } : {}) };
}

/** The type of the one value that a set field without Mutex takes from a record. */
function oneMemberType(type: ColumnType): ColumnType {
  return { type: type.type === 'idset' || type.type === 'idsetq' ? 'id' : 'string' };
}

function isWholeNumber({ type, readAs }: RequestedItem): boolean {
  if (type?.type === 'id' || type?.type === 'int') return readAs?.countedIn === undefined;
  return readAs?.oneMember === true && (type?.type === 'idset' || type?.type === 'idsetq');
}

function itemNamed(items: readonly RequestedItem[], name: unknown, role: string): RequestedItem {
  const item = items.find((candidate) => candidate.name === name);
  if (!item) throw new Problem('invalid_parameter', `no field with ${role} name ${String(name).slice(0, 40)} found`);
  return item;
}

function otherKeyType(table: string, stands: KeyType, asked: KeyType): Problem {
  const words = { id: 'whole numbers (id)', string: 'text (string)' };
  return new Problem(
    'invalid_parameter',
    `The rows of table '${table}' are named by ${words[stands]}; this sink would name them by ${words[asked]}.`,
  );
}
