import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import { columnsPerTableMax } from '../../../lambdas/domain/limits.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { RevisionConflict } from '../../../lambdas/ports/catalog/resources.ts';
import { addColumn } from '../../../lambdas/use-cases/add-column.ts';
import { dropColumn } from '../../../lambdas/use-cases/drop-column.ts';
import { getSink } from '../../../lambdas/use-cases/read-sinks.ts';
import { getTable } from '../../../lambdas/use-cases/read-tables.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const int: ColumnType = { type: 'int' };

describe('columns', () => {
  let plane: ControlPlane;
  let caller: Caller;
  let table: Table;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    caller = plane.newCaller();
    table = await plane.newTable(caller, await plane.newDatabase(caller), { a: int, b: { type: 'string' } });
  });

  const place = (name: string) => ({ databaseId: table.databaseId, tableName: table.name, name });
  const add = (name: string, type: ColumnType = int) => addColumn(plane.ports, caller, { ...place(name), type });
  const drop = (name: string) => dropColumn(plane.ports, caller, place(name));
  const stored = () => getTable(plane.ports, caller, { databaseId: table.databaseId, name: table.name });

  it('adds at the end', async () => {
    const changed = await add('c', { type: 'decimal', scale: 2 });
    expect(changed.columns.map(({ id, name }) => [id, name])).toEqual([
      ['c1', 'a'],
      ['c2', 'b'],
      ['c3', 'c'],
    ]);
    expect(await stored()).toEqual(changed);
  });

  it('never gives an id twice', async () => {
    await add('c');
    await drop('c');
    await drop('a');
    expect((await add('a', { type: 'bool' })).columns).toEqual([
      { id: 'c2', name: 'b', type: { type: 'string' } },
      { id: 'c4', name: 'a', type: { type: 'bool' } },
    ]);
  });

  it.each<[string, ColumnType, string, string]>([
    ['a', int, 'already_exists', "'a' exists already"],
    ['_id', int, 'invalid_parameter', '"_id"'],
    ['_x', int, 'invalid_parameter', '"_x"'],
    ['Colour', int, 'invalid_parameter', '"Colour"'],
    ['c', { type: 'int', min: '5', max: '4' }, 'invalid_parameter', '5 is above 4'],
  ])('%s of type %j is refused', async (name, type, kind, says) => {
    expect(await refusalOf(add(name, type))).toEqual({ kind, message: expect.stringContaining(says) });
    expect(await stored()).toEqual(table);
  });

  it('refuses one more than a table may have', async () => {
    const columns = Object.fromEntries(Array.from({ length: columnsPerTableMax }, (_, i) => [`n${i}`, int]));
    table = await plane.newTable(caller, await plane.newDatabase(caller), columns);
    expect(await refusalOf(add('more'))).toMatchObject({ kind: 'limit_exceeded' });
    await drop('n7');
    expect((await add('more')).columns).toHaveLength(columnsPerTableMax);
  });

  it.each([
    ['_id', 'invalid_parameter', '_id names the rows'],
    ['nope', 'not_found', 'column "nope" not found in table'],
  ])('dropping %s is refused', async (name, kind, says) => {
    expect(await refusalOf(drop(name))).toEqual({ kind, message: expect.stringContaining(says) });
  });

  it.each([add, drop])('of an unknown table is not found', async (call) => {
    table = { ...table, name: 'nope' };
    expect(await refusalOf(call('a'))).toEqual({ kind: 'not_found', message: expect.stringContaining('"nope"') });
  });

  it('drops a column that a sink maps; the sink keeps its mapping', async () => {
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'a', path: ['a'] },
    ];
    const sink = await plane.newSink(caller, table, { items });
    await drop('a');
    const view = await getSink(plane.ports, caller, { sinkId: sink.id });
    expect(view.sink.status).toBe('ACTIVE');
    expect(view.mapping.items.map(({ columnId }) => columnId)).toEqual(['c1']);
    expect(view.table.columns.map(({ id }) => id)).toEqual(['c2']);
  });

  it('keeps all of several changes at once', async () => {
    const names = ['p', 'q', 'r', 's', 't'];
    await Promise.all([...names.map((name) => add(name)), drop('a')]);
    const { columns, nextColumn } = await stored();
    expect(columns.map(({ name }) => name).sort()).toEqual(['b', ...names]);
    expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
    expect(nextColumn).toBe(8);
  });

  it('gives up when others are faster every time', async () => {
    let tries = 0;
    const catalog = {
      findTableByName: async () => table,
      saveTable: async () => {
        tries += 1;
        throw new RevisionConflict();
      },
    };
    expect(await refusalOf(addColumn({ catalog }, caller, { ...place('c'), type: int }))).toMatchObject({
      kind: 'incorrect_state',
    });
    expect(tries).toBeGreaterThan(1);
  });

  it('lets other faults of the catalog through', async () => {
    const fault = new Error('disk full');
    const catalog = { findTableByName: async () => table, saveTable: () => Promise.reject(fault) };
    await expect(addColumn({ catalog }, caller, { ...place('c'), type: int })).rejects.toBe(fault);
  });
});
