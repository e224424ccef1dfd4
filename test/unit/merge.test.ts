import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Scalar } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { coalesce, memberKey, mergeCells, mergeRows, sameState, visibleRow } from '../../lambdas/domain/merge.ts';
import type { Cell, RowState, SetCell } from '../../lambdas/domain/row.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import { applyInOrder, type Operation, operationState } from '../support/row-history.ts';

interface HistoryCase {
  readonly name: string;
  /** Oldest first. */
  readonly history: readonly Operation[];
  readonly visible: readonly unknown[] | null;
}

const columns: readonly Column[] = [
  { id: 'c1' as ColumnId, name: 'n', type: { type: 'int' } },
  { id: 'c2' as ColumnId, name: 'tags', type: { type: 'stringset' } },
  { id: 'c3' as ColumnId, name: 'text', type: { type: 'string' } },
];
const histories = JSON.parse(
  readFileSync(new URL('../fixtures/merge/histories.json', import.meta.url), 'utf8'),
) as HistoryCase[];

describe.each(histories)('history: $name', ({ history, visible }) => {
  const states = history.map((operation, i) => operationState(operation, `stamp ${i}`, columns));

  it('is what a naive row holds after it', () => {
    expect(applyInOrder(history, columns) ?? null).toEqual(visible);
  });

  it('gives one state in every order and every split into batches', () => {
    const expected = states.reduce(mergeRows);
    expect(visibleRow(expected, columns)?.values ?? null).toEqual(visible);
    const others = orders(states).flatMap((order) =>
      splits(order)
        .map((batches) => batches.map((batch) => coalesce(batch)[0]!).reduce(mergeRows))
        .filter((state) => !sameState(state, expected)),
    );
    expect(others).toEqual([]);
  });
});

describe('equal stamps', () => {
  it.each<[name: string, Scalar | null, Scalar | null]>([
    ['a value over null', 1, null],
    ['the larger number', 2, -3],
    ['numbers beyond 2^53 exactly', 9_007_199_254_740_993n, 9_007_199_254_740_991],
    ['true', true, false],
    ['the longer text', 'ab', 'a'],
    ['the higher code point, not the higher UTF-16 unit', '\u{1f600}', '\uffee'],
  ])('of scalars: %s', (_, winner, loser) => {
    const [a, b] = [winner, loser].map((value): Cell => ({ stamp: 's', value }));
    expect(mergeCells(a, b)).toEqual({ stamp: 's', value: winner });
    expect(mergeCells(b, a)).toEqual({ stamp: 's', value: winner });
  });

  it('of members: a remove beats an add', () => {
    const [add, remove] = [true, false].map(
      (present): SetCell => ({
        cleared: '',
        touched: 's',
        members: new Map([[memberKey('a'), { member: 'a', stamp: 's', present }]]),
      }),
    );
    expect(mergeCells(add, remove)).toEqual(remove);
    expect(mergeCells(remove, add)).toEqual(remove);
  });

  it('of a put and a delete: the delete counts', () => {
    const put = operationState({ put: { n: 1 } }, 's', columns);
    const gone = operationState({ delete: true }, 's', columns);
    expect(mergeRows(put, gone)).toEqual(gone);
    expect(mergeRows(gone, put)).toEqual(gone);
  });
});

describe('a state', () => {
  const put = operationState({ put: { n: 1, tags: ['a'], text: 'x' } }, '1', columns);

  it('keeps nothing of what a delete has beaten', () => {
    const gone = operationState({ delete: true }, '2', columns);
    const cleared = operationState({ put: { tags: null } }, '1', columns);
    expect(mergeRows(put, gone)).toEqual(gone);
    expect(mergeRows(gone, cleared)).toEqual(gone);
  });

  it('keeps nothing of what a null has beaten', () => {
    const cleared = operationState({ put: { tags: null } }, '2', columns);
    expect(mergeRows(put, cleared).cells[1]).toEqual({ cleared: '2', touched: '', members: new Map() });
  });

  it('shows nothing that its tombstone has beaten, also where it still carries it', () => {
    expect(visibleRow({ ...put, tombstone: '1' }, columns)).toBeUndefined();
    expect(visibleRow({ ...put, exists: '3', tombstone: '2' }, columns)?.values).toEqual([null, null, null]);
    const touchedAgain: SetCell = { ...(put.cells[1] as SetCell), touched: '3' };
    const again = { ...put, exists: '3', tombstone: '2', cells: [undefined, touchedAgain] };
    expect(visibleRow(again, columns)?.values).toEqual([null, [], null]);
  });

  it('shows null for columns it has no cells for', () => {
    expect(visibleRow({ ...put, cells: [] }, columns)?.values).toEqual([null, null, null]);
  });

  it('keeps members and their time buckets apart, and shows members without buckets', () => {
    const quantum: Column[] = [{ id: 'c1' as ColumnId, name: 'q', type: { type: 'idsetq', quantum: 'YM' } }];
    const add = operationState({ put: { q: [10, 9] } }, '1', quantum, 1, Date.UTC(2022, 7));
    const remove = operationState({ remove: { q: 9 } }, '2', quantum);
    const merged = mergeRows(add, remove);
    expect(visibleRow(merged, quantum)?.values).toEqual([[10]]);
    expect((merged.cells[0] as SetCell).members.get(memberKey(9, '2022-08'))).toMatchObject({ present: true });
  });

  it('sorts members by size, not by text', () => {
    const ids: Column[] = [{ id: 'c1' as ColumnId, name: 'ids', type: { type: 'idset' } }];
    const state = operationState({ put: { ids: [10, 9_223_372_036_854_775_807n, 9] } }, '1', ids);
    expect(visibleRow(state, ids)?.values).toEqual([[9, 10, 9_223_372_036_854_775_807n]]);
  });

  const tags = put.cells[1] as SetCell;
  const op = tags.members.get(memberKey('a'))!;
  it.each<[string, Partial<RowState>]>([
    ['key', { key: 2 }],
    ['existence', { exists: '2' }],
    ['tombstone', { tombstone: '0' }],
    ['number of cells', { cells: put.cells.slice(0, 2) }],
    ['value', withCell(0, { stamp: '1', value: 2 })],
    ['stamp', withCell(0, { stamp: '2', value: 1 })],
    ['clear', withCell(1, { ...tags, cleared: '0' })],
    ['touch', withCell(1, { ...tags, touched: '2' })],
    ['number of members', withCell(1, { ...tags, members: new Map() })],
    ['member', withCell(1, { ...tags, members: new Map([[memberKey('b'), { ...op, member: 'b' }]]) })],
    ['stamp of a member', withCell(1, { ...tags, members: new Map([[memberKey('a'), { ...op, stamp: '2' }]]) })],
    ['last operation', withCell(1, { ...tags, members: new Map([[memberKey('a'), { ...op, present: false }]]) })],
  ])('differs from one with another %s', (_, change) => {
    expect(sameState(put, { ...put })).toBe(true);
    expect(sameState(put, { ...put, ...change })).toBe(false);
    expect(sameState({ ...put, ...change }, put)).toBe(false);
  });

  function withCell(place: number, cell: Cell): Partial<RowState> {
    return { cells: put.cells.with(place, cell) };
  }
});

it('refuses to join a scalar cell and a set cell', () => {
  const set: SetCell = { cleared: '', touched: '1', members: new Map() };
  expect(() => mergeCells({ stamp: '1', value: 1 }, set)).toThrow(TypeError);
  expect(() => mergeCells(set, { stamp: '1', value: 1 })).toThrow(TypeError);
});

it('coalesces by key, in order of first sight', () => {
  const put = (key: number, stamp: string) => operationState({ put: { n: key } }, stamp, columns, key);
  const rows = coalesce([put(2, '1'), put(1, '2'), put(2, '3'), put(3, '4')]);
  expect(rows.map(({ key, exists }) => [key, exists])).toEqual([
    [2, '3'],
    [1, '2'],
    [3, '4'],
  ]);
});

it('names members so that no two meet', () => {
  const names = [memberKey('a'), memberKey('a', '2022'), memberKey('2022|a'), memberKey('|a'), memberKey('')];
  expect(new Set(names).size).toBe(names.length);
});

function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, i) => orders(items.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

/** Every way to cut a list into consecutive parts. */
function splits<T>(items: readonly T[]): T[][][] {
  if (items.length === 0) return [[]];
  return items.flatMap((_, i) => splits(items.slice(i + 1)).map((rest) => [items.slice(0, i + 1), ...rest]));
}
