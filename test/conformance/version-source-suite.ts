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

/** Place of the last record of a batch: what the next version must be above. */
function lastPlace(version: Version, records: number): string {
  return stamper(version, 0)(Math.max(1, records) - 1).slice(0, version.length);
}

/** What every `VersionSource` must do. */
export function versionSourceSuite(name: string, open: () => Promise<VersionSourceHarness>): void {
  describe(`${name} orders batches`, () => {
    it('above all places given out before, through clock jumps, crashes and restarts', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (history: readonly Step[]) => {
          const harness = await open();
          try {
            let source = harness.crash();
            let last = '';
            for (const step of history) {
              if (step.kind === 'issue') {
                const version = await source.issue(step.records);
                expect(version > last).toBe(true);
                last = lastPlace(version, step.records);
              } else if (step.kind === 'advance') harness.advance(step.ms);
              else source = step.kind === 'crash' ? harness.crash() : await harness.restart();
            }
          } finally {
            await harness.close();
          }
        }),
        { numRuns: 40 },
      );
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
