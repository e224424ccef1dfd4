import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { DatabaseId, SinkId } from '../../../lambdas/domain/ids.ts';
import { addColumn } from '../../../lambdas/use-cases/add-column.ts';
import { createTable } from '../../../lambdas/use-cases/create-table.ts';
import { deleteDatabase } from '../../../lambdas/use-cases/delete-database.ts';
import { deleteSink } from '../../../lambdas/use-cases/delete-sink.ts';
import { deleteTable } from '../../../lambdas/use-cases/delete-table.ts';
import { dropColumn } from '../../../lambdas/use-cases/drop-column.ts';
import { getRow } from '../../../lambdas/use-cases/get-row.ts';
import { getDatabase, listDatabases } from '../../../lambdas/use-cases/read-databases.ts';
import { getSink, listSinks } from '../../../lambdas/use-cases/read-sinks.ts';
import { getTable, listTables } from '../../../lambdas/use-cases/read-tables.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

interface Place {
  readonly databaseId: DatabaseId;
  readonly tableName: string;
  readonly sinkId: SinkId;
}
type Call = (plane: ControlPlane, caller: Caller, place: Place) => Promise<unknown>;

const int = { type: 'int' } as const;
/** Every use case that takes an id. */
const calls: readonly [string, Call][] = [
  ['getDatabase', ({ ports }, caller, place) => getDatabase(ports, caller, place)],
  ['deleteDatabase', ({ ports }, caller, place) => deleteDatabase(ports, caller, place)],
  ['listTables', ({ ports }, caller, place) => listTables(ports, caller, place)],
  [
    'createTable',
    ({ ports }, caller, { databaseId }) =>
      createTable(ports, caller, { databaseId, name: 'mine', description: '', trackExistence: true, columns: [] }),
  ],
  [
    'getTable',
    ({ ports }, caller, { databaseId, tableName }) => getTable(ports, caller, { databaseId, name: tableName }),
  ],
  [
    'deleteTable',
    ({ ports }, caller, { databaseId, tableName }) => deleteTable(ports, caller, { databaseId, name: tableName }),
  ],
  ['addColumn', ({ ports }, caller, place) => addColumn(ports, caller, { ...place, name: 'x', type: int })],
  ['dropColumn', ({ ports }, caller, place) => dropColumn(ports, caller, { ...place, name: 'n' })],
  ['getRow', ({ ports }, caller, place) => getRow(ports, caller, { ...place, key: '7' })],
  ['getSink', ({ ports }, caller, place) => getSink(ports, caller, place)],
  ['deleteSink', ({ ports }, caller, place) => deleteSink(ports, caller, place)],
];

describe('another tenant', () => {
  let plane: ControlPlane;
  let owner: Caller;
  let stranger: Caller;
  let place: Place;
  beforeAll(async () => {
    plane = await openControlPlane();
    owner = plane.newCaller();
    stranger = plane.newCaller();
    const table = await plane.newTable(owner, await plane.newDatabase(owner), { n: int });
    const sink = await plane.newSink(owner, table);
    place = { databaseId: table.databaseId, tableName: table.name, sinkId: sink.id };
  });
  afterAll(() => plane?.close());

  it.each(calls)('%s answers as if there were none', async (_name, call) => {
    const absent: Place = {
      ...place,
      databaseId: place.databaseId.replace(/.$/, '?') as DatabaseId,
      sinkId: place.sinkId.replace(/.$/, '?') as SinkId,
    };
    const seen = await refusalOf(call(plane, stranger, place));
    const unknown = await refusalOf(call(plane, stranger, absent));
    expect(seen.kind).toBe('not_found');
    const words = (message: string) => message.replaceAll(/"\w+.?"/g, 'it');
    expect([unknown.kind, words(unknown.message)]).toEqual([seen.kind, words(seen.message)]);
  });

  it('cannot point a sink at a database that is not its own', async () => {
    const table = await plane.newTable(stranger, await plane.newDatabase(stranger));
    const refusal = await refusalOf(
      plane.newSink(stranger, table, { databaseId: place.databaseId, tableName: place.tableName }),
    );
    expect(refusal).toMatchObject({ kind: 'related_not_found' });
  });

  it('sees nothing in lists, and the owner still has all', async () => {
    expect(await listSinks(plane.ports, stranger)).toEqual([]);
    expect((await listDatabases(plane.ports, stranger)).map(({ id }) => id)).not.toContain(place.databaseId);
    const view = await getSink(plane.ports, owner, { sinkId: place.sinkId });
    expect(view.table.columns.map(({ name }) => name)).toEqual(['n']);
  });
});
