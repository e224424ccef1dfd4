import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Item, ItemKey, ItemStore, ItemWrite } from '../../lambdas/ports/item-store.ts';

export interface ItemStoreHarness {
  readonly items: ItemStore;
  nowSeconds(): number;
  advance(ms: number): void | Promise<void>;
  close(): Promise<void>;
}

const key = (sort: string, partition = 'p'): ItemKey => ({ partition, sort });
const item = (sort: string, revision = 0, value: unknown = { sort }): Item => ({ ...key(sort), revision, value });

/** Text that no compression makes smaller than three quarters. */
const noise = (characters: number) => randomBytes(characters).toString('base64').slice(0, characters);

/** What every `ItemStore` must do. */
export function itemStoreSuite(name: string, open: () => Promise<ItemStoreHarness>): void {
  describe(`${name} keeps items`, () => {
    let harness: ItemStoreHarness;
    let items: ItemStore;
    beforeEach(async () => {
      harness = await open();
      items = harness.items;
    });
    afterEach(() => harness.close());

    describeReads(() => items);
    describeConditions(() => harness);
    describeLargeValues(() => harness);
    describeExpiry(() => harness);
    describeRaces(() => items);
  });
}

function describeReads(items: () => ItemStore): void {
  it('gets items in the order of the keys, undefined where there is none', async () => {
    await items().write([{ put: item('a', 7, { x: 1 }) }, { put: item('b') }]);
    expect(await items().get([key('b'), key('none'), key('a'), key('a', 'other')])).toEqual([
      item('b'),
      undefined,
      item('a', 7, { x: 1 }),
      undefined,
    ]);
    expect(await items().get([])).toEqual([]);
  });

  it.each([
    ['null', null],
    ['nesting', { a: [{ b: [1, 'two', null, true] }], c: {} }],
    ['any text', { 'kéy "\\\u0000': 'snow ☃ and 𝄞\n' }],
    ['numbers', [0, -1.5, 2 ** 53 - 1, 1e300]],
    ['200,000 characters', 'x'.repeat(200_000)],
    ['a megabyte that does not shrink, as a quarantined record may be', noise(1_048_576)],
  ])('gives a value back as it was: %s', async (_, value) => {
    await items().write([{ put: item('a', 0, value) }]);
    expect((await items().get([key('a')]))[0]!.value).toEqual(value);
  });

  it('leaves undefined fields out, and later changes of the object given to it', async () => {
    const value: { given: string; missing: undefined; late?: boolean } = { given: 'x', missing: undefined };
    const done = items().write([{ put: item('a', 0, value) }]);
    value.late = true;
    await done;
    expect((await items().get([key('a')]))[0]!.value).toStrictEqual({ given: 'x' });
  });

  it.each([
    [{}, ['a', 'b#1', 'b#2', 'b#3', 'c']],
    [{ newestFirst: true }, ['c', 'b#3', 'b#2', 'b#1', 'a']],
    [{ prefix: 'b#' }, ['b#1', 'b#2', 'b#3']],
    [{ prefix: 'b#', limit: 2 }, ['b#1', 'b#2']],
    [{ prefix: 'b#', after: 'b#1' }, ['b#2', 'b#3']],
    [{ prefix: 'b#', after: 'a' }, ['b#1', 'b#2', 'b#3']],
    [{ prefix: 'b#', after: 'b#3' }, []],
    [{ prefix: 'b#', after: 'c' }, []],
    [{ prefix: 'b#', newestFirst: true, limit: 2 }, ['b#3', 'b#2']],
    [{ prefix: 'b#', newestFirst: true, after: 'b#3' }, ['b#2', 'b#1']],
    [{ prefix: 'b#', newestFirst: true, after: 'c' }, ['b#3', 'b#2', 'b#1']],
    [{ prefix: 'b#', newestFirst: true, after: 'b#1' }, []],
    [{ after: 'b#2' }, ['b#3', 'c']],
    [{ prefix: 'z' }, []],
  ])('queries one partition in sort order: %j', async (options, sorts) => {
    const others: ItemWrite[] = [
      { put: { ...item('b#2'), partition: 'o' } },
      { put: { ...item('b#2'), partition: 'p2' } },
    ];
    await items().write([...['c', 'b#2', 'a', 'b#3', 'b#1'].map((sort) => ({ put: item(sort) })), ...others]);
    const found = await items().query('p', options);
    expect(found).toEqual(sorts.map((sort) => item(sort)));
  });

  it('sorts by the bytes of UTF-8', async () => {
    const sorts = ['B', 'a', 'a\u0000', 'aa', 'é', '～', '𝄞'];
    await items().write(sorts.toReversed().map((sort) => ({ put: item(sort) })));
    expect((await items().query('p')).map(({ sort }) => sort)).toEqual(sorts);
  });

  it('writes any number of items at once', async () => {
    await items().write([]);
    const many = Array.from({ length: 250 }, (_, i) => item(String(i).padStart(3, '0')));
    await items().write(many.map((put) => ({ put })));
    expect(await items().query('p')).toEqual(many);
    await items().write(many.map(({ partition, sort }) => ({ delete: { partition, sort } })));
    expect(await items().query('p')).toEqual([]);
  });

  it('refuses conditions where writes are not atomic', async () => {
    await expect(items().write([{ put: item('a'), if: 'absent' }])).rejects.toThrow('conditions');
  });
}

function describeConditions(harness: () => ItemStoreHarness): void {
  const states = ['absent', 'revision 3', 'expired'] as const;
  const conditions = ['absent', 'present', 3, 2] as const;
  const holds = (state: (typeof states)[number], condition: (typeof conditions)[number]) =>
    state === 'revision 3' ? condition === 'present' || condition === 3 : condition === 'absent';
  const writes: Record<string, (condition: never) => ItemWrite> = {
    put: (condition) => ({ put: item('a', 9), if: condition }),
    delete: (condition) => ({ delete: key('a'), if: condition }),
    check: (condition) => ({ check: key('a'), if: condition }),
  };
  const allowed: Record<string, readonly unknown[]> = {
    put: ['absent', 3, 2],
    delete: ['present', 3, 2],
    check: conditions,
  };
  const cases = states.flatMap((state) =>
    Object.keys(writes).flatMap((kind) =>
      conditions
        .filter((condition) => allowed[kind]!.includes(condition))
        .map((condition) => [kind, condition, state, holds(state, condition)] as const),
    ),
  );

  it.each(cases)('%s if %s, where the item is %s: %s', async (kind, condition, state, expected) => {
    const { items, nowSeconds, advance } = harness();
    if (state === 'revision 3') await items.write([{ put: item('a', 3) }]);
    if (state === 'expired') {
      await items.write([{ put: { ...item('a', 3), expiresAtSeconds: nowSeconds() + 10 } }]);
      await advance(12_000);
    }
    const before = await items.get([key('a')]);
    const failed = await items.transact([{ put: item('z') }, writes[kind]!(condition as never)]);
    expect(failed).toBe(expected ? undefined : 1);
    const after = { put: [item('a', 9)], delete: [undefined], check: before }[kind];
    expect(await items.get([key('a')])).toEqual(expected ? after : before);
    expect(await items.get([key('z')])).toEqual([expected ? item('z') : undefined]);
  });

  it('names the first condition that does not hold', async () => {
    const { items } = harness();
    await items.write([{ put: item('a', 1) }]);
    const writes: ItemWrite[] = [
      { check: key('a'), if: 1 },
      { put: item('b'), if: 'absent' },
      { delete: key('c'), if: 'present' },
      { put: item('a2'), if: 5 },
    ];
    expect(await items.transact(writes)).toBe(2);
    expect(await items.query('p')).toEqual([item('a', 1)]);
  });

  it('takes 100 writes in one transaction and no more, one for each key', async () => {
    const { items } = harness();
    const puts = Array.from({ length: 101 }, (_, i) => ({ put: item(String(i)), if: 'absent' as const }));
    await expect(items.transact(puts)).rejects.toThrow('100');
    await expect(items.transact([{ put: item('a') }, { delete: key('a') }])).rejects.toThrow('once');
    expect(await items.query('p')).toEqual([]);
    expect(await items.transact(puts.slice(1))).toBeUndefined();
    expect(await items.query('p')).toHaveLength(100);
  });
}

function describeLargeValues(harness: () => ItemStoreHarness): void {
  it('takes and replaces megabytes in one transaction, all or nothing', async () => {
    const { items } = harness();
    const many = (revision: number) => Array.from({ length: 60 }, (_, i) => item(String(i), revision, noise(150_000)));
    const [first, second] = [many(1), many(2)].map((each) => each.toSorted((a, b) => (a.sort < b.sort ? -1 : 1)));
    expect(await items.transact(first!.map((put) => ({ put, if: 'absent' as const })))).toBeUndefined();
    expect(await items.query('p')).toEqual(first);
    const refused: ItemWrite[] = [...second!.map((put) => ({ put, if: 1 })), { check: key('none'), if: 'present' }];
    expect(await items.transact(refused)).toBe(60);
    expect(await items.query('p')).toEqual(first);
    expect(await items.transact(second!.map((put) => ({ put, if: 1 })))).toBeUndefined();
    expect(await items.query('p')).toEqual(second);
  });

  it('shows a large value until its time is over, then never', async () => {
    const { items, nowSeconds, advance } = harness();
    const expiring = { ...item('a', 0, noise(600_000)), expiresAtSeconds: nowSeconds() + 10 };
    await items.write([{ put: expiring }, { put: item('b', 0, noise(600_000)) }, { put: item('b', 1, 'small') }]);
    expect(await items.get([key('a'), key('b')])).toEqual([expiring, item('b', 1, 'small')]);
    await advance(12_000);
    expect(await items.get([key('a'), key('b')])).toEqual([undefined, item('b', 1, 'small')]);
  });
}

function describeExpiry(harness: () => ItemStoreHarness): void {
  it('shows an item until its time is over, then never', async () => {
    const { items, nowSeconds, advance } = harness();
    const expiring = { ...item('a'), expiresAtSeconds: nowSeconds() + 10 };
    await items.write([{ put: expiring }, { put: item('b') }]);
    await advance(8_000);
    expect(await items.get([key('a')])).toEqual([expiring]);
    expect(await items.query('p')).toEqual([expiring, item('b')]);
    await advance(4_000);
    expect(await items.get([key('a')])).toEqual([undefined]);
    expect(await items.query('p', { limit: 1 })).toEqual([item('b')]);
    expect(await items.query('p', { newestFirst: true })).toEqual([item('b')]);
  });

  it('keeps for good what is put again without an expiry', async () => {
    const { items, nowSeconds, advance } = harness();
    await items.write([{ put: { ...item('a'), expiresAtSeconds: nowSeconds() + 10 } }]);
    await items.write([{ put: item('a', 1) }]);
    await advance(12_000);
    expect(await items.get([key('a')])).toEqual([item('a', 1)]);
  });
}

function describeRaces(items: () => ItemStore): void {
  const racers = Array.from({ length: 50 }, (_, i) => i);

  it('lets one of 50 writers have a free key', async () => {
    const ends = await Promise.all(racers.map((i) => items().transact([{ put: item('a', i), if: 'absent' }])));
    expect(ends.filter((end) => end === undefined)).toHaveLength(1);
    expect(await items().get([key('a')])).toEqual([item('a', ends.indexOf(undefined))]);
  });

  it('loses none of 50 increments over revisions', async () => {
    await items().write([{ put: item('n', 0) }]);
    const increment = async (): Promise<void> => {
      for (;;) {
        const [stored] = await items().get([key('n')]);
        const next = item('n', stored!.revision + 1);
        if ((await items().transact([{ put: next, if: stored!.revision }])) === undefined) return;
      }
    };
    await Promise.all(racers.map(increment));
    expect(await items().get([key('n')])).toEqual([item('n', 50)]);
  });
}
