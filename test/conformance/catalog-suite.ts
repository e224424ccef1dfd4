import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { auditSuite } from './catalog-audit-suite.ts';
import { identitiesSuite } from './catalog-identities-suite.ts';
import { metricsSuite } from './catalog-metrics-suite.ts';
import { receiptsSuite } from './catalog-receipts-suite.ts';
import { replaysSuite } from './catalog-replays-suite.ts';
import { resourcesSuite } from './catalog-resources-suite.ts';
import { segmentsSuite } from './catalog-segments-suite.ts';

export interface CatalogHarness {
  readonly catalog: Catalog;
  /** Moves the time that expiry goes by; it stands at 2026-11-21T12:00:00Z, the time of all test entities. */
  advance(ms: number): void | Promise<void>;
  close(): Promise<void>;
}

/** What every `Catalog` must do, called as from another thread: all values go through structured clones. */
export function catalogSuite(name: string, open: () => Promise<CatalogHarness>): void {
  describe(`${name} keeps`, () => {
    let harness: CatalogHarness;
    let catalog: Catalog;
    beforeEach(async () => {
      harness = await open();
      catalog = throughMessages(harness.catalog);
    });
    afterEach(() => harness.close());

    const current = () => catalog;
    const advanceDays = (days: number) => harness.advance(days * 86_400_000);
    identitiesSuite(current);
    resourcesSuite(current);
    receiptsSuite(current, advanceDays);
    segmentsSuite(current, advanceDays);
    metricsSuite(current, advanceDays);
    replaysSuite(current, async (days) => advanceDays(days));
    auditSuite(current, async (days) => advanceDays(days));
  });
}

function throughMessages(catalog: Catalog): Catalog {
  const methods = Object.entries(catalog as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>);
  const cloning = methods.map(([name, method]) => [
    name,
    async (...args: unknown[]) => structuredClone(await method(...structuredClone(args))),
  ]);
  return Object.fromEntries(cloning) as Catalog;
}
