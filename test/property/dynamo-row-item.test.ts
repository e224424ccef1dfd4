import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RowItem } from '../../lambdas/adapters/aws/dynamo-row-cells.ts';
import { makeRowCodec } from '../../lambdas/adapters/aws/dynamo-row-item.ts';
import { isSetType } from '../../lambdas/domain/column-type.ts';
import { mergeRows, sameState, visibleRow } from '../../lambdas/domain/merge.ts';
import type { RowState, VisibleRow } from '../../lambdas/domain/row.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { Stamp } from '../../lambdas/domain/version.ts';
import { fullShape, stampsBy, writesOf } from '../conformance/row-histories.ts';

/** What some writes say together, of one row. */
function statesOf(shape: TableShape, stamps: fc.Arbitrary<Stamp> = stampsBy.acceptance): fc.Arbitrary<RowState> {
  return fc
    .array(writesOf(shape, stamps), { minLength: 1, maxLength: 6 })
    .map((writes) => writes.map((write) => ({ ...write, key: writes[0]!.key })).reduce(mergeRows));
}

/** The item as DynamoDB gives it back: without the order of attributes and members, numbers in its own form. */
function stored(item: RowItem): RowItem {
  const sent = JSON.parse(JSON.stringify(item)) as RowItem;
  return Object.fromEntries(
    Object.entries(sent)
      .toReversed()
      .map(([name, value]) => [name, storedValue(value)]),
  );
}

function storedValue(value: AttributeValue): AttributeValue {
  if (value.M) return { M: stored(value.M) };
  if (value.SS) return { SS: value.SS.toReversed() };
  if (value.NS) return { NS: value.NS.map(plainNumber).toReversed() };
  return value.N === undefined ? value : { N: plainNumber(value.N) };
}

function plainNumber(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const keyTypes: readonly KeyType[] = ['id', 'string'];

describe('a row as an item', () => {
  it.each<[KeyType, keyof typeof stampsBy]>([
    ...keyTypes.map((keyType) => [keyType, 'acceptance'] as [KeyType, 'acceptance']),
    ['id', 'producers with a clock'],
  ])('comes back as it was, keyed by %s, in the order of %s', (keyType, order) => {
    const shape = fullShape(keyType);
    const codec = makeRowCodec(shape);
    const property = fc.property(statesOf(shape, stampsBy[order]), (state) => {
      const { state: back } = codec.decode(stored(codec.encode(state, undefined)));
      expect(sameState(back, state)).toBe(true);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('never has the same version text twice, whatever is merged into it', () => {
    const shape = fullShape('id');
    const codec = makeRowCodec(shape);
    const property = fc.property(fc.array(statesOf(shape), { minLength: 2, maxLength: 8 }), (states) => {
      const texts = new Set<string>();
      let item: RowItem | undefined;
      for (const state of states) {
        const before = item && codec.decode(item);
        const merged = before ? mergeRows(before.state, { ...state, key: before.state.key }) : state;
        item = stored(codec.encode(merged, before));
        texts.add(item['_v']!.S!);
      }
      expect(texts.size).toBe(states.length);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('shows whoever reads it plainly what readers see', () => {
    const shape = fullShape('id');
    const codec = makeRowCodec(shape);
    const property = fc.property(statesOf(shape), (state) => {
      const item = codec.encode(state, undefined);
      const visible = visibleRow(state, shape.columns);
      expect('_deleted' in item).toBe(visible === undefined);
      const names = Object.keys(item).filter((name) => !name.startsWith('_'));
      expect(names.toSorted()).toEqual(visible ? shownNames(shape, visible).toSorted() : []);
      if (!visible) return;
      const back = codec.decode({ ...item, _v: { S: plainVersions(item, shape) } });
      expect(visibleRow(back.state, shape.columns)).toEqual(withoutEmptySets(visible));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('keeps what it holds of columns that the shape lacks, and forgets what a tombstone beats there too', () => {
    const shape = fullShape('id');
    const codec = makeRowCodec(shape);
    const part = fc.subarray([...shape.columns]).map((columns): TableShape => ({ ...shape, columns }));
    const property = fc.property(part, statesOf(shape), statesOf(shape), (narrow, before, write) => {
      const narrowCodec = makeRowCodec(narrow);
      const places = narrow.columns.map((column) => shape.columns.indexOf(column));
      const narrowed: RowState = { ...write, key: before.key, cells: places.map((place) => write.cells[place]) };
      const found = narrowCodec.decode(stored(codec.encode(before, undefined)));
      const item = narrowCodec.encode(mergeRows(found.state, narrowed), found);
      const seen = shape.columns.map((_, place) => (places.includes(place) ? write.cells[place] : undefined));
      const wanted = mergeRows(before, { ...narrowed, cells: seen });
      expect(sameState(codec.decode(stored(item)).state, wanted)).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

/** Names of the columns that are neither null nor empty. */
function shownNames({ columns }: TableShape, { values }: VisibleRow): string[] {
  return columns.flatMap(({ name }, i) => {
    const value = values[i]!;
    return value === null || (Array.isArray(value) && value.length === 0) ? [] : [name];
  });
}

/** A version text as if all that is to be seen had been written at once: what a plain reader goes by. */
function plainVersions(item: RowItem, { columns }: TableShape): string {
  const shown = columns.filter(({ name }) => name in item).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify([1, ['stamp'], shown.map(({ id }) => Number(id.slice(1)))]);
}

/** A plain reader does not tell the empty set from null. */
function withoutEmptySets({ key, values }: VisibleRow): VisibleRow {
  return { key, values: values.map((value) => (Array.isArray(value) && value.length === 0 ? null : value)) };
}

describe('a row as an item, by example', () => {
  it('costs no more than one stamp and the numbers of its columns when it was written whole', () => {
    const shape = fullShape('id');
    const plain = shape.columns.filter(({ type }) => !isSetType(type.type));
    const stamp = '01hq8zk3aab000001';
    const value = { id: 1, int: -5, decimal: 510, timestamp: 1, string: 'x', bool: true };
    const cells = plain.map(({ type }) => ({ stamp, value: value[type.type as keyof typeof value] }));
    const state: RowState = { key: 7, exists: stamp, tombstone: '', cells };
    expect(makeRowCodec({ ...shape, columns: plain }).encode(state, undefined)).toEqual({
      _id: { N: '7' },
      _v: { S: `[1,["${stamp}"],[8,3,6,4,1,2,7,5]]` },
      a_bool: { BOOL: true },
      a_decimal: { N: '5.10' },
      a_fine_time: { S: '1970-01-01T00:00:00.000000001Z' },
      a_fraction: { N: '0.000000000000000510' },
      a_id: { N: '1' },
      a_int: { N: '-5' },
      a_string: { S: 'x' },
      a_time: { S: '1970-01-01T00:00:01Z' },
    });
  });

  it.each<[string, RowItem]>([
    ['no version', { _id: { N: '1' } }],
    ['a version that is none', { _id: { N: '1' }, _v: { S: 'secret' } }],
    ['an attribute too many', { _id: { N: '1' }, _v: { S: '[1,["1"]]' }, a_int: { N: '1' } }],
    ['a value of another type', { _id: { N: '1' }, _v: { S: '[1,["1"],[2]]' }, a_int: { S: 'secret' } }],
  ])('cannot be read with %s, and the error says nothing of it', (_, item) => {
    const { decode } = makeRowCodec(fullShape('id'));
    expect(() => decode(item)).toThrow(TypeError);
    expect(() => decode(item)).not.toThrow(/secret/);
  });
});
