import type { Batch } from '../domain/batch.ts';
import type { Caller } from '../domain/caller.ts';
import type { BatchId, ReceiptId, SinkId } from '../domain/ids.ts';
import { discardIncomplete, exceptionsOf, recordsOf } from '../domain/json/records-body.ts';
import type { RecordOutcome } from '../domain/outcome.ts';
import { Problem } from '../domain/problem.ts';
import { type Acceptance, batchHeaderOf, type Receipt } from '../domain/receipt.ts';
import type { Sink } from '../domain/sink.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Intake } from '../ports/intake.ts';
import type { VersionSource } from '../ports/version-source.ts';
import { type BindPorts, bindRequest, findBoundRequest, type KeyedRequest } from './bind-request.ts';
import { type LoadedMapping, makeCompiledMappings } from './compiled-mappings.ts';

export interface AcceptPorts extends BindPorts {
  readonly catalog: BindPorts['catalog'] &
    Pick<Catalog, 'findSink' | 'findMapping' | 'openReceipt' | 'releaseIdempotencyKey'>;
  readonly intake: Intake;
  readonly versions: VersionSource;
  readonly ids: IdSource;
}

export interface RecordsRequest {
  readonly sinkId: SinkId;
  readonly body: string;
  /** Given: the request happens once, however often it is sent. */
  readonly idempotency?: Pick<KeyedRequest, 'key' | 'untilMs'>;
}

export interface Accepted {
  readonly receipt: Receipt;
  /** One a record, in the order of the request. */
  readonly outcomes: readonly RecordOutcome[];
}

export type AcceptBatch = (caller: Caller, request: RecordsRequest) => Promise<Accepted>;

/**
 * Takes one request's records in: checks each by the sink's mapping, makes the body durable, answers per record.
 * When the promise resolves, everything reported as accepted survives a crash: the queue holds the body, and the writer
 * will make the same rows from it. A body without one good record is queued too, so that its records reach quarantine.
 */
export function makeAcceptBatch(ports: AcceptPorts): AcceptBatch {
  const read = makeReader(ports.catalog);
  return async ({ tenantId }, { sinkId, body, idempotency }) => {
    const sink = await ports.catalog.findSink(tenantId, sinkId);
    if (idempotency) return acceptOnce(ports, read, sink, { tenantId, sinkId, body, ...idempotency });
    assertActive(sink, sinkId);
    const sent = await read(sinkId, sink.mappingRevision, body);
    return take(ports, sink, await newAcceptance(ports, sink, sent), sent);
  };
}

/** A body under one revision of its sink's mapping. */
interface SentRecords extends LoadedMapping {
  readonly body: string;
  readonly records: readonly unknown[];
}

/** @throws Problem for a body that is refused whole */
type Reader = (sinkId: SinkId, revision: number, body: string) => Promise<SentRecords>;

function makeReader(catalog: Pick<Catalog, 'findMapping'>): Reader {
  const loadMapping = makeCompiledMappings(catalog);
  return async (sinkId, revision, body) => {
    const loaded = await loadMapping(sinkId, revision);
    if (!loaded) throw new Problem('incorrect_state', `Sink ${sinkId} is being deleted.`);
    return { ...loaded, body, records: recordsOf(body, loaded.exactNumbers) };
  };
}

/**
 * The same request under its key has the same answer, from the receipt that its first try made, also when its sink takes
 * no more. Where that try broke off, or its batch failed, this one does the rest of its work, with what it was given.
 * A body that is refused whole binds no key.
 */
async function acceptOnce(
  ports: AcceptPorts,
  read: Reader,
  sink: Sink | undefined,
  request: KeyedRequest,
): Promise<Accepted> {
  const { sinkId, body } = request;
  if (sink?.status !== 'ACTIVE') {
    const { record, end } = (await findBoundRequest(ports, request)) ?? {};
    if (record && isAnswer(end))
      return { receipt: end, outcomes: outcomesOf(await read(sinkId, record.mappingRevision, body)) };
  }
  assertActive(sink, sinkId);
  const sent = await read(sinkId, sink.mappingRevision, body);
  const { record, end } = await bindRequest(ports, request, await newAcceptance(ports, sink, sent));
  const { mappingRevision: revision } = record;
  const bound = revision === sink.mappingRevision ? sent : await read(sinkId, revision, body);
  if (isAnswer(end)) return { receipt: end, outcomes: outcomesOf(bound) };
  try {
    const { outcomes, receipt } = await take(ports, sink, record, bound, end && { redriven: true });
    return { outcomes, receipt: end ?? receipt };
  } catch (error) {
    // If this fails too, the next try only has to wait.
    await ports.catalog.releaseIdempotencyKey(record).catch(() => {});
    throw error;
  }
}

/** A receipt that failed may be of a batch that never reached the queue; to queue it again does no harm. */
function isAnswer(end: Receipt | undefined): end is Receipt {
  return end !== undefined && end.state !== 'failed';
}

function assertActive(sink: Sink | undefined, sinkId: SinkId): asserts sink is Sink {
  if (!sink) throw new Problem('not_found', `Sink ${sinkId} does not exist.`);
  const { status } = sink;
  if (status === 'ACTIVE') return;
  const wait = status === 'CREATING' ? ' Wait until its status is ACTIVE, then send again.' : '';
  throw new Problem('incorrect_state', `Sink ${sinkId} is ${status} and takes no records.${wait}`, { status });
}

async function newAcceptance(ports: AcceptPorts, sink: Sink, { records }: SentRecords): Promise<Acceptance> {
  return {
    receiptId: ports.ids.next<ReceiptId>(),
    batchId: ports.ids.next<BatchId>(),
    version: await ports.versions.issue(records.length),
    mappingRevision: sink.mappingRevision,
    acceptedAt: new Date(ports.clock.now()).toISOString(),
  };
}

/** Makes the batch and its receipt durable. */
async function take(
  ports: AcceptPorts,
  sink: Sink,
  acceptance: Acceptance,
  sent: SentRecords,
  redriven: Pick<Batch['header'], 'redriven'> = {},
): Promise<Accepted> {
  const outcomes = outcomesOf(sent);
  const receipt = receiptFor(sink, acceptance, outcomes);
  const batch: Batch = {
    header: { ...batchHeaderOf(receipt), ...redriven },
    payload: { kind: 'records', body: sent.body },
  };
  await (outcomes.length > 0 ? ports.intake.take(receipt, batch) : ports.catalog.openReceipt(receipt));
  return { receipt, outcomes };
}

function outcomesOf({ records, map, mapping }: SentRecords): readonly RecordOutcome[] {
  return discardIncomplete(records.map(map), mapping);
}

function receiptFor(sink: Sink, acceptance: Acceptance, outcomes: readonly RecordOutcome[]): Receipt {
  const exceptions = exceptionsOf(outcomes);
  const dropped = outcomes.reduce((count, outcome) => count + (outcome.kind === 'dropped' ? 1 : 0), 0);
  const accepted = outcomes.length - exceptions.length - dropped;
  return {
    id: acceptance.receiptId,
    tenantId: sink.tenantId,
    databaseId: sink.databaseId,
    tableId: sink.tableId,
    sinkId: sink.id,
    batchId: acceptance.batchId,
    version: acceptance.version,
    mappingRevision: acceptance.mappingRevision,
    state: accepted > 0 ? 'queued' : 'rejected',
    received: outcomes.length,
    accepted,
    rejected: exceptions.length,
    dropped,
    exceptions,
    queuedAt: acceptance.acceptedAt,
  };
}
