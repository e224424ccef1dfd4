import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { columnPlaces, rowState } from '../../lambdas/domain/merge/row-state.ts';
import { memberKey } from '../../lambdas/domain/merge.ts';
import type { MappedRow, MappedValue } from '../../lambdas/domain/outcome.ts';
import type { MemberOp } from '../../lambdas/domain/row.ts';
import type { MappingItem } from '../../lambdas/domain/sink.ts';
import type { Column } from '../../lambdas/domain/table.ts';

const stamp = 'stamp';
const int: ColumnType = { type: 'int' };

function column(id: string, type: ColumnType): Column {
  return { id: id as ColumnId, name: id, type };
}

function item({ id, name, type }: Column): MappingItem {
  return { columnId: id, name, path: [name], type };
}

function stateOf(row: Partial<MappedRow>, columns: readonly Column[], items: readonly MappingItem[]) {
  const whole: MappedRow = { kind: 'row', op: 'put', key: 7, values: [], ...row };
  return rowState(whole, stamp, items, columns, columnPlaces(items, columns));
}

function members(...ops: readonly MemberOp[]) {
  return new Map(ops.map((op) => [memberKey(op.member, op.bucket), op]));
}

describe('one value of a put', () => {
  const hourly: ColumnType = { type: 'idsetq', quantum: 'YMDH' };
  const timeMs = Date.UTC(2022, 7, 9, 2, 59);
  const add = { stamp, present: true };
  it.each<[name: string, ColumnType, MappedValue, timeMs: number | undefined, cell: unknown]>([
    ['scalar', int, 5, undefined, { stamp, value: 5 }],
    ['scalar null', int, null, undefined, { stamp, value: null }],
    ['scalar false', { type: 'bool' }, false, undefined, { stamp, value: false }],
    ['scalar missing', int, undefined, undefined, undefined],
    ['set null', { type: 'idset' }, null, undefined, { cleared: stamp, touched: '', members: new Map() }],
    ['set missing', { type: 'idset' }, undefined, undefined, undefined],
    ['set empty', { type: 'idset' }, [], undefined, { cleared: '', touched: stamp, members: new Map() }],
    [
      'set with members taken out, which touches nothing else',
      { type: 'idset' },
      { removed: [3, 4] },
      undefined,
      {
        cleared: '',
        touched: '',
        members: members({ member: 3, stamp, present: false }, { member: 4, stamp, present: false }),
      },
    ],
    [
      'set of members, whose column has no time',
      { type: 'stringset' },
      ['a', 'b'],
      timeMs,
      { cleared: '', touched: stamp, members: members({ member: 'a', ...add }, { member: 'b', ...add }) },
    ],
    [
      'quantum without a time',
      hourly,
      [3],
      undefined,
      { cleared: '', touched: stamp, members: members({ member: 3, ...add }) },
    ],
    [
      'quantum with a time',
      hourly,
      [3],
      timeMs,
      {
        cleared: '',
        touched: stamp,
        members: members({ member: 3, ...add }, { member: 3, bucket: '2022-08-09T02', ...add }),
      },
    ],
  ])('%s', (_, type, value, time, cell) => {
    const columns = [column('c1', type)];
    const row = time === undefined ? { values: [value] } : { values: [value], timeMs: time };
    expect(stateOf(row, columns, columns.map(item))).toEqual({ key: 7, exists: stamp, tombstone: '', cells: [cell] });
  });
});

describe('columns', () => {
  const [c1, c2, c3] = ['c1', 'c2', 'c3'].map((id) => column(id, int)) as [Column, Column, Column];

  it('stand in the order of the table, whatever the order of the mapping', () => {
    const { cells } = stateOf({ values: [3, 1] }, [c1, c2, c3], [item(c3), item(c1)]);
    expect(cells).toEqual([{ stamp, value: 1 }, undefined, { stamp, value: 3 }]);
  });

  it('that are gone leave their values out', () => {
    expect(columnPlaces([item(c1), item(c2), item(c3)], [c1, c3])).toEqual([0, -1, 1]);
    const { cells } = stateOf({ values: [1, 2, 3] }, [c1, c3], [item(c1), item(c2), item(c3)]);
    expect(cells).toEqual([
      { stamp, value: 1 },
      { stamp, value: 3 },
    ]);
  });

  it('are found by id, so that one added again under its old name gets nothing', () => {
    const again: Column = { ...c2, name: c1.name };
    expect(stateOf({ values: [1] }, [again], [item(c1)]).cells).toEqual([undefined]);
  });
});

it('a delete is a tombstone and nothing else', () => {
  const columns = [column('c1', int)];
  const state = stateOf({ op: 'delete', key: 'k', values: [1] }, columns, columns.map(item));
  expect(state).toEqual({ key: 'k', exists: '', tombstone: stamp, cells: [undefined] });
});
