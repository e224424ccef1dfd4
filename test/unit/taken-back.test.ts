import { describe, expect, it } from '@jest/globals';
import type { Member } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { columnPlaces, rowState } from '../../lambdas/domain/merge/row-state.ts';
import { takenBack } from '../../lambdas/domain/merge/taken-back.ts';
import { joinRows, memberKey, visibleRow } from '../../lambdas/domain/merge.ts';
import type { MappedRow, MappedValue } from '../../lambdas/domain/outcome.ts';
import type { RowKey, RowState, SetCell } from '../../lambdas/domain/row.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import { stamper } from '../../lambdas/domain/version.ts';

const columns = [
  { id: 'n' as ColumnId, name: 'n', type: { type: 'int' } },
  { id: 's' as ColumnId, name: 's', type: { type: 'string' } },
  { id: 'tags' as ColumnId, name: 'tags', type: { type: 'stringset' } },
  { id: 'seen' as ColumnId, name: 'seen', type: { type: 'stringsetq', quantum: 'YMD' } },
] as const satisfies readonly Column[];
const items = columns.map(({ id, name, type }) => ({ columnId: id, name, path: [name], type }));
const places = columnPlaces(items, columns);
const version = '0'.repeat(14);
const [older, newer] = [stamper(version, 1)(5), stamper(version, 2)(5)];
/** Of records of the same batch before and after. */
const [before, after] = [stamper(version, 2)(4), stamper(version, 1)(6)];

type Values = Readonly<Partial<Record<'n' | 's' | 'tags' | 'seen', MappedValue>>>;

/** What a record says of row 1, unless another is given, as one revision reads it. */
function says(values: Values, stamp = older, more: Partial<Pick<MappedRow, 'timeMs' | 'op' | 'key'>> = {}): RowState {
  const row: MappedRow = { kind: 'row', op: 'put', key: 1, values: columns.map(({ name }) => values[name]), ...more };
  return rowState(row, stamp, items, columns, places);
}

const seen = (...rows: readonly (RowState | undefined)[]) =>
  visibleRow(joinRows(rows.filter((row) => row !== undefined)), columns)?.values;

interface Case {
  readonly what: string;
  readonly was: Values;
  readonly is: Values;
  /** What a reader then sees of a row that nothing else wrote. */
  readonly row: readonly (MappedValue | null)[];
}

describe('what an older revision made of a record, and a newer one does not', () => {
  it.each<Case>([
    {
      what: 'a value of a column that is mapped no more',
      was: { n: 1, s: 'a' },
      is: { s: 'a' },
      row: [null, 'a', null, null],
    },
    { what: 'a value that is in another column now', was: { n: 1 }, is: { s: '1' }, row: [null, '1', null, null] },
    { what: 'nothing of a value that only changed', was: { n: 1 }, is: { n: 2 }, row: [2, null, null, null] },
    { what: 'nothing of a value that is cleared now', was: { n: 1 }, is: { n: null }, row: [null, null, null, null] },
    { what: 'a null, which stays one', was: { n: null }, is: {}, row: [null, null, null, null] },
    {
      what: 'members, of which the record takes one out now',
      was: { tags: ['a', 'b'] },
      is: { tags: { removed: ['a'] } },
      row: [null, null, [], null],
    },
    {
      what: 'nothing of members that were taken out',
      was: { tags: { removed: ['a'] } },
      is: { tags: ['b'] },
      row: [null, null, ['b'], null],
    },
    {
      what: 'members that are not named any more',
      was: { tags: ['a', 'b'] },
      is: { tags: ['b', 'c'] },
      row: [null, null, ['b', 'c'], null],
    },
    {
      what: 'all members of a set that is mapped no more, which is then empty',
      was: { tags: ['a'] },
      is: {},
      row: [null, null, [], null],
    },
    {
      what: 'the members of a set that is cleared now',
      was: { tags: ['a'] },
      is: { tags: null },
      row: [null, null, null, null],
    },
    {
      what: 'members of a quantum column',
      was: { seen: ['x', 'y'] },
      is: { seen: ['y'] },
      row: [null, null, null, ['y']],
    },
  ])('goes: $what', ({ was, is, row }) => {
    const [earlier, now] = [says(was), says(is, newer)];
    const back = takenBack(earlier, now, newer);
    for (const order of orders([earlier, now, back])) expect(seen(...order)).toEqual(row);
  });

  it('is nothing where the newer revision says as much', () => {
    expect(takenBack(says({ n: 1, tags: ['a'] }), says({ n: 2, tags: ['a', 'b'] }, newer), newer)).toBeUndefined();
    expect(takenBack(says({}), says({}, newer), newer)).toBeUndefined();
    expect(takenBack(says({ tags: [] }), says({}, newer), newer)).toBeUndefined();
    expect(takenBack(says({ tags: null }), says({}, newer), newer)).toBeUndefined();
  });

  it('of a quantum column is in the buckets of its own time, and stays in those of others', () => {
    const [monday, tuesday] = [Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 24)];
    const earlier = says({ seen: ['x'] }, older, { timeMs: monday });
    const now = says({ seen: ['x'] }, newer, { timeMs: tuesday });
    const back = takenBack(earlier, now, newer)!;
    expect([...(back.cells[3] as SetCell).members.values()]).toEqual([
      { member: 'x', bucket: '2026-11-23', stamp: newer, present: false },
    ]);
    const { members } = joinRows([earlier, now, back]).cells[3] as SetCell;
    const shown = ['', '2026-11-23', '2026-11-24'].map(
      (bucket) => members.get(memberKey('x' as Member, bucket))?.present,
    );
    expect(shown).toEqual([true, false, true]);
    const lost = takenBack(earlier, says({ seen: ['x'] }, newer), newer)!;
    expect([...(lost.cells[3] as SetCell).members.keys()]).toEqual(['2026-11-23|x']);
  });

  it('goes from the row whose key the record had, and leaves its new row alone', () => {
    const key: RowKey = 2;
    const [earlier, now] = [says({ n: 1, tags: ['a'] }), says({ n: 1, tags: ['a'] }, newer, { key })];
    const back = takenBack(earlier, now, newer)!;
    expect(back).toMatchObject({ key: 1, exists: '', tombstone: '' });
    expect(seen(earlier, back)).toEqual([null, null, [], null]);
    expect(seen(now)).toEqual([1, null, ['a'], null]);
  });

  it('neither beats a later record nor gives an earlier one its value back', () => {
    const [earlier, now] = [says({ n: 1, tags: ['a'] }), says({}, newer)];
    const back = takenBack(earlier, now, newer);
    expect(seen(earlier, now, back, says({ n: 9, tags: ['a'] }, after))).toEqual([9, null, ['a'], null]);
    expect(seen(says({ n: 7, tags: ['z'] }, before), earlier, now, back)).toEqual([null, null, ['z'], null]);
    // A member that both had added is that of the later record: it goes with what that one says no more.
    expect(seen(says({ tags: ['a', 'z'] }, before), earlier, now, back)).toEqual([null, null, ['z'], null]);
  });

  it('does not make a row, nor keep one from being deleted', () => {
    const [earlier, deleted] = [says({ n: 1 }), says({}, newer, { op: 'delete' })];
    const back = takenBack(earlier, deleted, newer)!;
    expect(visibleRow(back, columns)).toBeUndefined();
    expect(seen(earlier, deleted, back)).toBeUndefined();
    expect(joinRows([earlier, deleted, back])).toEqual(joinRows([deleted]));
  });

  it('of a delete is nothing: what it cleared is not known', () => {
    expect(takenBack(says({}, older, { op: 'delete' }), says({ n: 1 }, newer), newer)).toBeUndefined();
  });
});

function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, i) => orders(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}
