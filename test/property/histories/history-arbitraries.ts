import fc from 'fast-check';
import {
  type Crash,
  type History,
  type MappingPlan,
  pathsPerKind,
  type RecordPlan,
  type SchemaChange,
  type Step,
} from './history.ts';
import { kinds, missingSample, nullSample, samples, times, versions, wrongSample } from './sample-values.ts';

/** The fewest sinks and schema changes that a run has, and the most keys. */
export const sinksMin = 5;
export const schemaChangesMin = 2;
export const keysMax = 20;

const place = fc.nat(99);

/** Some sinks are used more than others, so that their requests meet their changes. */
const sinkPlace = fc.oneof(fc.constantFrom(0, 1), place);

const mapping: fc.Arbitrary<MappingPlan> = fc
  .record({
    items: fc.array(fc.record({ column: place, path: fc.nat(pathsPerKind - 1) }), { minLength: 1, maxLength: 7 }),
    rule: fc.constantFrom<Pick<MappingPlan, 'allowMissing' | 'partial'>>(
      { allowMissing: true, partial: false },
      { allowMissing: true, partial: false },
      { allowMissing: true, partial: false },
      { allowMissing: false, partial: false },
      { allowMissing: false, partial: true },
    ),
    byOtherKey: rarely(12),
  })
  // Whoever wants all that it maps maps little: else nearly every record lacks something.
  .map(({ items, rule, ...rest }) => ({ items: rule.allowMissing ? items : items.slice(0, 3), ...rule, ...rest }));

/** In most records nearly all is there, in some little. */
const fullPicks = fc.tuple(...kinds.flatMap((kind) => Array.from({ length: pathsPerKind }, () => pick(kind, 2))));
const sparsePicks = fc.tuple(...kinds.flatMap((kind) => Array.from({ length: pathsPerKind }, () => pick(kind, 80))));

function pick(kind: (typeof kinds)[number], missing: number): fc.Arbitrary<number> {
  const good = samples[kind].length - wrongSample - 1;
  return weighted(missing, 12, 1, good);
}

/** Of a hundred, so many missing, null and wrong. */
function weighted(missing: number, cleared: number, wrong: number, good: number): fc.Arbitrary<number> {
  return fc.noBias(fc.nat(100 * good - 1)).map((draw) => {
    const hundredth = Math.floor(draw / good);
    if (hundredth < missing) return missingSample;
    if (hundredth < missing + cleared) return nullSample;
    return hundredth < missing + cleared + wrong ? wrongSample : wrongSample + 1 + (draw % good);
  });
}

/** True in so many of a hundred. */
function rarely(hundredths: number): fc.Arbitrary<boolean> {
  return fc.noBias(fc.nat(99)).map((draw) => draw >= 100 - hundredths);
}

const record: fc.Arbitrary<RecordPlan> = fc.record({
  key: fc.oneof(
    { weight: 30, arbitrary: fc.noBias(fc.nat(keysMax - 1)) },
    { weight: 1, arbitrary: fc.constantFrom(-1, -2) },
  ),
  otherKey: fc.nat(keysMax - 1),
  isDelete: rarely(10),
  picks: fc.oneof({ weight: 2, arbitrary: fullPicks }, { weight: 1, arbitrary: sparsePicks }),
  time: weighted(4, 4, 1, times.length - wrongSample - 1),
  version: weighted(1, 1, 1, versions.length - wrongSample - 1),
});

/** More than most processes make: a crash that one does not meet is none. */
const callsMax = 16;
const crash: fc.Arbitrary<Crash | undefined> = fc.option(
  fc.record({ call: fc.integer({ min: 1, max: callsMax }), done: fc.boolean(), ends: fc.boolean() }),
  { nil: undefined, freq: 3 },
);

/** Of a delete by key, which has none only where it must not. */
const version = fc.integer({ min: wrongSample + 1, max: versions.length - 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: withCrash({
      do: fc.constant('post' as const),
      sink: sinkPlace,
      records: fc.array(record, { minLength: 1, maxLength: 6 }),
      keyed: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: withCrash({ do: fc.constant('resend' as const), post: place }) },
  {
    weight: 5,
    arbitrary: withCrash({
      do: fc.constant('deliver' as const),
      picks: fc.array(place, { minLength: 1, maxLength: 5 }),
      again: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(place, { maxLength: 2 })),
    }),
  },
  { weight: 1, arbitrary: withCrash({ do: fc.constant('bury' as const), pick: place }) },
  { weight: 1, arbitrary: withCrash({ do: fc.constant('redrive' as const), pick: place }) },
  { weight: 1, arbitrary: withCrash({ do: fc.constant('delete row' as const), key: fc.nat(keysMax - 1), version }) },
  {
    weight: 2,
    arbitrary: withCrash({
      do: fc.constant('replay' as const),
      sink: sinkPlace,
      from: fc.constantFrom('archive' as const, 'quarantine' as const),
      choose: fc.constantFrom('all' as const, 'all' as const, 'ids' as const, 'window' as const, 'receipt' as const),
      requests: fc.array(place, { minLength: 2, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: withCrash({ do: fc.constant('advance' as const), replay: place }) },
  { weight: 1, arbitrary: withCrash({ do: fc.constant('compact' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move clock' as const), ms: fc.integer({ min: -5_000, max: 5_000 }) }),
  },
);

function withCrash<T extends object>(
  parts: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<T & { crash?: Crash }> {
  return fc
    .tuple(fc.record(parts), crash)
    .map(([done, died]) => ({ ...(done as T), ...(died === undefined ? {} : { crash: died }) }));
}

const kind = fc.constantFrom(...kinds);
const change: fc.Arbitrary<SchemaChange> = fc.oneof(
  fc.record({ do: fc.constant('add column' as const), kind, plan: mapping }),
  fc.record({ do: fc.constant('drop column' as const), column: place }),
  fc.record({ do: fc.constant('renew column' as const), column: place, kind, plan: mapping }),
  fc.record({ do: fc.constant('remap' as const), sink: sinkPlace, plan: mapping }),
  fc.record({ do: fc.constant('remap' as const), sink: sinkPlace, plan: mapping }),
);

/** Where a change comes, and where a replay of all that its sink has may follow it. */
const changes = fc.array(fc.record({ change, at: place, replayAt: fc.option(place, { freq: 2 }) }), {
  minLength: schemaChangesMin,
  maxLength: 5,
});

/** Histories of one table, its schema changed at any points between the other steps. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    keyType: fc.constantFrom('id' as const, 'string' as const),
    keys: fc.constantFrom(2, 6, 12, keysMax),
    isVersioned: rarely(25),
    sinks: fc.array(mapping, { minLength: sinksMin, maxLength: sinksMin + 2 }),
    steps: fc.array(step, { minLength: 6, maxLength: 40, size: 'max' }),
    changes,
    leavesDead: fc.boolean(),
  })
  .map(({ steps, changes: changed, ...rest }) => ({ ...rest, steps: changed.reduce(withChange, steps) }));

function withChange(
  steps: readonly Step[],
  { change: one, at, replayAt }: { change: SchemaChange; at: number; replayAt: number | null },
): Step[] {
  const place = at % (steps.length + 1);
  const [before, after] = [steps.slice(0, place), steps.slice(place)];
  if (one.do !== 'remap' || replayAt === null) return [...before, one, ...after];
  const from = replayAt % 4 === 0 ? 'quarantine' : 'archive';
  const replay: Step = { do: 'replay', sink: one.sink, from, choose: 'all', requests: [0] };
  return [...before, one, ...after.toSpliced(replayAt % (after.length + 1), 0, replay)];
}
