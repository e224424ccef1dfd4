import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import type { Column, TableShape } from '../../lambdas/domain/table.ts';
import { newTable, put, valuesOf } from '../conformance/row-store-tables.ts';
import { type FaultyRows, openFaultyRows } from '../support/faulty-rows.ts';
import { operationState } from '../support/row-history.ts';

/** A column `price` that was dropped, and the one that was added later under the same name. */
describe.each<[string, first: ColumnType, one: unknown, second: ColumnType, other: unknown]>([
  ['text, then text', { type: 'string' }, 'old', { type: 'string' }, 'new'],
  ['text, then ids', { type: 'string' }, 'old', { type: 'idset' }, [1, 2]],
  ['ids, then an int', { type: 'idset' }, [1, 2], { type: 'int' }, 5],
  ['texts, then ids', { type: 'stringset' }, ['old'], { type: 'idset' }, [1, 2]],
])('a name of a column used again in DynamoDB: %s', (_, firstType, old, secondType, fresh) => {
  const kept: Column = { id: 'c1' as ColumnId, name: 'kept', type: { type: 'int' } };
  const first: Column = { id: 'c3' as ColumnId, name: 'price', type: firstType };
  const second: Column = { id: 'c12' as ColumnId, name: 'price', type: secondType };
  const base = newTable([]);
  const shapes = {
    /** Still held by a consumer that read the table before the drop. */
    stale: { ...base, columns: [kept, first] },
    between: { ...base, columns: [kept] },
    now: { ...base, columns: [kept, second] },
  } satisfies Record<string, TableShape>;

  let rows: FaultyRows;
  beforeEach(() => {
    rows = openFaultyRows(shapes.now);
  });
  const merge = (shape: TableShape, values: readonly unknown[], stamp: string) =>
    rows.storeWith().merge(shape, [put(shape, 1, values as never, stamp)]);
  const read = async (shape: TableShape) => (await valuesOf(rows.storeWith(), shape, [1]))[0];
  const plain = () => rows.items.get('N 1')!['price'];

  it('shows nothing of the old column, and forgets it with the next write, whatever that writes', async () => {
    await merge(shapes.stale, [1, old], '1');
    expect(await read(shapes.now)).toEqual([1, null]);
    await merge(shapes.now, [2], '2');
    expect(await read(shapes.now)).toEqual([2, null]);
    expect(plain()).toBeUndefined();
    expect(await read(shapes.stale)).toEqual([2, null]);
    expect(JSON.stringify(rows.items.get('N 1'))).not.toContain('old');
  });

  it('keeps the old column while nobody has its name', async () => {
    await merge(shapes.stale, [1, old], '1');
    await merge(shapes.between, [2], '2');
    expect(plain()).toBeDefined();
    expect(await read(shapes.stale)).toEqual([2, old]);
  });

  it('gives the name to the new column, and takes no more of what is written to the old one', async () => {
    await merge(shapes.stale, [1, old], '1');
    expect(await merge(shapes.now, [undefined, fresh], '2')).toEqual(['changed']);
    expect(await read(shapes.now)).toEqual([1, fresh]);
    const taken = plain();
    expect(await merge(shapes.stale, [3, old], '3')).toEqual(['changed']);
    expect(await merge(shapes.stale, [undefined, old], '3')).toEqual(['unchanged']);
    expect(await read(shapes.now)).toEqual([3, fresh]);
    expect(plain()).toEqual(taken);
    expect(await read(shapes.stale)).toEqual([3, null]);
  });

  it('does so for a row that does not exist, too', async () => {
    const update = (shape: TableShape, value: unknown, stamp: string) =>
      rows.storeWith().merge(shape, [operationState({ update: { price: value as never } }, stamp, shape.columns)]);
    await update(shapes.stale, old, '1');
    expect(await update(shapes.now, fresh, '2')).toEqual(['changed']);
    expect(await update(shapes.stale, old, '3')).toEqual(['unchanged']);
    expect(Object.keys(rows.items.get('N 1')!).toSorted()).toEqual(['_deleted', '_hidden', '_id', '_v']);
    expect(await merge(shapes.between, [1], '4')).toEqual(['changed']);
    expect(await read(shapes.now)).toEqual([1, fresh]);
    expect(Object.keys(rows.items.get('N 1')!).toSorted()).toEqual(['_id', '_v', 'kept', 'price']);
  });

  it('leaves nothing of either once the row is deleted', async () => {
    await merge(shapes.stale, [1, old], '1');
    await rows.storeWith().merge(shapes.between, [operationState({ delete: true }, '2', shapes.between.columns)]);
    expect(rows.items.get('N 1')).toEqual({ _id: { N: '1' }, _v: { S: '[2,["","2"]]' }, _deleted: { BOOL: true } });
  });
});
