import type { Catalog } from '../../ports/catalog/catalog.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import { makeArchive } from './archive.ts';
import { makeAttemptCounters } from './attempts.ts';
import { makeAuditLog } from './audit.ts';
import { makeDatabases } from './databases.ts';
import { makeIdentities } from './identities.ts';
import { makeMetrics } from './metrics.ts';
import { makeQuarantine } from './quarantine.ts';
import { makeQuotas } from './quotas.ts';
import { makeReceipts } from './receipts.ts';
import { makeReplays } from './replays.ts';
import { makeSegments } from './segments.ts';
import { makeSinks } from './sinks.ts';
import { makeTables } from './tables.ts';

/**
 * The catalog over any store of items, the same in every place. It is a plain record of functions that take and return
 * plain values, so that another thread may call it through messages.
 */
export function makeCatalog(items: ItemStore): Catalog {
  return {
    ...makeIdentities(items),
    ...makeDatabases(items),
    ...makeTables(items),
    ...makeSinks(items),
    ...makeReceipts(items),
    ...makeSegments(items),
    ...makeQuarantine(items),
    ...makeQuotas(items),
    ...makeArchive(items),
    ...makeMetrics(items),
    ...makeReplays(items),
    ...makeAuditLog(items),
    ...makeAttemptCounters(items),
  };
}
