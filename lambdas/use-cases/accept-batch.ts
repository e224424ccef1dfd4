import type { Batch } from '../domain/batch.ts';
import type { Caller } from '../domain/caller.ts';
import type { BatchId, ReceiptId, SinkId } from '../domain/ids.ts';
import { discardIncomplete, recordsOf } from '../domain/json/records-body.ts';
import type { RecordOutcome } from '../domain/outcome.ts';
import { Problem } from '../domain/problem.ts';
import { OverRate } from '../domain/quota/over-rate.ts';
import type { Amounts, RateState } from '../domain/quota/quota.ts';
import { type Acceptance, batchHeaderOf, openedReceipt, type Receipt } from '../domain/receipt.ts';
import type { Sink } from '../domain/sink.ts';
import { takesRecords } from '../domain/sink-state.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Intake } from '../ports/intake.ts';
import type { PressureGauge } from '../ports/pressure.ts';
import type { VersionSource } from '../ports/version-source.ts';
import { type AdmitPorts, type AdmitRequest, makeAdmitRequest } from './admit-request.ts';
import { type BindPorts, bindRequest, findBoundRequest, type KeyedRequest } from './bind-request.ts';
import { type LoadedMapping, makeCompiledMappings } from './compiled-mappings.ts';
import { relievePressure } from './relieve-pressure.ts';

export interface AcceptPorts extends BindPorts {
  readonly catalog: BindPorts['catalog'] &
    AdmitPorts['catalog'] &
    Pick<Catalog, 'findSink' | 'findMapping' | 'openReceipt' | 'releaseIdempotencyKey'>;
  readonly intake: Intake;
  readonly versions: VersionSource;
  readonly ids: IdSource;
  /** Whether the place can bear more; it always can, unless given. */
  readonly pressure?: PressureGauge;
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
  /** Where the sink's or the tenant's quota stands after it; left out where there is none. */
  readonly rate?: RateState;
}

export type AcceptBatch = (caller: Pick<Caller, 'tenantId'>, request: RecordsRequest) => Promise<Accepted>;

/**
 * Takes one request's records in: checks each by the sink's mapping, makes the body durable, answers per record.
 * When the promise resolves, everything reported as accepted survives a crash: the queue holds the body, and the writer
 * will make the same rows from it. A body without one good record is queued too, so that its records reach quarantine.
 * Whether there is room for the request, in the place and in the quotas, is settled before anything is made durable.
 */
export function makeAcceptBatch(ports: AcceptPorts): AcceptBatch {
  const steps: Steps = { read: makeReader(ports.catalog), admit: makeAdmitRequest(ports) };
  return async ({ tenantId }, { sinkId, body, idempotency }) => {
    const sink = await ports.catalog.findSink(tenantId, sinkId);
    if (idempotency) return acceptOnce(ports, steps, sink, { tenantId, sinkId, body, ...idempotency });
    assertActive(sink, sinkId);
    await relievePressure(ports, sink.tableId);
    const sent = await steps.read(sinkId, sink.mappingRevision, body);
    const rate = await steps.admit(sink, () => amountsOf(sent));
    const accepted = await take(ports, sink, await newAcceptance(ports, sink, sent), sent);
    return { ...accepted, ...(rate && { rate }) };
  };
}

/** What comes before a request is taken, and remembers something between requests. */
interface Steps {
  readonly read: Reader;
  readonly admit: AdmitRequest;
}

/** A body under one revision of its sink's mapping. */
interface SentRecords extends LoadedMapping {
  readonly body: string;
  readonly records: readonly unknown[];
}

/** @throws Problem for a body that is refused whole */
type Reader = (sinkId: SinkId, revision: number, body: string) => Promise<SentRecords>;

/** What a request counts as against a quota: all its records, also those that will be rejected. */
function amountsOf({ records, body }: SentRecords): Amounts {
  return { records: records.length, bytes: Buffer.byteLength(body), requests: 1 };
}

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
 * A body that is refused whole, or over a quota, binds no key. A repeat of what was taken before counts against a quota, but
 * is never refused for it.
 */
async function acceptOnce(
  ports: AcceptPorts,
  { read, admit }: Steps,
  sink: Sink | undefined,
  request: KeyedRequest,
): Promise<Accepted> {
  const { sinkId, body } = request;
  if (!sink || !takesRecords(sink)) {
    const { record, end } = (await findBoundRequest(ports, request)) ?? {};
    if (record && isAnswer(end))
      return { receipt: end, outcomes: outcomesOf(await read(sinkId, record.mappingRevision, body)) };
  }
  assertActive(sink, sinkId);
  await relievePressure(ports, sink.tableId);
  const sent = await read(sinkId, sink.mappingRevision, body);
  const rate = await admit(sink, () => amountsOf(sent)).catch((error) => passIfBound(ports, request, error));
  const rated = rate && { rate };
  const { record, end } = await bindRequest(ports, request, await newAcceptance(ports, sink, sent));
  const { mappingRevision: revision } = record;
  const bound = revision === sink.mappingRevision ? sent : await read(sinkId, revision, body);
  if (isAnswer(end)) return { receipt: end, outcomes: outcomesOf(bound), ...rated };
  try {
    const { outcomes, receipt } = await take(ports, sink, record, bound, end && { redriven: true });
    return { outcomes, receipt: end ?? receipt, ...rated };
  } catch (error) {
    // If this fails too, the next try only has to wait.
    await ports.catalog.releaseIdempotencyKey(record).catch(() => {});
    throw error;
  }
}

/** A request over its quota is heard nevertheless where its key is bound: it was admitted then. */
async function passIfBound({ catalog }: AcceptPorts, request: KeyedRequest, error: unknown): Promise<undefined> {
  if (!(error instanceof OverRate)) throw error;
  if (!(await catalog.findIdempotencyKey(request.tenantId, request.sinkId, request.key))) throw error;
}

/** A receipt that failed may be of a batch that never reached the queue; to queue it again does no harm. */
function isAnswer(end: Receipt | undefined): end is Receipt {
  return end !== undefined && end.state !== 'failed';
}

function assertActive(sink: Sink | undefined, sinkId: SinkId): asserts sink is Sink {
  if (!sink) throw new Problem('not_found', `Sink ${sinkId} does not exist.`);
  if (takesRecords(sink)) return;
  const { status } = sink;
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
  const receipt = openedReceipt(sink, acceptance, outcomes);
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
