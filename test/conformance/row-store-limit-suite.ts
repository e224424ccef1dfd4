import { expect, it } from '@jest/globals';
import { rowBytesMax } from '../../lambdas/domain/limits.ts';
import { rowBytes } from '../../lambdas/domain/merge/row-bytes.ts';
import { mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { MergeOutcome, RowStore } from '../../lambdas/ports/row-store.ts';
import { operationState } from '../support/row-history.ts';
import { active, newTable, put, valuesOf } from './row-store-tables.ts';

const long = 'x'.repeat(200_000);

/**
 * That a store keeps rows within their limit, and the rows as they were where a write would pass it.
 * @param another makes another store over the same rows
 */
export function describeLimit(store: () => RowStore, another: () => RowStore): void {
  async function open(types: Parameters<typeof newTable>[0]): Promise<TableShape> {
    const table = newTable(types);
    await active(store(), table);
    return table;
  }

  it('refuses one huge value, and takes the rest of the batch', async () => {
    const table = await open([{ type: 'string' }, { type: 'stringset' }]);
    const rows = [
      put(table, 1, ['a']),
      put(table, 2, ['x'.repeat(500_000)]),
      put(table, 3, ['b', ['x'.repeat(rowBytesMax)]]),
      put(table, 4, ['c']),
    ];
    expect(await store().merge(table, rows)).toEqual(['changed', 'too_large', 'too_large', 'changed']);
    expect(await store().get(table, [1, 2, 3, 4])).toEqual([rows[0], undefined, undefined, rows[3]]);
    expect(await Array.fromAsync(store().scan(table))).toHaveLength(2);
    expect(await store().merge(table, rows)).toEqual(['unchanged', 'too_large', 'too_large', 'unchanged']);
  });

  it('takes a row of the last byte that fits, and not one more', async () => {
    const table = await open([{ type: 'string' }]);
    const room = rowBytesMax - rowBytes(put(table, 1, ['']), table.columns);
    const [most, more] = [put(table, 1, ['é'.repeat(room / 2)]), put(table, 2, ['x'.repeat(room + 1)])];
    expect(rowBytes(more, table.columns)).toBe(rowBytesMax + 1);
    expect(await store().merge(table, [most, more])).toEqual(['changed', 'too_large']);
    expect(await store().get(table, [1, 2])).toEqual([most, undefined]);
  });

  it('keeps the state that a row had when a second column would make it too large', async () => {
    const table = await open([{ type: 'string' }, { type: 'string' }, { type: 'int' }]);
    await store().merge(table, [put(table, 1, [long], '1')]);
    const second = put(table, 1, [undefined, long], '2');
    expect(await store().merge(table, [second])).toEqual(['too_large']);
    expect(await valuesOf(store(), table, [1])).toEqual([[long, null, null]]);
    expect(await store().merge(table, [put(table, 1, [undefined, undefined, 7], '3')])).toEqual(['changed']);
    expect(await store().merge(table, [put(table, 1, ['short'], '4'), put(table, 2, [null, long], '4')])).toEqual([
      'changed',
      'changed',
    ]);
    expect(await store().merge(table, [second])).toEqual(['changed']);
    expect(await valuesOf(store(), table, [1, 2])).toEqual([
      ['short', long, 7],
      [null, long, null],
    ]);
  });

  it('lets a set grow by many small writes to the limit, the same in every store', async () => {
    const table = await open([{ type: 'int' }, { type: 'stringset' }, { type: 'idset' }]);
    let model: RowState | undefined;
    const outcomes: MergeOutcome[] = [];
    for (let n = 0; n < 40; n++) {
      const members = Array.from(
        { length: 150 },
        (_, i) => `write ${n} has member ${i} of its own, and so on and on and on`,
      );
      const ids = Array.from({ length: 150 }, (_, i) => n * 1_000_000 + i);
      const row = put(table, 1, [n, members, ids], String(n).padStart(3, '0'));
      const joined = model ? mergeRows(model, row) : row;
      const fits = rowBytes(joined, table.columns) <= rowBytesMax;
      if (fits) model = joined;
      const [outcome, beside] = await store().merge(table, [row, put(table, 2 + n, [n])]);
      expect([outcome, beside]).toEqual([fits ? 'changed' : 'too_large', 'changed']);
      outcomes.push(outcome!);
    }
    expect(new Set(outcomes)).toEqual(new Set(['changed', 'too_large']));
    const [state] = await store().get(table, [1]);
    expect(sameState(state!, model!)).toBe(true);
  });

  it('adds up small values that came one by one, also those that another store wrote', async () => {
    const table = await open(Array.from({ length: 12 }, () => ({ type: 'string' as const })));
    const [first, second] = [store(), another()];
    for (const one of [first, second]) await one.merge(table, [put(table, 99, ['small'])]);
    const fitting = Math.floor((rowBytesMax - 1_000) / 40_000);
    const outcomes: MergeOutcome[] = [];
    for (let n = 0; n < 12; n++) {
      const values = table.columns.map((_, i) => (i === n ? 'x'.repeat(40_000) : undefined));
      const rows = [put(table, 1, values, String(10 + n)), put(table, 2 + n, [])];
      outcomes.push(...(await (n < fitting ? first : second).merge(table, rows)));
    }
    const wanted = Array.from({ length: 12 }, (_, n) => [n < fitting ? 'changed' : 'too_large', 'changed']);
    expect(outcomes).toEqual(wanted.flat());
  });

  it.each<[string, (table: TableShape) => RowState]>([
    ['a delete', ({ columns }) => operationState({ delete: true }, '5', columns)],
    ['a clear', (table) => put(table, 1, [undefined, null], '5')],
    ['an empty text', (table) => put(table, 1, ['', undefined], '5')],
  ])('takes %s of a full row, and then what it had no room for', async (_, shrinking) => {
    const table = await open([{ type: 'string' }, { type: 'stringset' }]);
    const members = Array.from({ length: 3_000 }, (_, i) => `member ${i} of a set that is large`);
    await store().merge(table, [put(table, 1, [long, members], '1')]);
    const extra = put(table, 1, [undefined, Array.from({ length: 4_500 }, (_, i) => `another ${i} of them`)], '6');
    expect(await store().merge(table, [extra])).toEqual(['too_large']);
    const shrink = shrinking(table);
    expect(await store().merge(table, [shrink])).toEqual(['changed']);
    expect(await store().merge(table, [extra])).toEqual(['changed']);
    const wanted = [put(table, 1, [long, members], '1'), shrink, extra].reduce(mergeRows);
    expect(sameState((await store().get(table, [1]))[0]!, wanted)).toBe(true);
  });

  it('lets a row shrink that is over the limit, because its columns were written apart', async () => {
    const table = await open([{ type: 'string' }, { type: 'string' }]);
    const [one, other] = table.columns.map((column): TableShape => ({ ...table, columns: [column] }));
    expect(await store().merge(one!, [put(one!, 1, [long], '1')])).toEqual(['changed']);
    expect(await store().merge(other!, [put(other!, 1, ['y'.repeat(190_000)], '2')])).toEqual(['changed']);
    expect(await store().merge(table, [put(table, 1, [`${long}x`], '3')])).toEqual(['too_large']);
    const shorter = 'y'.repeat(185_000);
    expect(await store().merge(table, [put(table, 1, [undefined, shorter], '4')])).toEqual(['changed']);
    expect(await valuesOf(store(), table, [1])).toEqual([[long, shorter]]);
  });

  it('takes a delete of a full row that is older than all of it', async () => {
    const table = await open([{ type: 'string' }]);
    const room = rowBytesMax - rowBytes(put(table, 1, ['']), table.columns);
    await store().merge(table, [put(table, 1, ['x'.repeat(room)], '5')]);
    const late = operationState({ delete: true }, '3', table.columns);
    expect(await store().merge(table, [late])).toEqual(['changed']);
    expect(await store().merge(table, [put(table, 1, ['older'], '2')])).toEqual(['unchanged']);
    expect((await store().get(table, [1]))[0]).toMatchObject({ exists: '5', tombstone: '3' });
  });

  /** The one place where the order of merges decides: see docs/guarantees.md and the merge rule. */
  it('lets the write that comes first have the room, in whichever order two come', async () => {
    const table = await open([{ type: 'string' }, { type: 'string' }]);
    const [first, second] = [put(table, 1, [long], '1'), put(table, 1, [undefined, long], '2')];
    expect(await store().merge(table, [first])).toEqual(['changed']);
    expect(await store().merge(table, [second])).toEqual(['too_large']);
    const other = { key: 2 };
    expect(await store().merge(table, [{ ...second, ...other }])).toEqual(['changed']);
    expect(await store().merge(table, [{ ...first, ...other }])).toEqual(['too_large']);
    expect(await valuesOf(store(), table, [1, 2])).toEqual([
      [long, null],
      [null, long],
    ]);
  });
}
