/**
 * `npm run bench:mapping`: what the compiled mapping costs beside `JSON.parse` on the same bodies, in the same run.
 * Rounds of all measurements alternate, so that a machine that slows down slows all of them.
 */
import { parseArgs } from 'node:util';
import type { ColumnType } from '../lambdas/domain/column-type.ts';
import type { ColumnId, SinkId, TableId } from '../lambdas/domain/ids.ts';
import { parseRecordsBody } from '../lambdas/domain/json/json-body.ts';
import { compileMapping } from '../lambdas/domain/mapping.ts';
import type { Mapping } from '../lambdas/domain/sink.ts';
import { requestTemplate } from './record-bodies.ts';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, records: { type: 'string', default: '100' } },
});
const rounds = Number(options.rounds);
const recordsPerBody = Number(options.records);
/** Different bodies in turn: a single one would sit in the caches as no real body does. */
const bodiesCount = 20;
/** Milliseconds of one measurement in one round. */
const measureMs = 150;

const columns: Readonly<Record<string, ColumnType>> = {
  device: { type: 'string' },
  site: { type: 'string' },
  status: { type: 'string' },
  temperature: { type: 'decimal', scale: 2 },
  humidity: { type: 'decimal', scale: 1 },
  pressure: { type: 'int' },
  active: { type: 'bool' },
  at: { type: 'timestamp', unit: 's' },
};
const mapping: Mapping = {
  sinkId: 'sink' as SinkId,
  revision: 1,
  tableId: 'table' as TableId,
  key: { kind: 'string', name: '_id', path: ['id'] },
  items: Object.entries(columns).map(([name, type], i) => ({
    columnId: `c${i}` as ColumnId,
    name,
    path: [name],
    type,
  })),
  allowMissingFields: true,
};

interface Records {
  readonly records: readonly unknown[];
}

const map = compileMapping(mapping);
const plain = Array.from({ length: bodiesCount }, (_, variant) => bodyOf(variant));
const wide = plain.map((body) => body.replace(/"pressure":/g, '"pressure":90071992547'));

const measurements: readonly (readonly [string, () => number])[] = [
  ['JSON.parse', over(plain, (body) => recordsIn(JSON.parse(body)))],
  ['JSON.parse + mapping', over(plain, (body) => mapped(recordsIn(JSON.parse(body))))],
  ['parseRecordsBody + mapping', over(plain, (body) => mapped(recordsIn(parseRecordsBody(body, true))))],
  [
    'mapping of parsed records',
    over(
      plain.map((body) => recordsIn(JSON.parse(body))),
      mapped,
    ),
  ],
  ['64-bit: JSON.parse', over(wide, (body) => recordsIn(JSON.parse(body)))],
  ['64-bit: parseRecordsBody + mapping', over(wide, (body) => mapped(recordsIn(parseRecordsBody(body, true))))],
];

const figures = new Map<string, number[]>(measurements.map(([name]) => [name, []]));
for (let round = -1; round < rounds; round++) {
  for (const [name, run] of measurements) {
    const microseconds = microsecondsPerRecord(run);
    // The first round only warms up.
    if (round >= 0) figures.get(name)!.push(microseconds);
  }
}

const bytes = plain.reduce((sum, body) => sum + body.length, 0) / (bodiesCount * recordsPerBody);
console.log(
  `${recordsPerBody} records a body, ${Math.round(bytes)} bytes and ${mapping.items.length} columns a record; medians of ${rounds} rounds; Node ${process.version}`,
);
console.table(
  Object.fromEntries(
    measurements.map(([name]) => {
      const base = median(figures.get(name.startsWith('64-bit') ? '64-bit: JSON.parse' : 'JSON.parse')!);
      const own = median(figures.get(name)!);
      return [name, { 'us/record': own.toFixed(3), 'x JSON.parse': (own / base).toFixed(2) }];
    }),
  ),
);

/** One pass over all inputs; the sum keeps the compiler from leaving the work out. */
function over<T>(inputs: readonly T[], work: (input: T) => readonly unknown[]): () => number {
  return () => inputs.reduce((sum, input) => sum + work(input).length, 0);
}

function recordsIn(body: unknown): readonly unknown[] {
  return (body as Records).records;
}

function mapped(records: readonly unknown[]): readonly unknown[] {
  const outcomes = records.map(map);
  const wrong = outcomes.find((outcome) => outcome.kind !== 'row');
  if (wrong !== undefined) throw new Error(`a record of the benchmark was not mapped: ${JSON.stringify(wrong)}`);
  return outcomes;
}

function microsecondsPerRecord(run: () => number): number {
  const start = process.hrtime.bigint();
  const end = start + BigInt(measureMs) * 1_000_000n;
  let records = 0;
  while (process.hrtime.bigint() < end) records += run();
  return Number(process.hrtime.bigint() - start) / 1_000 / records;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function bodyOf(variant: number): string {
  const { bytes: request } = requestTemplate([], recordsPerBody, variant);
  return request.toString('utf8').split('\r\n\r\n')[1]!;
}
