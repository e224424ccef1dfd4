import type { Batch } from '../domain/batch.ts';
import type { Caller } from '../domain/caller.ts';
import type { BatchId, ReceiptId, SinkId } from '../domain/ids.ts';
import { discardIncomplete, exceptionsOf, recordsOf } from '../domain/json/records-body.ts';
import type { RecordOutcome } from '../domain/outcome.ts';
import { Problem } from '../domain/problem.ts';
import { batchHeaderOf, type Receipt } from '../domain/receipt.ts';
import type { Sink } from '../domain/sink.ts';
import type { Version } from '../domain/version.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Intake } from '../ports/intake.ts';
import type { VersionSource } from '../ports/version-source.ts';
import { makeCompiledMappings } from './compiled-mappings.ts';

export interface AcceptPorts {
  readonly catalog: Pick<Catalog, 'findSink' | 'findMapping' | 'openReceipt'>;
  readonly intake: Intake;
  readonly versions: VersionSource;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface Accepted {
  readonly receipt: Receipt;
  /** One a record, in the order of the request. */
  readonly outcomes: readonly RecordOutcome[];
}

export type AcceptBatch = (caller: Caller, request: { sinkId: SinkId; body: string }) => Promise<Accepted>;

/**
 * Takes one request's records in: checks each by the sink's mapping, makes the body durable, answers per record.
 * When the promise resolves, everything reported as accepted survives a crash: the queue holds the body, and the writer
 * will make the same rows from it. A body without one good record is queued too, so that its records reach quarantine.
 */
export function makeAcceptBatch(ports: AcceptPorts): AcceptBatch {
  const loadMapping = makeCompiledMappings(ports.catalog);
  return async (caller, { sinkId, body }) => {
    const sink = await activeSink(ports.catalog, caller, sinkId);
    const loaded = await loadMapping(sink.id, sink.mappingRevision);
    if (!loaded) throw new Problem('incorrect_state', `Sink ${sink.id} is being deleted.`);
    const records = recordsOf(body, loaded.exactNumbers);
    const version = await ports.versions.issue(records.length);
    const outcomes = discardIncomplete(records.map(loaded.map));
    const receipt = receiptFor(ports, sink, version, outcomes);
    const batch: Batch = { header: batchHeaderOf(receipt), payload: { kind: 'records', body } };
    await (records.length > 0 ? ports.intake.take(receipt, batch) : ports.catalog.openReceipt(receipt));
    return { receipt, outcomes };
  };
}

async function activeSink(catalog: AcceptPorts['catalog'], caller: Caller, sinkId: SinkId): Promise<Sink> {
  const sink = await catalog.findSink(caller.tenantId, sinkId);
  if (!sink) throw new Problem('not_found', `Sink ${sinkId} does not exist.`);
  if (sink.status !== 'ACTIVE') {
    const wait = sink.status === 'CREATING' ? ' Wait until its status is ACTIVE, then send again.' : '';
    throw new Problem('incorrect_state', `Sink ${sinkId} is ${sink.status} and takes no records.${wait}`, {
      status: sink.status,
    });
  }
  return sink;
}

function receiptFor(ports: AcceptPorts, sink: Sink, version: Version, outcomes: readonly RecordOutcome[]): Receipt {
  const exceptions = exceptionsOf(outcomes);
  const dropped = outcomes.reduce((count, outcome) => count + (outcome.kind === 'dropped' ? 1 : 0), 0);
  const accepted = outcomes.length - exceptions.length - dropped;
  return {
    id: ports.ids.next<ReceiptId>(),
    tenantId: sink.tenantId,
    databaseId: sink.databaseId,
    tableId: sink.tableId,
    sinkId: sink.id,
    batchId: ports.ids.next<BatchId>(),
    version,
    mappingRevision: sink.mappingRevision,
    state: accepted > 0 ? 'queued' : 'rejected',
    received: outcomes.length,
    accepted,
    rejected: exceptions.length,
    dropped,
    exceptions,
    queuedAt: new Date(ports.clock.now()).toISOString(),
  };
}
