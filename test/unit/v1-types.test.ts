import { describe, expect, it } from '@jest/globals';
import { noColumns } from '../../lambdas/domain/columns.ts';
import type { DatabaseId, SinkId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { resolveMapping } from '../../lambdas/domain/mapping/resolve-mapping.ts';
import { compileMapping } from '../../lambdas/domain/mapping.ts';
import { columnPlaces, rowState } from '../../lambdas/domain/merge/row-state.ts';
import { joinRows, visibleRow } from '../../lambdas/domain/merge.ts';
import type { MappedRow } from '../../lambdas/domain/outcome.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { Mapping } from '../../lambdas/domain/sink.ts';
import type { Table } from '../../lambdas/domain/table.ts';
import { rowView } from '../../lambdas/http/dialects/featurebase-row.ts';
import { sinkRequestOf } from '../../lambdas/http/dialects/v1/sink.ts';
import { mappingOf } from '../../lambdas/use-cases/create-sink.ts';
import { readFixture, readFixtureText } from '../support/read-fixture.ts';
import { readV1Types, type V1Refused } from '../support/v1-types.ts';

const { schema, histories } = readV1Types();
const emptyTable: Table = {
  id: 'table' as TableId,
  tenantId: 'tenant' as TenantId,
  databaseId: 'database' as DatabaseId,
  name: 'every_type',
  description: '',
  trackExistence: true,
  ...noColumns,
  status: 'ACTIVE',
  createdAt: '',
  createdBy: '',
  revision: 1,
};

/** The mapping of a schema over a table without columns, as it comes back from a catalog, which keeps JSON. */
function mappingOfSchema(asked: typeof schema): { readonly mapping: Mapping; readonly table: Table } {
  const details = { deployment_id: 'database', table: 'every_type' };
  const request = sinkRequestOf({ name: 's', sink_details: details, schema: asked });
  const resolved = resolveMapping(request, emptyTable);
  const sink = { id: 'sink' as SinkId, mappingRevision: 1, tableId: emptyTable.id };
  const mapping = JSON.parse(JSON.stringify(mappingOf(sink, resolved, request))) as Mapping;
  return { mapping, table: { ...emptyTable, ...resolved.table } };
}

describe('every type and config of a /v1 sink', () => {
  const { mapping, table } = mappingOfSchema(schema);
  const map = compileMapping(mapping);
  const places = columnPlaces(mapping.items, table.columns);

  it('makes a column of its own, but for the key and the time', () => {
    const named = schema.definition.map(({ name }) => name).filter((name) => name !== 'id' && name !== 'at');
    expect(table.columns.map(({ name }) => name)).toEqual(named);
    expect(mapping.timeQuantum).toEqual({ path: ['at'], readAs: { unit: 'ms', epoch: '1970-01-01T00:00:00Z' } });
  });

  function stateOf(value: unknown, order: number): RowState {
    const outcome = map({ value });
    if (outcome.kind !== 'row') throw new Error(JSON.stringify(outcome));
    return rowState(outcome as MappedRow, `01hq8zk3aab00${order}001`, mapping.items, table.columns, places);
  }

  it.each(histories)('$name', ({ posts, row }) => {
    const states = posts.flat().map((record, i) => stateOf({ id: 7, ...record }, i + 1));
    for (const ordered of [states, states.toReversed(), [...states, ...states]]) {
      const seen = visibleRow(joinRows(ordered), table.columns);
      const nothing = Object.fromEntries(table.columns.map(({ name }) => [name, null]));
      expect(JSON.parse(JSON.stringify(rowView(table, seen!)))).toEqual({ _id: 7, ...nothing, ...row });
    }
  });

  it.each(rejections())('$says', ({ value, says }) => {
    expect(map({ value: { id: 7, ...value } })).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(says),
    });
  });
});

describe('a /v1 sink is refused for', () => {
  it.each(readFixture<V1Refused[]>('v1-types/refused.json'))('$name', ({ schema: more, definition = [], says }) => {
    const asked = { id_field: 'id', allow_missing_fields: true, ...more };
    const make = () => mappingOfSchema({ ...asked, definition: [{ name: 'id', type: 'id' }, ...definition] });
    expect(make).toThrow(says);
  });
});

/** Read as a records body is, so that 64-bit numbers survive. */
function rejections(): { readonly value: Readonly<Record<string, unknown>>; readonly says: string }[] {
  return parseRecordsBody(readFixtureText('v1-types/rejected.json'), true) as ReturnType<typeof rejections>;
}
