import { type ColumnType, type Integer, normalInteger } from '../column-type.ts';
import type { Database } from '../database.ts';
import { type Column, shapeOf, type Table } from '../table.ts';
import type { AnswerColumn } from './compiled.ts';

type Value = string | Integer | boolean | null;

/** An answer that the catalog gives. */
export interface CatalogAnswer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly Value[])[];
}

const text = { type: 'string' } as const;
const whole = { type: 'int' } as const;
const time = { type: 'timestamp', unit: 's' } as const;
const truth = { type: 'bool' } as const;

/** SHOW DATABASES (SQL3), sorted by name; how many machines one has is not known here, because it has none. */
export function showDatabases(databases: readonly Database[]): CatalogAnswer {
  const sorted = databases.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    columns: schemaColumns({ _id: text, name: text, owner: text, created_at: time, status: text, units: whole }),
    rows: sorted.map(({ id, name, createdBy, createdAt, status }) => [id, name, createdBy, createdAt, status, null]),
  };
}

/**
 * SHOW TABLES, sorted by name: one column `Table` in the older answer form (FeatureBase v1 SQL), nine in the newer
 * (SQL3). What is not measured, the space used, is null.
 */
export function showTables(tables: readonly Table[]): CatalogAnswer {
  const sorted = tables.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    columns: [
      { name: 'Table', type: text, only: 'table' },
      ...schemaColumns({
        _id: text,
        name: text,
        owner: text,
        updated_by: text,
        created_at: time,
        updated_at: time,
        keys: truth,
        space_used: whole,
        description: text,
      }).map((column) => ({ ...column, only: 'schema' as const })),
    ],
    rows: sorted.map(({ name, createdBy, createdAt, keyType, description }) => {
      const isKeyed = keyType === 'string';
      return [name, name, name, createdBy, createdBy, createdAt, createdAt, isKeyed, null, description];
    }),
  };
}

/**
 * SHOW FIELDS: `Field` and `Type` as FeatureBase v1 SQL has them, by name, without `_id`. SHOW COLUMNS: SQL3's fourteen
 * columns, `_id` first; what Headgate has no equivalent of is null.
 */
export function showFields(table: Table, words: 'fields' | 'columns'): CatalogAnswer {
  return words === 'fields' ? fieldsOf(table) : columnsOf(table);
}

function fieldsOf({ columns }: Table): CatalogAnswer {
  const sorted = columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    columns: [
      { name: 'Field', type: text },
      { name: 'Type', type: text },
    ],
    rows: sorted.map(({ name, type }) => [name, fieldTypes[type.type]]),
  };
}

/** Types of fields as the engine of v1 named them: what is keyed holds text. */
const fieldTypes: Readonly<Record<ColumnType['type'], string>> = {
  id: 'mutex',
  string: 'keyed-mutex',
  idset: 'set',
  stringset: 'keyed-set',
  idsetq: 'time',
  stringsetq: 'keyed-time',
  int: 'int',
  decimal: 'decimal',
  timestamp: 'timestamp',
  bool: 'bool',
};

function columnsOf(table: Table): CatalogAnswer {
  const key: Pick<Column, 'name' | 'type'> = { name: '_id', type: { type: shapeOf(table).keyType } };
  return {
    columns: schemaColumns({
      _id: text,
      name: text,
      type: text,
      created_at: time,
      keys: truth,
      cache_type: text,
      cache_size: whole,
      scale: whole,
      min: whole,
      max: whole,
      timeunit: text,
      epoch: text,
      timequantum: text,
      ttl: text,
    }),
    rows: [key, ...table.columns].map(({ name, type }) => {
      const option = optionsOf(type);
      return [
        name,
        name,
        type.type,
        name === '_id' ? table.createdAt : null,
        type.type.startsWith('string'),
        null,
        null,
        option('scale'),
        wholeNumber(option('min')),
        wholeNumber(option('max')),
        option('unit'),
        option('epoch'),
        option('quantum'),
        option('ttl'),
      ];
    }),
  };
}

/** Reads options that only some types have; null for the others. */
function optionsOf(type: ColumnType): (name: string) => Value {
  const options = new Map<string, Value>(Object.entries(type));
  return (name) => options.get(name) ?? null;
}

/** Limits are kept as text, so that no JSON rounds them. */
function wholeNumber(text: Value): Value {
  return typeof text === 'string' ? normalInteger(BigInt(text)) : text;
}

function schemaColumns(types: Readonly<Record<string, ColumnType>>): readonly AnswerColumn[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
