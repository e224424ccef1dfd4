import { describe, expect, it } from '@jest/globals';
import { noColumns, withColumn } from '../../lambdas/domain/columns.ts';
import type { DatabaseId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import type { MappingRequest } from '../../lambdas/domain/mapping/mapping-request.ts';
import { resolveMapping } from '../../lambdas/domain/mapping/resolve-mapping.ts';
import type { Table, VersionKind } from '../../lambdas/domain/table.ts';

function tableOf(version?: VersionKind): Table {
  return {
    id: 'table' as TableId,
    tenantId: 'tenant' as TenantId,
    databaseId: 'database' as DatabaseId,
    name: 'prices',
    description: '',
    keyType: 'id',
    trackExistence: true,
    ...(version && { version }),
    ...withColumn(noColumns, 'price', { type: 'int' }),
    status: 'ACTIVE',
    createdAt: '',
    createdBy: '',
    revision: 1,
  };
}

const id = { name: '_id', path: ['id'], type: { type: 'id' } } as const;
const price = { name: 'price', path: ['price'], type: { type: 'int' } } as const;
const version = { name: '_version', path: ['meta', 'lsn'] };

/** The same in both dialects: columns that exist, and fields with types. */
describe.each([[false], [true]])('a mapping onto a table of producers with a clock (creates columns: %s)', (create) => {
  const request = (...items: MappingRequest['items']): MappingRequest => ({
    key: { kind: 'id', field: '_id' },
    items,
    createColumns: create,
  });

  it.each<VersionKind>(['number', 'time'])('reads _version as the table says: %s', (kind) => {
    const { table, ...resolved } = resolveMapping(request(id, version, price), tableOf(kind));
    expect(resolved).toEqual({
      key: { kind: 'id', path: ['id'], name: '_id' },
      items: [{ columnId: 'c1', name: 'price', path: ['price'], type: { type: 'int' } }],
      version: { kind, path: ['meta', 'lsn'] },
    });
    expect(table.columns.map(({ name }) => name)).toEqual(['price']);
  });

  it('is refused without _version, with what to add', () => {
    const resolve = () => resolveMapping(request(id, price), tableOf('time'));
    expect(resolve).toThrow(expect.objectContaining({ kind: 'incorrect_state' }));
    expect(resolve).toThrow(`Table 'prices' has the option version: "time"`);
    expect(resolve).toThrow('add {"name":"_version","path":[...]}');
  });

  it('is refused with _version onto any other table', () => {
    const resolve = () => resolveMapping(request(id, version, price), tableOf());
    expect(resolve).toThrow(expect.objectContaining({ kind: 'incorrect_state' }));
    expect(resolve).toThrow(`table 'prices' was made without the option version: leave the item out`);
  });

  it('cannot name rows by the version', () => {
    const resolve = () =>
      resolveMapping({ ...request(id, version), key: { kind: 'fields', fields: ['_version'] } }, tableOf('number'));
    expect(resolve).toThrow(expect.objectContaining({ kind: 'invalid_parameter' }));
  });
});
