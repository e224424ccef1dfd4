import { describe, expect, it } from '@jest/globals';
import { mergeRows, visibleRow } from '../../lambdas/domain/merge.ts';
import { decodeOperations, encodeOperations, operationState } from '../../lambdas/domain/row-operation.ts';

describe('row operations', () => {
  it.each([
    ['a number', 7],
    ['the largest number', 9_223_372_036_854_775_807n],
    ['a text', 'a/key with:odd|chars?&é"\\\n'],
    ['a text of digits', '7'],
    ['an empty text', ''],
  ])('come out of the queue as they went in: a row named by %s', (_what, key) => {
    const operations = [{ delete: key }, { delete: key, version: '0000000000001' }];
    expect(decodeOperations(encodeOperations(operations))).toEqual(operations);
  });

  it('are a list of JSON with all digits', () => {
    expect(encodeOperations([{ delete: 9_223_372_036_854_775_807n }])).toBe('[{"delete":9223372036854775807}]');
  });

  it('delete what is older, and no more', () => {
    const state = operationState({ delete: 1 }, 'b');
    const row = (stamp: string) => ({ key: 1, exists: stamp, tombstone: '', cells: [{ stamp, value: 5 }] });
    const columns = [{}] as unknown as Parameters<typeof visibleRow>[1];
    expect(visibleRow(mergeRows(row('a'), state), columns)).toBeUndefined();
    expect(visibleRow(mergeRows(state, row('c')), columns)).toEqual({ key: 1, values: [5] });
    expect(state).toEqual({ key: 1, exists: '', tombstone: 'b', cells: [] });
  });
});
