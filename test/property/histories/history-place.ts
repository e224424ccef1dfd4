import type { Batch } from '../../../lambdas/domain/batch.ts';
import type { Receipt } from '../../../lambdas/domain/receipt.ts';
import type { RowKey } from '../../../lambdas/domain/row.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import type { BatchQueue } from '../../../lambdas/ports/batch-queue.ts';
import type { Catalog } from '../../../lambdas/ports/catalog/catalog.ts';
import type { IdSource } from '../../../lambdas/ports/id-source.ts';
import type { Intake } from '../../../lambdas/ports/intake.ts';
import type { ObjectStore } from '../../../lambdas/ports/object-store.ts';
import type { ResultValue } from '../../../lambdas/ports/query-engine.ts';
import type { RowStore } from '../../../lambdas/ports/row-store.ts';
import type { SegmentFiles } from '../../../lambdas/ports/segment-files.ts';
import type { VersionSource } from '../../../lambdas/ports/version-source.ts';
import type { QueuedMessage } from '../../../lambdas/use-cases/write-batch.ts';
import type { TestClock } from '../../conformance/open-test-stores.ts';

/** What the processes of a history have in common: the stores that outlive them. */
export interface HistoryPorts {
  readonly catalog: Catalog;
  readonly rowStore: RowStore;
  readonly segmentFiles: SegmentFiles;
  readonly objects: ObjectStore;
  readonly queue: BatchQueue;
  readonly versions: VersionSource;
}

/** Where histories are played. */
export interface HistoryPlace {
  readonly ports: HistoryPorts;
  readonly clock: TestClock;
  readonly ids: IdSource;
  /** How this place takes batches in, over the ports of one process. */
  readonly makeIntake: (ports: HistoryPorts) => Intake;
  /** The messages that came into the queue since the last call. */
  readonly newMessages: () => Promise<readonly QueuedMessage[]>;
  /** Deletes messages from the queue; again is harmless. */
  readonly acknowledge: (messages: readonly QueuedMessage[]) => Promise<void>;
  /** What its segments say of a table: rows by key, as readers see them. */
  readonly rowsOfSegments: (table: Table) => Promise<ReadonlyMap<RowKey, readonly ResultValue[]>>;
  /** How `rowsOfSegments` shows cells: as SQL does, or as the row store does. */
  readonly shows: 'sql' | 'cells';
  /** Removes the rows of a table and all segments. */
  readonly forget: (table: Table) => Promise<void>;
}

/** A batch with its receipt, as an intake is given it. */
export type Taken = readonly [receipt: Receipt, batch: Batch];
