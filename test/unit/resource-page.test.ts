import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Listed, type PageRequest, pageOf, type Sort, sorts } from '../../lambdas/domain/resource-page.ts';

const listed = fc.record({
  name: fc.constantFrom('a', 'b', 'ba', 'bb', 'c'),
  status: fc.constantFrom('ACTIVE', 'FAILED'),
});
/** Resources in order of creation, as catalogs list them. */
const lists = fc.array(listed, { maxLength: 30 }).map((all) => all.map((one, i) => ({ ...one, id: idAt(i) })));
const selections = fc.record(
  {
    sort: fc.constantFrom(...sorts),
    name: fc.constantFrom('b', 'b*', '*', 'none'),
    status: fc.constantFrom('ACTIVE', 'FAILED'),
  },
  { requiredKeys: ['sort'] },
);

function idAt(i: number): string {
  return String(i).padStart(4, '0');
}

/** All pages; `between` gives the list that the next page is read from. */
function paged(all: readonly Listed[], request: PageRequest, between = (list: readonly Listed[]) => list): Listed[] {
  const shown: Listed[] = [];
  for (let list = all, after: PageRequest['after']; ; list = between(list)) {
    const page = pageOf(list, (one) => one, { ...request, ...(after && { after }) });
    shown.push(...page.shown);
    if (page.next === undefined) return shown;
    after = page.next;
  }
}

const keyOf = (sort: Sort) => (one: Listed) => (sort.endsWith('name') ? `${one.name} ${one.id}` : one.id);

describe('pages of a list', () => {
  it('are together the whole in its order, however long they are', () => {
    fc.assert(
      fc.property(lists, selections, fc.integer({ min: 1, max: 12 }), (all, selection, limit) => {
        const whole = pageOf(all, (one) => one, selection).shown;
        expect(paged(all, { ...selection, limit })).toEqual(whole);
        const keys = whole.map(keyOf(selection.sort));
        expect(selection.sort.startsWith('-') ? keys.toReversed() : keys).toEqual(keys.toSorted());
      }),
    );
  });

  it('hold what the filter names and nothing else', () => {
    fc.assert(
      fc.property(lists, selections, (all, { sort, name, status }) => {
        const whole = pageOf(all, (one) => one, { sort, ...(name && { name }), ...(status && { status }) }).shown;
        const isNamed = (one: Listed) =>
          name === undefined || (name.endsWith('*') ? one.name.indexOf(name.slice(0, -1)) === 0 : one.name === name);
        const wanted = all.filter((one) => isNamed(one) && (status ?? one.status) === one.status);
        expect(new Set(whole)).toEqual(new Set(wanted));
      }),
    );
  });

  it('show once what is there all the time, whatever comes and goes between two of them', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...sorts), fc.array(fc.nat(40), { minLength: 1 }), (all, sort, changes) => {
        let step = 0;
        const gone = new Set<string>();
        const change = (list: readonly Listed[]): readonly Listed[] => {
          const at = changes[step % changes.length]!;
          step += 1;
          if (at % 2 === 0) return [...list, { id: idAt(100 + step), name: 'b', status: 'ACTIVE' }].slice(0, 60);
          const going = list[at % Math.max(1, list.length)];
          if (going) gone.add(going.id);
          return list.filter((one) => one !== going);
        };
        let pages = 0;
        const shown = paged(all, { sort, limit: 3 }, (list) => {
          pages += 1;
          return pages < 20 ? change(list) : list;
        }).map(({ id }) => id);
        expect(new Set(shown).size).toBe(shown.length);
        for (const { id } of all) if (!gone.has(id)) expect(shown).toContain(id);
      }),
    );
  });

  it('say that there is more only where there is', () => {
    const all = [0, 1, 2].map((i) => ({ id: idAt(i), name: 'a', status: 'ACTIVE' }));
    const ask = (limit?: number) => pageOf(all, (one) => one, { sort: 'created_at', ...(limit && { limit }) }).next;
    expect([ask(), ask(3), ask(4), ask(2)]).toEqual([undefined, undefined, undefined, { id: '0001', name: 'a' }]);
  });
});
