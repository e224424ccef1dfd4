import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId, DatabaseId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import { showFields, showTables } from '../../lambdas/domain/sql/show.ts';
import type { Table } from '../../lambdas/domain/table.ts';

const createdAt = '2026-01-02T03:04:05Z';

function tableOf(types: readonly ColumnType[], more: Partial<Table> = {}): Table {
  return {
    id: 't' as TableId,
    tenantId: 'tenant' as TenantId,
    databaseId: 'd' as DatabaseId,
    name: 'all',
    description: '',
    trackExistence: true,
    columns: types.map((type, i) => ({ id: `c${i}` as ColumnId, name: 'jihgfedcba'[i]!, type })),
    nextColumn: 11,
    status: 'ACTIVE',
    createdAt,
    createdBy: 'ann',
    revision: 1,
    ...more,
  };
}

/** Named j to a, so that neither answer has the order of names by chance. */
const table = tableOf([
  { type: 'id' },
  { type: 'string' },
  { type: 'idset' },
  { type: 'stringset' },
  { type: 'idsetq', quantum: 'YMD', ttl: '24h' },
  { type: 'stringsetq', quantum: 'H' },
  { type: 'int', min: '-9223372036854775808', max: '7' },
  { type: 'decimal', scale: 0 },
  { type: 'timestamp', unit: 'ms', epoch: '2000-01-01T00:00:00Z' },
  { type: 'bool' },
]);

describe('SHOW', () => {
  it('FIELDS names types as the engine of v1 did, by name', () => {
    const { columns, rows } = showFields(table, 'fields');
    expect(columns).toEqual([
      { name: 'Field', type: { type: 'string' } },
      { name: 'Type', type: { type: 'string' } },
    ]);
    expect(rows.map((row) => row.join(' '))).toEqual([
      'a bool',
      'b timestamp',
      'c decimal',
      'd int',
      'e keyed-time',
      'f time',
      'g keyed-set',
      'h set',
      'i keyed-mutex',
      'j mutex',
    ]);
  });

  it('COLUMNS gives the options that each type has, in order of creation', () => {
    const { columns, rows } = showFields(table, 'columns');
    expect(columns.map(({ name, type }) => `${name} ${type.type}`)).toEqual([
      '_id string',
      'name string',
      'type string',
      'created_at timestamp',
      'keys bool',
      'cache_type string',
      'cache_size int',
      'scale int',
      'min int',
      'max int',
      'timeunit string',
      'epoch string',
      'timequantum string',
      'ttl string',
    ]);
    expect(rows.map((row) => [row[2], row[4], row.slice(7)])).toEqual([
      ['id', false, [null, null, null, null, null, null, null]],
      ['id', false, [null, null, null, null, null, null, null]],
      ['string', true, [null, null, null, null, null, null, null]],
      ['idset', false, [null, null, null, null, null, null, null]],
      ['stringset', true, [null, null, null, null, null, null, null]],
      ['idsetq', false, [null, null, null, null, null, 'YMD', '24h']],
      ['stringsetq', true, [null, null, null, null, null, 'H', null]],
      ['int', false, [null, -9_223_372_036_854_775_808n, 7, null, null, null, null]],
      ['decimal', false, [0, null, null, null, null, null, null]],
      ['timestamp', false, [null, null, null, 'ms', '2000-01-01T00:00:00Z', null, null]],
      ['bool', false, [null, null, null, null, null, null, null]],
    ]);
    expect(rows.map(([id, name, , at]) => [id, name, at])).toEqual([
      ['_id', '_id', createdAt],
      ...table.columns.map(({ name }) => [name, name, null]),
    ]);
  });

  it.each([
    ['string', 'string', true],
    ['id', 'id', false],
    [undefined, 'id', false],
  ] as const)('says how a table is keyed: %s', (keyType, shown, isKeyed) => {
    const keyed = tableOf([], keyType ? { keyType } : {});
    expect(showFields(keyed, 'columns').rows[0]!.slice(2, 5)).toEqual([shown, createdAt, isKeyed]);
    expect(showTables([keyed]).rows[0]![7]).toBe(isKeyed);
  });

  it('TABLES is sorted by name, with what both forms of the answer show', () => {
    const tables = ['b', 'a', 'c'].map((name) => tableOf([], { name, description: `of ${name}` }));
    const { columns, rows } = showTables(tables);
    expect(columns.map(({ name, type, only }) => `${name} ${type.type} ${only}`)).toEqual([
      'Table string table',
      '_id string schema',
      'name string schema',
      'owner string schema',
      'updated_by string schema',
      'created_at timestamp schema',
      'updated_at timestamp schema',
      'keys bool schema',
      'space_used int schema',
      'description string schema',
    ]);
    expect(rows).toEqual(
      ['a', 'b', 'c'].map((name) => [name, name, name, 'ann', 'ann', createdAt, createdAt, false, null, `of ${name}`]),
    );
  });
});
