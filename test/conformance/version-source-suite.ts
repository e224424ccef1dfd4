import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stamper, type Version, versionMs } from '../../lambdas/domain/version.ts';
import type { VersionSource } from '../../lambdas/ports/version-source.ts';

export interface VersionSourceHarness {
  nowMs(): number;
  advance(ms: number): void;
  /** The first source, or the one that goes on where the last one died without a word. */
  crash(): VersionSource;
  /** The one that goes on after an orderly stop. */
  restart(): Promise<VersionSource>;
  close(): Promise<void>;
}

type Step =
  | { readonly kind: 'issue'; readonly records: number }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'crash' }
  | { readonly kind: 'restart' };

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('issue' as const), records: fc.nat({ max: 70_000 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        ms: fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: -90_000_000, max: 90_000_000 })),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('crash' as const, 'restart' as const) }) },
  ),
  { maxLength: 40 },
);

/** The places of one batch. */
export interface IssuedPlaces {
  readonly first: Version;
  readonly last: Version;
  /** Which source of the history gave it, counted from 0. */
  readonly source: number;
}

/** All places of a batch of `records` under `version`. */
export function placesOf(version: Version, records: number, source: number): IssuedPlaces {
  return { first: version, last: stamper(version, 0)(Math.max(1, records) - 1).slice(0, version.length), source };
}

/** Two batches that share a place, or undefined. Places of one instance lie in a row, those of others between them. */
export function sharedPlace(issued: readonly IssuedPlaces[]): readonly [IssuedPlaces, IssuedPlaces] | undefined {
  const ofInstances = Map.groupBy(issued, ({ first }) => first.slice(9, 11));
  for (const places of ofInstances.values()) {
    const sorted = places.toSorted((a, b) => (a.first < b.first ? -1 : 1));
    const second = sorted.findIndex((place, i) => i > 0 && place.first <= sorted[i - 1]!.last);
    if (second > 0) return [sorted[second - 1]!, sorted[second]!];
  }
  return undefined;
}

/** What every `VersionSource` must do. */
export function versionSourceSuite(name: string, open: () => Promise<VersionSourceHarness>): void {
  describe(`${name} orders batches`, () => {
    it('above all places that this source gave, and never at one that any gave, whatever clocks do', async () => {
      await checkHistories(open, (issued) => {
        const [last, place] = [issued.at(-2), issued.at(-1)!];
        if (last?.source === place.source) expect(place.first > last.last).toBe(true);
        expect(sharedPlace(issued)).toBeUndefined();
      });
    });

    it('by the clock, where the clock allows it', async () => {
      const harness = await open();
      const source = harness.crash();
      expect(versionMs(await source.issue(1))).toBe(harness.nowMs());
      harness.advance(86_400_000);
      expect(versionMs(await source.issue(1))).toBe(harness.nowMs());
      await harness.close();
    });
  });
}

/** What the source of a process that alone accepts must do besides. */
export function persistentVersionsSuite(name: string, open: () => Promise<VersionSourceHarness>): void {
  describe(`${name} orders batches`, () => {
    it('above all places given out before, through clock jumps, crashes and restarts', async () => {
      await checkHistories(open, (issued) => {
        const [last, place] = [issued.at(-2), issued.at(-1)!];
        expect(last === undefined || place.first > last.last).toBe(true);
      });
    });
  });
}

/** Runs random histories; `check` sees what was given after each version. */
async function checkHistories(
  open: () => Promise<VersionSourceHarness>,
  check: (issued: readonly IssuedPlaces[]) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (history: readonly Step[]) => {
      const harness = await open();
      try {
        let source = harness.crash();
        let sources = 1;
        const issued: IssuedPlaces[] = [];
        for (const step of history) {
          if (step.kind === 'issue') {
            issued.push(placesOf(await source.issue(step.records), step.records, sources - 1));
            check(issued);
          } else if (step.kind === 'advance') harness.advance(step.ms);
          else {
            source = step.kind === 'crash' ? harness.crash() : await harness.restart();
            sources += 1;
          }
        }
      } finally {
        await harness.close();
      }
    }),
    { numRuns: 40 },
  );
}
