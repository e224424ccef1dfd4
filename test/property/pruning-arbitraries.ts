import fc from 'fast-check';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import { noStamp, type Stamp } from '../../lambdas/domain/version.ts';
import { tableShape } from '../conformance/segment-harness.ts';

/** A table with a column of every scalar type, and a set. */
export function prunedShape(keyType: KeyType): TableShape {
  return tableShape(
    {
      n: { type: 'int' },
      d: { type: 'decimal', scale: 2 },
      ts: { type: 'timestamp', unit: 's' },
      fine: { type: 'timestamp', unit: 'ns' },
      s: { type: 'string' },
      b: { type: 'bool' },
      tags: { type: 'stringset' },
    },
    keyType,
  );
}

const stamps = fc.integer({ min: 1, max: 9 }).map((n): Stamp => `01hq8zk3aab00${n}001`);
/** What values of one segment have in common; so that some segments hold what a condition asks for and others do not. */
const levels = fc.integer({ min: 0, max: 3 });
const startSeconds = 1_600_000_000;

/** Value `v` of each column, in the order of the shape. */
export function cellsOf(v: number | null, stamp: Stamp): RowState['cells'] {
  if (v === null) return Array.from({ length: 6 }, () => ({ stamp, value: null }));
  const seconds = startSeconds + v * 86_400;
  const scalars = [v, v * 50, seconds, BigInt(seconds) * 1_000_000_000n + 1n, textOf(v), v % 2 === 0];
  const members = new Map([[`|${textOf(v)}`, { member: textOf(v), stamp, present: true }]]);
  return [...scalars.map((value) => ({ stamp, value })), { cleared: noStamp, touched: stamp, members }];
}

const textOf = (v: number) => `${'aBÄ\uFF21\u{1F600}'.match(/./gu)![Math.floor(v / 10)]}${v % 10}`;
/** The key that stands for a number. */
export const keyOf = (keyType: KeyType, key: number): RowKey =>
  keyType === 'id' ? key : `k${String(key).padStart(2, '0')}`;

/**
 * Writes in segments of neighbouring keys. Some overlap, so that a value, a null or a delete in one segment meets the row
 * of another.
 */
export function clusteredHistories({ keyType, columns }: TableShape): fc.Arbitrary<readonly (readonly RowState[])[]> {
  const write = (level: number): fc.Arbitrary<(from: number) => RowState> =>
    fc
      .record({
        offset: fc.nat({ max: 4 }),
        stamp: stamps,
        kind: fc.constantFrom('put', 'put', 'cells', 'cells', 'null', 'delete'),
        within: fc.nat({ max: 3 }),
        sent: fc.array(fc.boolean(), { minLength: columns.length, maxLength: columns.length }),
      })
      .map(({ offset, stamp, kind, within, sent }) => (from) => {
        const key = keyOf(keyType, from + offset);
        if (kind === 'delete') return { key, exists: noStamp, tombstone: stamp, cells: [] };
        const cells = cellsOf(kind === 'null' ? null : level * 10 + within, stamp);
        const kept = columns.map((_, i) => (sent[i] || kind === 'put' ? cells[i] : undefined));
        return { key, exists: kind === 'cells' ? noStamp : stamp, tombstone: noStamp, cells: kept };
      });
  const segment = fc
    .tuple(fc.integer({ min: 0, max: 9 }), levels)
    .chain(([from, level]) =>
      fc.array(write(level), { minLength: 1, maxLength: 4 }).map((writes) => writes.map((make) => make(from * 3))),
    );
  return fc.array(segment, { minLength: 2, maxLength: 8 });
}

/** A constant of a column's type, in SQL. */
function constantOf(column: string, keyType: KeyType): fc.Arbitrary<string> {
  const value = fc.tuple(levels, fc.nat({ max: 3 })).map(([level, within]) => level * 10 + within);
  const time = (v: number) => new Date((startSeconds + v * 86_400) * 1_000).toISOString();
  switch (column) {
    case '_id':
      return fc.nat({ max: 33 }).map((key) => {
        const id = keyOf(keyType, key);
        return typeof id === 'string' ? `'${id}'` : String(id);
      });
    case 'n':
      return value.chain((v) =>
        fc.constantFrom(`${v}`, `${v}.5`, `CAST(${v} AS BIGINT)`, `CAST('${v}' AS DECIMAL(18, 2))`, `${v}e0`),
      );
    case 'd':
      return value.chain((v) =>
        fc.constantFrom(`${v / 2}`, `${v}`, `${v / 2 + 0.001}`, `CAST('${v / 2}' AS DECIMAL(18, 2))`),
      );
    case 'ts':
      return value.chain((v) =>
        fc.constantFrom(
          `TIMESTAMP '${time(v)}'`,
          `'${time(v)}'`,
          `DATE '${time(v).slice(0, 10)}'`,
          `'${time(v).slice(0, 10)}'`,
          `'${time(v).slice(0, 19)}.000001'`,
        ),
      );
    case 'fine':
      return value.chain((v) =>
        fc.constantFrom(
          `CAST('${time(v)}' AS TIMESTAMP_NS)`,
          `'${time(v).slice(0, 19)}.000000001'`,
          `TIMESTAMP '${time(v)}'`,
          `DATE '${time(v).slice(0, 10)}'`,
        ),
      );
    case 's':
      return value.map((v) => `'${textOf(v)}'`);
    default:
      return fc.constantFrom('true', 'false');
  }
}

const operators = ['=', '=', '<', '<=', '>', '>=', '<>', 'IS NOT DISTINCT FROM'];

/** A condition in SQL on columns that are reached as `alias.name`, or by their names alone. */
export function conditions(keyType: KeyType, alias: string): fc.Arbitrary<string> {
  const column = fc.constantFrom('_id', '_id', 'n', 'n', 'd', 'ts', 'fine', 's', 'b');
  const atom = column.chain((name) => {
    const named = `${alias}${name}`;
    const constant = constantOf(name, keyType);
    return fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(fc.constantFrom(...operators), constant).map(([op, value]) => `${named} ${op} ${value}`),
      },
      fc.tuple(fc.constantFrom('=', '<', '>='), constant).map(([op, value]) => `${value} ${op} ${named}`),
      fc.tuple(constant, constant).map(([from, to]) => `${named} BETWEEN ${from} AND ${to}`),
      fc.array(constant, { minLength: 1, maxLength: 3 }).map((values) => `${named} IN (${values.join(', ')})`),
      fc.constantFrom(`${named} IS NULL`, `${named} IS NOT NULL`),
    );
  });
  const other = fc.constantFrom(`len(${alias}tags) = 1`, `${alias}n % 2 = 0`, `${alias}n = ${alias}n`);
  const simple = fc.oneof({ weight: 8, arbitrary: atom }, other);
  const pair = fc.tuple(simple, simple);
  const part = fc.oneof(
    { weight: 6, arbitrary: simple },
    { weight: 2, arbitrary: pair.map(([a, b]) => `(${a} OR ${b})`) },
    fc.tuple(pair, pair).map(([[a, b], [c, d]]) => `((${a} AND ${b}) OR (${c} AND ${d}))`),
    pair.map(([a, b]) => `NOT (${a} AND ${b})`),
    simple.map((a) => `NOT (${a})`),
  );
  const any = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' AND '));
  // Two conditions that a row meets only by values of two segments.
  const ofTwoLevels = fc
    .tuple(levels, levels)
    .map(([a, b]) => `${alias}n BETWEEN ${a * 10} AND ${a * 10 + 3} AND ${alias}d BETWEEN ${b * 5} AND ${b * 5 + 1.5}`);
  return fc.oneof({ weight: 4, arbitrary: any }, ofTwoLevels);
}
