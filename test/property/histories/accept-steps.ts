import { deepStrictEqual } from 'node:assert';
import type { ReceiptId } from '../../../lambdas/domain/ids.ts';
import { Problem } from '../../../lambdas/domain/problem.ts';
import { type Accepted, makeAcceptBatch } from '../../../lambdas/use-cases/accept-batch.ts';
import { deleteRow } from '../../../lambdas/use-cases/delete-row.ts';
import type { Crash, Step } from './history.ts';
import { startInstance } from './instance.ts';
import { bodyOf, keyText, type ModelOutcome, outcomesOf } from './model.ts';
import { versions } from './sample-values.ts';
import { takeMessages } from './take-messages.ts';
import { type ModelRequest, type ModelSink, tableName, untouched, type World } from './world.ts';

/** Milliseconds that a request waits for another try under its key. */
const waitMs = 1_000;

export async function post(world: World, step: Extract<Step, { do: 'post' }>): Promise<void> {
  const { history, seen, sinks, requests } = world;
  const { records } = step;
  const request: ModelRequest = {
    sink: sinks[step.sink % sinks.length]!,
    records,
    body: bodyOf(records, history),
    ...(step.keyed ? { key: `key ${requests.length}` } : {}),
    ...untouched,
  };
  requests.push(request);
  seen.requests += 1;
  seen.records += records.length;
  await send(world, request, step.crash);
}

export async function resend(world: World, step: Extract<Step, { do: 'resend' }>): Promise<void> {
  const keyed = world.requests.filter(({ key }) => key !== undefined);
  const request = keyed[step.post % Math.max(1, keyed.length)];
  if (request === undefined) return;
  world.seen.resent += 1;
  await send(world, request, step.crash);
}

/** One try of a request. Whatever it comes to, what is in the queue afterwards was accepted. */
async function send(world: World, request: ModelRequest, crash: Crash | undefined): Promise<void> {
  const { place, caller } = world;
  const instance = startInstance(world, crash);
  const { body, key } = request;
  const sink = request.sink!;
  const idempotency = key === undefined ? {} : { idempotency: { key, untilMs: place.clock.now() + waitMs } };
  let answer: Accepted | undefined;
  try {
    answer = await makeAcceptBatch(instance.ports)(caller, { sinkId: sink.id, body, ...idempotency });
  } catch (error) {
    const isInUse = key !== undefined && error instanceof Problem && error.kind === 'key_in_use';
    if (!isInUse && !instance.hasMet()) throw error;
  }
  const placeIt = (receiptId: ReceiptId) => placeRecords(world, request, sink, receiptId);
  if (answer) noteAnswer(request, answer, placeIt);
  else if (key !== undefined) {
    // Without an answer: a key that was bound has the place that the request will have.
    const bound = await place.ports.catalog.findIdempotencyKey(caller.tenantId, sink.id, key);
    if (bound) placeIt(bound.receiptId);
  }
  await takeMessages(world, ({ receiptId }) => {
    placeIt(receiptId);
    return request;
  });
}

function noteAnswer(request: ModelRequest, { receipt, outcomes }: Accepted, placeIt: (id: ReceiptId) => void): void {
  placeIt(receipt.id);
  request.isAnswered = true;
  const { receiptId, outcomes: wanted } = request.placed!;
  deepStrictEqual(receipt.id, receiptId);
  deepStrictEqual(
    outcomes.map((outcome) => (outcome.kind === 'rejected' ? outcome.reason : outcome.kind)),
    wanted.map((outcome) => ('rejected' in outcome ? outcome.rejected : 'row')),
  );
}

function placeRecords(world: World, request: ModelRequest, sink: ModelSink, receiptId: ReceiptId): void {
  const revision = sink.mappings.length;
  placeRequest(world, request, receiptId, revision, outcomesOf(request.records, sink.mappings.at(-1)!, world.history));
}

/** A row is deleted by itself: queued as records are, through no sink. */
export async function deleteOneRow(world: World, step: Extract<Step, { do: 'delete row' }>): Promise<void> {
  const { caller, databaseId, history } = world;
  const key = keyText(step.key % history.keys, history.keyType);
  const request: ModelRequest = { sink: undefined, records: [], body: '', ...untouched };
  world.requests.push(request);
  const instance = startInstance(world, step.crash);
  const { means } = versions[step.version]!;
  const version = history.isVersioned ? { version: means as bigint } : {};
  const placeIt = (receiptId: ReceiptId) => placeRequest(world, request, receiptId, 0, [{ delete: key, ...version }]);
  try {
    const receipt = await deleteRow(instance.ports, caller, {
      ...{ databaseId, tableName, key },
      ...(history.isVersioned ? { version: String(means) } : {}),
    });
    placeIt(receipt.id);
    request.isAnswered = true;
  } catch (error) {
    if (!instance.hasMet()) throw error;
  }
  await takeMessages(world, ({ receiptId }) => {
    placeIt(receiptId);
    return request;
  });
}

/** Gives a request its place after all that have one; once. */
function placeRequest(
  world: World,
  request: ModelRequest,
  receiptId: ReceiptId,
  revision: number,
  outcomes: readonly ModelOutcome[],
): void {
  if (request.placed) return;
  const places = world.requests.filter(({ placed }) => placed).length;
  request.placed = { receiptId, place: places, revision, outcomes };
  noteRecords(world, request, outcomes);
}

function noteRecords({ seen, requests }: World, request: ModelRequest, outcomes: readonly ModelOutcome[]): void {
  const earlier = requests.filter((other) => other !== request).flatMap(({ placed }) => placed?.outcomes ?? []);
  const known = new Set(earlier.map(keyOf));
  for (const outcome of outcomes) {
    const key = keyOf(outcome);
    if (key === undefined) seen.rejected += 1;
    else {
      seen.accepted += 1;
      if (known.has(key)) seen.collisions += 1;
      known.add(key);
    }
  }
}

function keyOf(outcome: ModelOutcome): string | undefined {
  if ('rejected' in outcome) return undefined;
  return 'put' in outcome ? outcome.put : outcome.delete;
}
