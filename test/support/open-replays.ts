import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { ArchiveEntry } from '../../lambdas/domain/archive.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { DatabaseId, SinkId } from '../../lambdas/domain/ids.ts';
import { visibleRow } from '../../lambdas/domain/merge.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import type { Replay } from '../../lambdas/domain/replay.ts';
import type { VisibleRow } from '../../lambdas/domain/row.ts';
import type { Sink } from '../../lambdas/domain/sink.ts';
import { shapeOf, type Table } from '../../lambdas/domain/table.ts';
import { changeSinkSchema } from '../../lambdas/use-cases/change-sink-schema.ts';
import { createSink } from '../../lambdas/use-cases/create-sink.ts';
import { createTable } from '../../lambdas/use-cases/create-table.ts';
import { advanceReplay, type ReplayRequest, startReplay } from '../../lambdas/use-cases/replay-records.ts';
import type { WritePorts } from '../../lambdas/use-cases/write-batch.ts';
import { makeTestClock } from '../conformance/open-test-stores.ts';
import { makeClockIds } from './clock-ids.ts';
import { makeMemorySegments } from './memory-segments.ts';
import { bodyOf, openPipeline } from './open-pipeline.ts';

/** Column to the field of a record that it is read from. */
export type Fields = Readonly<Record<string, string>>;

/** Longer than any test's clock moves: what is taken and not acknowledged is lost, not delivered again. */
const leaseMs = 1e12;
/** A folder in memory where the system has one: nothing here is about what a disk keeps, and each commit would wait for it. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/**
 * The pipeline with what replays need. The clock moves by hand and ids follow it; a pause of the product lets the consumer
 * write what is queued, then moves the clock by its length.
 */
export function openReplays() {
  const clock = makeTestClock();
  const house = openPipeline({ clock, ids: makeClockIds(clock), parent });
  const { caller } = house;
  const segmentFiles = makeMemorySegments((key) => house.ports.objects.get(key));
  const ports = {
    ...house.ports,
    async pause(ms: number) {
      await consume();
      clock.advance(Math.ceil(ms));
    },
  };

  /** Writes all that is queued, as a consumer that nothing comes upon. */
  async function consume(overrides: Partial<WritePorts> = {}): Promise<void> {
    for (;;) {
      const messages = await ports.queue.receive({ messagesMax: 1_000, bytesMax: 1e9, leaseMs });
      if (messages.length === 0) return;
      const { failed } = await house.write(messages, { segmentFiles, ...overrides });
      if (failed.length > 0) throw failed[0]!.cause;
      await ports.queue.acknowledge(messages.map(({ handle }) => handle));
    }
  }

  const schemaOf = (fields: Fields) => ({
    schema: {},
    key: { kind: 'mapped' as const },
    items: Object.entries(fields).map(([name, field]) => ({ name, path: [field] })),
    allowMissingFields: true,
    createColumns: false,
  });

  return {
    ...house,
    ports,
    clock,
    consume,
    /** Another table of a database, keyed by id. */
    tableIn: (databaseId: DatabaseId, columns: Readonly<Record<string, ColumnType>>): Promise<Table> =>
      createTable(ports, caller, {
        ...{ databaseId, name: `t${ports.ids.next<string>().toLowerCase()}`, description: '', trackExistence: true },
        ...{ keyType: 'id', columns: Object.entries(columns).map(([name, type]) => ({ name, type })) },
      }),
    /** Another sink of a table. */
    sinkOn: (table: Table, fields: Fields, allowMissingFields = true): Promise<Sink> =>
      createSink(ports, caller, {
        ...{ databaseId: table.databaseId, tableName: table.name, name: `s${ports.ids.next<string>().toLowerCase()}` },
        ...schemaOf(fields),
        allowMissingFields,
      }),
    /** Gives a sink a new mapping. */
    remap: (sinkId: SinkId, fields: Fields, allowMissingFields = true) =>
      changeSinkSchema(ports, caller, { sinkId, ...schemaOf(fields), allowMissingFields }),
    /** Sends records and has them written. A record is a value, or has `op` beside it. */
    async load(sinkId: SinkId, ...values: readonly unknown[]): Promise<Receipt> {
      const { receipt } = await house.accept(caller, { sinkId, body: bodyOf(...values) });
      await consume();
      clock.advance(1_000);
      return receipt;
    },
    /** Sends a list of whole records. */
    async loadRecords(sinkId: SinkId, ...records: readonly unknown[]): Promise<Receipt> {
      const { receipt } = await house.accept(caller, { sinkId, body: JSON.stringify({ records }) });
      await consume();
      clock.advance(1_000);
      return receipt;
    },
    start: (request: ReplayRequest) => startReplay(ports, caller, request),
    /** A replay from its start to its end. */
    async replay(request: Omit<ReplayRequest, 'selection'> & Partial<ReplayRequest>): Promise<Replay> {
      const begun = await startReplay(ports, caller, { selection: {}, ...request });
      return advanceReplay(ports, begun, clock.now() + 600_000);
    },
    advance: (replay: Replay, ms = 600_000, over: Partial<typeof ports> = {}) =>
      advanceReplay({ ...ports, ...over }, replay, clock.now() + ms),
    /** What readers see of the rows with these keys. */
    async rows(table: Table, ...keys: readonly number[]): Promise<(VisibleRow['values'] | undefined)[]> {
      const states = await ports.rowStore.get(shapeOf(table), keys);
      return states.map((state) => state && visibleRow(state, table.columns)?.values);
    },
    quarantined: (sinkId: SinkId) => ports.catalog.listQuarantined(sinkId, { limit: 1_000 }),
    /** Entries of the requests of a sink. */
    async archived(sinkId: SinkId): Promise<readonly ArchiveEntry[]> {
      const entries = await ports.catalog.listArchived(sinkId, { limit: 1_000 });
      return entries.filter(({ ofReplay }) => !ofReplay);
    },
    receipt: (id: Receipt['id']) => ports.catalog.findReceipt(caller.tenantId, id),
  };
}

export type Replays = ReturnType<typeof openReplays>;
