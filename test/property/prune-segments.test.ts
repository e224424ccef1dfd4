import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coalesce } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { QueryTable } from '../../lambdas/ports/query-engine.ts';
import { openDuckDbOnFiles } from '../conformance/open-duckdb-segments.ts';
import { type SegmentHarness, select, writeSegment } from '../conformance/segment-harness.ts';
import { clusteredHistories, conditions, prunedShape } from './pruning-arbitraries.ts';

const keyTypes = ['id', 'string'] as const satisfies readonly KeyType[];
/** Milliseconds that a property may take on a busy machine. */
const propertyTimeoutMs = 180_000;
const numRuns = 20;
const statementsPerRun = 6;

/** Ways to read `t` under a condition. `$` is the condition on `x.`, `%` one on plain names. */
const forms: readonly string[] = [
  'SELECT * FROM t WHERE % ORDER BY ALL',
  'SELECT * FROM t WHERE % ORDER BY ALL',
  'SELECT * FROM t AS x WHERE $ ORDER BY ALL',
  'SELECT count(*), sum(x.n), min(x.s), count(DISTINCT x.ts) FROM t x WHERE $',
  'SELECT n, count(*) FROM t WHERE % GROUP BY n HAVING count(*) > 0 ORDER BY ALL',
  'SELECT _id AS n, n AS _id FROM t WHERE % ORDER BY ALL',
  'SELECT x._id, u.n FROM t x JOIN u ON x.n = u.n WHERE $ ORDER BY ALL',
  'SELECT x._id, u.n FROM u, t x WHERE u.b = x.b AND $ ORDER BY ALL',
  'SELECT x._id, n FROM t x JOIN u USING (n) WHERE $ ORDER BY ALL',
  'SELECT x._id, u._id FROM t x LEFT JOIN u ON x.n = u.n AND u.b WHERE $ ORDER BY ALL',
  'SELECT x._id, u._id FROM u LEFT JOIN t x ON x.n >= u.n WHERE $ ORDER BY ALL',
  'SELECT x._id, u._id FROM u FULL JOIN t x ON x.n = u.n WHERE $ ORDER BY ALL',
  'SELECT u._id, u.n FROM u ANTI JOIN t x ON x.n = u.n WHERE u.n >= 0 ORDER BY ALL',
  'SELECT x._id FROM t x SEMI JOIN u ON x.n = u.n WHERE $ ORDER BY ALL',
  'SELECT u._id, x._id FROM u ASOF JOIN t x ON u.ts >= x.ts WHERE $ ORDER BY ALL',
  'SELECT x._id, u._id FROM t x ASOF JOIN u ON x.ts >= u.ts WHERE $ ORDER BY ALL',
  'SELECT a._id, b.n FROM t a JOIN (SELECT * FROM t x WHERE $) b ON a._id = b._id ORDER BY ALL',
  'WITH c AS (SELECT * FROM t WHERE %) SELECT a._id, b._id FROM c a JOIN c b USING (b) ORDER BY ALL',
  'SELECT _id FROM u WHERE n NOT IN (SELECT n FROM t WHERE (%) AND n IS NOT NULL) ORDER BY ALL',
  'SELECT _id, (SELECT count(*) FROM t x WHERE x.n >= u.n AND $) FROM u ORDER BY ALL',
  'SELECT _id FROM t WHERE % UNION ALL SELECT _id FROM u WHERE % ORDER BY ALL',
  'SELECT x._id, m.v FROM t x, unnest(x.tags) AS m(v) WHERE $ ORDER BY ALL',
  'SELECT _id, row_number() OVER (ORDER BY _id) FROM t WHERE % ORDER BY ALL LIMIT 3',
  'SELECT _id FROM t WHERE % QUALIFY n = max(n) OVER () ORDER BY ALL',
];

let harness: SegmentHarness;
let u: QueryTable;
beforeAll(async () => {
  harness = await openDuckDbOnFiles();
});
afterAll(() => harness.close());

interface World {
  readonly shape: TableShape;
  readonly history: readonly (readonly RowState[])[];
  readonly statements: readonly string[];
}

function worlds(shape: TableShape, from: readonly string[]): fc.Arbitrary<World> {
  const plain = conditions(shape.keyType, '');
  const named = conditions(shape.keyType, 'x.');
  const statement = fc
    .tuple(fc.constantFrom(...from), plain, named)
    .map(([form, one, other]) => form.replaceAll('%', one).replaceAll('$', other));
  const statements = fc.array(statement, { minLength: statementsPerRun, maxLength: statementsPerRun });
  return fc.record({ shape: fc.constant(shape), history: clusteredHistories(shape), statements });
}

const writeAll = (shape: TableShape, history: World['history']) =>
  Promise.all(history.map((part) => writeSegment(harness, shape, coalesce(part))));

/** Segments of which nothing is known, so that all of them are read. */
const unknown = (segments: readonly Segment[]) => segments.map(({ ranges: _ranges, ...segment }) => segment);

describe('segments that a query need not read', () => {
  it.each(keyTypes)(
    'change no answer (%s keys)',
    async (keyType) => {
      const shape = prunedShape(keyType);
      const other = await writeAll(shape, fc.sample(clusteredHistories(shape), { numRuns: 1, seed: 7 })[0]!);
      u = { name: 'u', shape, segments: unknown(other) };
      let statements = 0;
      let pruned = 0;
      await fc.assert(
        fc.asyncProperty(worlds(shape, forms), async ({ history, statements: asked }) => {
          const segments = await writeAll(shape, history);
          for (const sql of asked) {
            const whole = await select(harness, sql, [{ name: 't', shape, segments: unknown(segments) }, u]);
            const answer = await select(harness, sql, [{ name: 't', shape, segments }, u]);
            expect(answer.rows).toEqual(whole.rows);
            expect(answer.columns).toEqual(whole.columns);
            statements += 1;
            if (answer.scanned.segments < whole.scanned.segments) pruned += 1;
          }
        }),
        { numRuns },
      );
      expect(pruned / statements).toBeGreaterThan(0.2);
    },
    propertyTimeoutMs,
  );
});
