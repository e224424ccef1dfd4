import { deepStrictEqual } from 'node:assert';
import { buryBatch } from '../../../lambdas/use-cases/bury-batch.ts';
import { compactTable } from '../../../lambdas/use-cases/compact-table.ts';
import { redriveBatch } from '../../../lambdas/use-cases/redrive-batch.ts';
import { makeWriteBatches } from '../../../lambdas/use-cases/write-batch.ts';
import type { Crash, Step } from './history.ts';
import { startInstance } from './instance.ts';
import { takeMessages } from './take-messages.ts';
import { works } from './works.ts';
import { type Delivery, liveColumns, type ModelRequest, type World } from './world.ts';

/** A consumer is given some messages together. */
export async function deliver(world: World, step: Extract<Step, { do: 'deliver' }>): Promise<void> {
  const picked = new Set<Delivery>();
  for (const place of step.picks)
    if (world.waiting.length > 0) picked.add(world.waiting[place % world.waiting.length]!);
  for (const place of step.again) if (world.done.length > 0) picked.add(world.done[place % world.done.length]!);
  await write(world, [...picked], step.crash);
}

/** What a consumer has written it acknowledges; what it has not, and all where it ended before, waits again. */
export async function write(world: World, deliveries: readonly Delivery[], crash?: Crash): Promise<void> {
  if (deliveries.length === 0) return;
  const { seen, place } = world;
  seen.flushes += 1;
  seen.deliveries += deliveries.length;
  seen.redeliveries += deliveries.filter(({ request }) => request.isTouched).length;
  const instance = startInstance(world, crash);
  for (const { request } of deliveries) request.isTouched = true;
  const messages = deliveries.map(({ message }) => message);
  const { failed } = await makeWriteBatches(instance.ports)(messages);
  const first = failed[0];
  if (first && !instance.hasMet()) throw new Error(`not written: ${first.messageId}`, { cause: first.cause });
  for (const delivery of deliveries) await noteWritten(world, delivery);
  if (instance.hasEnded()) return;
  const unwritten = new Set(failed.map(({ messageId }) => messageId));
  const written = deliveries.filter(({ message }) => !unwritten.has(message.messageId));
  await place.acknowledge(written.map(({ message }) => message));
  for (const delivery of written) {
    delivery.request.isUnheard = false;
    leave(world, delivery);
  }
}

/** The first time that a receipt says `visible`: then it says too what was left out, by the columns that there are. */
async function noteWritten(world: World, { request }: Delivery): Promise<void> {
  if (request.isWritten) return;
  const { receiptId, outcomes } = request.placed!;
  const receipt = await world.place.ports.catalog.findReceipt(world.caller.tenantId, receiptId);
  if (receipt?.state === 'queued' || receipt?.state === 'failed' || receipt === undefined) return;
  request.isWritten = true;
  request.isDead = false;
  if (receipt.state === 'rejected') return;
  const live = new Set(liveColumns(world));
  const losing = outcomes.filter((one) => 'put' in one && [...one.cells.keys()].some((column) => !live.has(column)));
  deepStrictEqual(receipt.changed, losing.length);
  world.seen.changed += losing.length;
}

function leave({ waiting, done }: World, delivery: Delivery): void {
  const at = waiting.indexOf(delivery);
  if (at >= 0) done.push(...waiting.splice(at, 1));
}

/** A message that used up its attempts is moved to the dead letters, which are buried; again until that is done. */
export async function bury(world: World, step: Extract<Step, { do: 'bury' }>): Promise<void> {
  const { waiting, letters } = world;
  const at = step.pick % Math.max(1, waiting.length + letters.length);
  if (at < waiting.length) letters.push(...waiting.splice(at, 1));
  const letter = letters[Math.max(0, at - waiting.length)] ?? letters.at(-1);
  if (letter) await buryLetter(world, letter, step.crash);
}

export async function buryLetter(world: World, letter: Delivery, crash?: Crash): Promise<void> {
  const { request, message } = letter;
  const findReceipt = () => world.place.ports.catalog.findReceipt(world.caller.tenantId, request.placed!.receiptId);
  if (!(await findReceipt())) request.isUnheard = true;
  const instance = startInstance(world, crash);
  const isBuried = await works(instance, () => buryBatch(instance.ports, message));
  const receipt = await findReceipt();
  request.isDead = receipt?.state === 'failed';
  request.wasDead = true;
  if (!isBuried) return;
  world.seen.buried += 1;
  await world.place.acknowledge([message]);
  world.done.push(...world.letters.splice(world.letters.indexOf(letter), 1));
}

export async function redrive(world: World, step: Extract<Step, { do: 'redrive' }>): Promise<void> {
  const unburied = new Set(world.letters.map(({ request }) => request));
  const dead = world.requests.filter((request) => request.isDead && !unburied.has(request));
  const request = dead[step.pick % Math.max(1, dead.length)];
  if (request) await redriveRequest(world, request, step.crash);
}

/** Sends a dead letter to the queue again; it stays one until it is written. */
export async function redriveRequest(world: World, request: ModelRequest, crash?: Crash): Promise<void> {
  const { caller } = world;
  const failed = { tenantId: caller.tenantId, receiptId: request.placed!.receiptId };
  const instance = startInstance(world, crash);
  const isSent = await works(instance, async () => {
    deepStrictEqual((await redriveBatch(instance.ports, failed)).state, 'sent');
  });
  if (isSent) world.seen.redriven += 1;
  await takeMessages(world, () => request);
}

export async function compact(world: World, step: Extract<Step, { do: 'compact' }>): Promise<void> {
  const instance = startInstance(world, step.crash);
  const { tenantId, id: tableId } = world.table;
  const ports = { ...instance.ports, compactionSegmentsMin: 2 };
  await works(instance, async () => {
    if ((await compactTable(ports, { tenantId, tableId })) > 0) world.seen.compactions += 1;
  });
}
