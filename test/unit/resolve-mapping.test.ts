import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import { noColumns, withColumn } from '../../lambdas/domain/columns.ts';
import type { DatabaseId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import { columnsPerTableMax } from '../../lambdas/domain/limits.ts';
import type { MappingRequest, RequestedItem } from '../../lambdas/domain/mapping/mapping-request.ts';
import { resolveMapping } from '../../lambdas/domain/mapping/resolve-mapping.ts';
import type { KeyType, Table } from '../../lambdas/domain/table.ts';
import { readFixture } from '../support/read-fixture.ts';

interface TableSketch {
  readonly keyType?: KeyType;
  readonly columns?: Readonly<Record<string, ColumnType>>;
}

interface MappingCase extends Omit<MappingRequest, 'createColumns'> {
  readonly name: string;
  readonly table: TableSketch;
  readonly gives?: {
    readonly key: unknown;
    readonly keyType: KeyType;
    readonly items: readonly unknown[];
    readonly timeQuantum?: unknown;
    readonly columns?: readonly string[];
  };
  readonly says?: string;
}

function tableOf({ keyType, columns = {} }: TableSketch): Table {
  return {
    id: 'table' as TableId,
    tenantId: 'tenant' as TenantId,
    databaseId: 'database' as DatabaseId,
    name: 'items',
    description: '',
    ...(keyType && { keyType }),
    trackExistence: true,
    ...Object.entries(columns).reduce((made, [name, type]) => withColumn(made, name, type), noColumns),
    status: 'ACTIVE',
    createdAt: '',
    createdBy: '',
    revision: 1,
  };
}

const fixture = readFixture<Record<string, MappingCase[]>>('control-plane/mappings.json');

describe.each([
  ['existing columns', false],
  ['fields with types', true],
])('a mapping by %s', (section, createColumns) => {
  it.each(fixture[section]!)('$name', ({ table: sketch, gives, says, name: _, ...request }) => {
    const table = tableOf(sketch);
    const resolve = () => resolveMapping({ ...request, createColumns }, table);
    if (!gives) {
      expect(resolve).toThrow(expect.objectContaining({ kind: 'invalid_parameter' }));
      expect(resolve).toThrow(says!);
      return;
    }
    const { keyType, columns, ...parts } = gives;
    const { table: needed, ...resolved } = resolve();
    expect(resolved).toEqual(parts);
    expect(needed.keyType).toBe(keyType);
    expect(needed.columns.map((column) => column.name)).toEqual(columns ?? table.columns.map((column) => column.name));
    expect(needed.columns.slice(0, table.columns.length)).toEqual(table.columns);
    expect(needed.nextColumn).toBe(needed.columns.length + 1);
  });
});

it('a sink cannot make more columns than a table may have', () => {
  const items: RequestedItem[] = Array.from({ length: columnsPerTableMax + 1 }, (_, i) => ({
    name: `n${i}`,
    path: ['n', String(i)],
    type: { type: 'int' },
  }));
  const make = (count: number) => () =>
    resolveMapping(
      { key: { kind: 'id', field: 'n0' }, items: items.slice(0, count), createColumns: true },
      tableOf({}),
    );
  expect(make(columnsPerTableMax + 1)().table.columns).toHaveLength(columnsPerTableMax);
  items.push({ name: 'last', path: ['last'], type: { type: 'int' } });
  expect(make(columnsPerTableMax + 2)).toThrow(expect.objectContaining({ kind: 'limit_exceeded' }));
});
