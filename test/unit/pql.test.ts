import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compilePql } from '../../lambdas/domain/pql/compile-pql.ts';
import { describeStatements, statementRefusal } from '../support/statement-cases.ts';
import { openStatementTables, type StatementTables } from '../support/statement-tables.ts';

let opened: StatementTables;
beforeAll(async () => {
  opened = await openStatementTables();
});
afterAll(() => opened.close());

for (const file of ['row-calls', 'rows', 'group-by', 'refused', 'hostile']) {
  describeStatements(`pql/${file}.jsonl`, compilePql, () => opened);
}

const answer = (statement: string) => opened.run(compilePql(statement, opened.tables));

describe('deep and long statements', () => {
  const nested = (call: string, depth: number) => `[customer]${`${call}(`.repeat(depth)}All()${')'.repeat(depth)}`;

  it('takes calls 100 deep', async () => {
    expect(await answer(nested('Not', 98))).toEqual([[0], [1], [2], [3], [4], [5]]);
    expect(await answer(nested('Union', 99))).toHaveLength(6);
    expect(await answer(nested('Limit', 99))).toHaveLength(6);
  });

  it.each(["'", '"'])('counts no parentheses within %s', async (quote) => {
    const text = `${quote}\\${quote}${'('.repeat(200)}${quote}`;
    expect(await answer(`[customer]Union(Row(has_purchased=${text}), Row(age=19))`)).toEqual([[3]]);
    const after = `[customer]Union(Row(has_purchased=${text}), ${'Not('.repeat(99)}All()${')'.repeat(100)}`;
    expect(statementRefusal(() => compilePql(after, opened.tables))).toContain('here 101');
  });

  it('takes a union of thousands', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `Row(age=${i})`);
    expect(await answer(`[customer]Count(Union(${rows.join(', ')}))`)).toEqual([[6]]);
  });

  it.each([
    ['calls 101 deep', nested('Not', 100), 'calls nest at most 100 deep, here 101'],
    ['calls that never close', `[customer]${'Not('.repeat(200_000)}`, 'calls nest at most 100 deep'],
    ['too many calls', `[customer]Union(${'All(),'.repeat(10_000)})`, 'at most 10000 calls'],
    ['too many ids', `[customer]ConstRow(columns=[${'1,'.repeat(10_000)}1])`, 'at most 10000 values'],
    ['a text that never ends', `[customer]Row(age='${"\\'".repeat(200_000)}`, '1:19: expected'],
    ['lists in lists', `[customer]Row(age=${'['.repeat(200_000)}`, '1:20: expected'],
    ['a table that never ends', '['.repeat(200_000), 'expected "]"'],
  ])('refuses %s', (_what, statement, message) => {
    expect(statementRefusal(() => compilePql(statement, opened.tables))).toContain(message);
  });
});

/** Row calls over the customer table, each with the ids that plain set arithmetic gives it. */
interface Expected {
  readonly call: string;
  readonly ids: ReadonlySet<number>;
}

const allIds = new Set([0, 1, 2, 3, 4, 5]);
const leaves: readonly Expected[] = [
  { call: 'All()', ids: allIds },
  { call: 'Union()', ids: new Set() },
  { call: 'Row(has_purchased=brand1)', ids: new Set([0, 1, 2, 4]) },
  { call: 'Row(age < 25)', ids: new Set([0, 2, 3]) },
  { call: 'Row(last_purchase > 1609459200)', ids: new Set([0, 2, 4, 5]) },
  { call: 'Row(last_purchase == null)', ids: new Set([3]) },
  { call: 'Row(visits=2)', ids: new Set([1, 4]) },
  { call: 'ConstRow(columns=[0, 3, 77])', ids: new Set([0, 3, 77]) },
  { call: 'ConstRow(columns=[78, 77])', ids: new Set([77, 78]) },
];

describe('row calls as sets', () => {
  const { call } = fc.letrec<{ call: Expected }>((tie) => ({
    call: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(...leaves),
      fc.array(tie('call'), { maxLength: 3 }).map((sets) => joined('Union', sets, (id) => sets.some(has(id)))),
      atLeastOne(tie('call')).map((sets) => joined('Intersect', sets, (id) => sets.every(has(id)))),
      atLeastOne(tie('call')).map((sets) =>
        joined('Difference', sets, (id) => has(id)(sets[0]!) && !sets.slice(1).some(has(id))),
      ),
      atLeastOne(tie('call')).map((sets) => joined('Xor', sets, (id) => sets.filter(has(id)).length % 2 === 1)),
      tie('call').map((set) => joined('Not', [set], (id) => allIds.has(id) && !set.ids.has(id))),
    ),
  }));

  it('agree with set arithmetic, null values and ids without a record included', async () => {
    await fc.assert(
      fc.asyncProperty(call, async ({ call: text, ids }) => {
        const expected = [...ids].sort((a, b) => a - b);
        expect(await answer(`[customer]${text}`)).toEqual(expected.map((id) => [id]));
        expect(await answer(`[customer]Count(${text})`)).toEqual([[ids.size]]);
        expect(await answer(`[customer]Limit(${text}, limit=2, offset=1)`)).toEqual(
          expected.slice(1, 3).map((id) => [id]),
        );
      }),
      { numRuns: 100 },
    );
  });

  function atLeastOne(set: fc.Arbitrary<Expected>): fc.Arbitrary<Expected[]> {
    return fc.array(set, { minLength: 1, maxLength: 3 });
  }

  function has(id: number): (set: Expected) => boolean {
    return ({ ids }) => ids.has(id);
  }

  function joined(name: string, sets: readonly Expected[], keep: (id: number) => boolean): Expected {
    const ids = new Set([...allIds, 77, 78].filter(keep));
    return { call: `${name}(${sets.map((set) => set.call).join(', ')})`, ids };
  }
});
