import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBatch } from '../../lambdas/domain/batch.ts';
import { idempotencyHeldMs, recordsWaitMsMax } from '../../lambdas/domain/limits.ts';
import { Problem } from '../../lambdas/domain/problem.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import type { Mapping } from '../../lambdas/domain/sink.ts';
import { type Accepted, type AcceptPorts, makeAcceptBatch } from '../../lambdas/use-cases/accept-batch.ts';
import { aSink } from '../conformance/catalog-entities.ts';
import { type AcceptPlace, numbersMapping, openAcceptPlace, ourCaller } from '../support/accept-place.ts';
import { bodyOf } from '../support/open-pipeline.ts';

/** One try of the client's request: on which instance, and before which of its calls that dies; 0 is never. */
interface Try {
  readonly instance: 0 | 1;
  readonly diesBefore: number;
}

/** More than the calls of any try that need not wait. The first asks for sink, mapping, version, key, queue, receipt. */
const callsMax = 10;
const [beforeQueue, beforeReceipt] = [5, 6];
const aTry: fc.Arbitrary<Try> = fc.record({
  instance: fc.constantFrom(0, 1),
  diesBefore: fc.oneof(fc.constantFrom(0, beforeQueue, beforeReceipt), fc.integer({ min: 1, max: callsMax })),
});
const aBody = fc
  .array(fc.record({ id: fc.integer({ min: 1, max: 4 }), n: fc.constantFrom(1, 2, null, 'wrong', undefined) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((values) => bodyOf(...values));
/** A record without `n` is taken, discards its request, or is refused alone. */
const aMapping: fc.Arbitrary<Mapping> = fc
  .constantFrom(
    { allowMissingFields: true },
    { allowMissingFields: false },
    { allowMissingFields: false, partialAcceptance: true },
  )
  .map((rule) => ({ ...numbersMapping, ...rule }));

const { id: sinkId } = aSink();
const never = () => new Promise<never>(() => {});

/** The ports of one try: its calls come when the scheduler lets them, and none comes after its instance died. */
function portsOf(place: AcceptPlace, s: fc.Scheduler, { instance, diesBefore }: Try, onDeath: () => void): AcceptPorts {
  let calls = 0;
  const call =
    <Args extends unknown[], T>(name: string, run: (...args: Args) => T | Promise<T>) =>
    async (...args: Args): Promise<T> => {
      calls += 1;
      if (calls === diesBefore) onDeath();
      if (diesBefore > 0 && calls >= diesBefore) return never();
      await s.schedule(Promise.resolve(), `${name} on ${instance}`);
      return run(...args);
    };
  const { catalog, intake: _, versions, ...ports } = place.ports(instance);
  const openReceipt = call('openReceipt', catalog.openReceipt);
  const queue = call('queue', place.enqueue);
  return {
    ...ports,
    catalog: {
      findSink: call('findSink', catalog.findSink),
      findMapping: call('findMapping', catalog.findMapping),
      findReceipt: call('findReceipt', catalog.findReceipt),
      bindIdempotencyKey: call('bind', catalog.bindIdempotencyKey),
      findIdempotencyKey: call('findKey', catalog.findIdempotencyKey),
      releaseIdempotencyKey: call('release', catalog.releaseIdempotencyKey),
      openReceipt,
      // No quota is set.
      findTenantQuota: async () => ({ revision: 0 }),
      findQuotaLevel: catalog.findQuotaLevel,
      moveQuotaLevel: catalog.moveQuotaLevel,
    },
    versions: { issue: call('issue', async (records: number) => versions.issue(records)) },
    pause: call('pause', ports.pause),
    intake: {
      take: async (receipt, batch) => {
        await queue(batch);
        await openReceipt(receipt);
      },
    },
  };
}

function send(ports: AcceptPorts, body: string): Promise<Accepted> {
  const untilMs = ports.clock.now() + recordsWaitMsMax;
  return makeAcceptBatch(ports)(ourCaller, { sinkId, body, idempotency: { key: 'k', untilMs } });
}

/** Undefined: its instance died, or it was told to come again. */
function attempt(place: AcceptPlace, s: fc.Scheduler, one: Try, body: string): Promise<Accepted | undefined> {
  const { promise: died, resolve: die } = Promise.withResolvers<undefined>();
  const answered = send(
    portsOf(place, s, one, () => die(undefined)),
    body,
  );
  const told = answered.catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'key_in_use') return undefined;
    throw error;
  });
  return Promise.race([died, told]);
}

/** All tries at once, while the consumer writes what it finds and another request comes between. */
async function play(place: AcceptPlace, s: fc.Scheduler, tries: readonly Try[], body: string, between: string) {
  const attempts = tries.map((one) => attempt(place, s, one, body));
  const consumer = async () => {
    for (const _ of tries) {
      await s.schedule(Promise.resolve(), 'consume');
      const newest = place.queue.at(-1);
      if (newest !== undefined) await place.write(newest);
    }
  };
  const other = async () => {
    await s.schedule(Promise.resolve(), 'another request');
    return makeAcceptBatch(place.ports(1))(ourCaller, { sinkId, body: between });
  };
  const [answers] = await s.waitFor(Promise.all([Promise.all(attempts), other(), consumer()]));
  return answers.filter((answer) => answer !== undefined);
}

/** What of a receipt stays as it is through its states. */
function constantsOf({ id, batchId, version, mappingRevision, queuedAt, exceptions, accepted, rejected }: Receipt) {
  return { id, batchId, version, mappingRevision, queuedAt, exceptions, accepted, rejected };
}

/** The rows of these messages, each written once. */
async function rowsOf(messages: readonly string[], mapping: Mapping) {
  const place = await openAcceptPlace(mapping);
  for (const message of messages) await place.write(message);
  const rows = place.visibleRows();
  place.close();
  return rows;
}

describe('a request sent under one Idempotency-Key', () => {
  it('is one receipt, one version and the rows of one request, whatever dies when and on whichever instance', async () => {
    const seen = { unanswered: 0, answered: 0, queuedAgain: 0 };
    const tries = fc.array(aTry, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), tries, aBody, aBody, aMapping, async (s, sent, body, between, mapping) => {
        const place = await openAcceptPlace(mapping);
        const answers = await play(place, s, sent, body, between);
        seen.unanswered += sent.length - answers.length;
        seen.answered += answers.length;

        place.clock.advance(idempotencyHeldMs);
        answers.push(await send(place.ports(0), body));
        const [{ receipt, outcomes }] = answers as [Accepted];
        for (const answer of answers) {
          expect(answer.outcomes).toEqual(outcomes);
          expect(constantsOf(answer.receipt)).toEqual(constantsOf(receipt));
        }
        const isOurs = (message: string) => decodeBatch(message).header.receiptId === receipt.id;
        const ours = place.queue.filter(isOurs);
        const others = place.queue.filter((message) => !isOurs(message));
        expect(new Set(ours).size).toBe(1);
        expect(others).toHaveLength(1);
        expect(place.receipts()).toHaveLength(2);
        seen.queuedAgain += ours.length - 1;

        // Everything arrives at last, once more, and in the other order.
        for (const message of [...place.queue].reverse()) await place.write(message);
        expect(place.visibleRows()).toEqual(await rowsOf([ours[0]!, others[0]!], mapping));
        const last = (await place.catalog.findReceipt(receipt.tenantId, receipt.id))!;
        expect(last.state).toBe(receipt.accepted > 0 ? 'visible' : 'rejected');
        expect(constantsOf(last)).toEqual(constantsOf(receipt));
        place.close();
      }),
      { numRuns: 300 },
    );
    // The histories are those that were meant.
    for (const [what, count] of Object.entries(seen)) expect([what, count > 5]).toEqual([what, true]);
  });
});
