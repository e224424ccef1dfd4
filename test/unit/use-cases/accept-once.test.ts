import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SinkId } from '../../../lambdas/domain/ids.ts';
import { idempotencyHeldMs, recordsWaitMsMax } from '../../../lambdas/domain/limits.ts';
import type { Receipt } from '../../../lambdas/domain/receipt.ts';
import { type AcceptPorts, makeAcceptBatch } from '../../../lambdas/use-cases/accept-batch.ts';
import { aMapping, aResult, aSink, theirs } from '../../conformance/catalog-entities.ts';
import { type AcceptPlace, numbersMapping, openAcceptPlace, ourCaller } from '../../support/accept-place.ts';
import { bodyOf } from '../../support/open-pipeline.ts';
import { problemOf } from '../../support/problem-of.ts';

const sinkId = 's1' as SinkId;
const body = bodyOf({ id: 1, n: 5 }, { id: 2, n: 'five' });
const key = 'order-77';

let place: AcceptPlace;
beforeEach(async () => {
  place = await openAcceptPlace();
});
afterEach(() => place.close());

/** Sends a request under the key; it may wait as long as any. */
function send(
  given: { body?: string; key?: string; sinkId?: SinkId; ports?: AcceptPorts; caller?: typeof ourCaller } = {},
) {
  const accept = makeAcceptBatch(given.ports ?? place.ports());
  return accept(given.caller ?? ourCaller, {
    sinkId: given.sinkId ?? sinkId,
    body: given.body ?? body,
    idempotency: { key: given.key ?? key, untilMs: place.clock.now() + recordsWaitMsMax },
  });
}

/** Ports of an instance whose call of this name never comes back: the process died in it. */
function dyingIn(instance: number, intake: Partial<AcceptPorts['intake']>): AcceptPorts {
  const ports = place.ports(instance);
  return { ...ports, intake: { ...ports.intake, ...intake } };
}
const never = () => new Promise<never>(() => {});

/** Lets everything run that needs no more than turns of the event loop. */
async function untilQuiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('a request under an Idempotency-Key', () => {
  it('is queued once and answered alike, however often it comes, before and after it is visible', async () => {
    const first = await send();
    expect(first.receipt).toMatchObject({ state: 'queued', accepted: 1, rejected: 1 });
    expect(await send({ ports: place.ports(1) })).toEqual(first);
    await place.write(place.queue[0]!);
    const { outcomes, receipt } = await send({ ports: place.ports(1) });
    expect(outcomes).toEqual(first.outcomes);
    expect(receipt).toMatchObject({ id: first.receipt.id, state: 'visible', version: first.receipt.version });
    expect(place.queue).toHaveLength(1);
    expect(place.receipts()).toHaveLength(1);
  });

  it('is answered by the mapping that it was taken with', async () => {
    const first = await send();
    const items = numbersMapping.items.map((item) => ({ ...item, type: { type: 'string' as const } }));
    await place.catalog.changeMapping(aSink({ mappingRevision: 2 }), aMapping({ revision: 2, items }));
    expect(await send()).toEqual(first);
    expect((await send({ key: 'another' })).receipt).toMatchObject({ accepted: 2, mappingRevision: 2 });
  });

  it('with another body is refused, in words that say what to do', async () => {
    const { receipt } = await send();
    const problem = await problemOf(() => send({ body: bodyOf({ id: 1, n: 6 }) }));
    expect(problem).toMatchObject({ kind: 'key_reused', details: { idempotency_key: key, receipt_id: receipt.id } });
    expect(problem.message).toMatch(/"order-77" came with another body before.*under a key of its own/);
    expect(place.queue).toHaveLength(1);
  });

  it('is another one in another sink and of another tenant', async () => {
    await place.catalog.createSink(aSink({ id: 's2', name: 'other' }), aMapping({ sinkId: 's2' }));
    const first = await send();
    const other = await send({ sinkId: 's2' as SinkId, body: bodyOf({ id: 9 }), ports: place.ports(1) });
    expect(other.receipt.id).not.toBe(first.receipt.id);
    const stranger = { ...ourCaller, tenantId: theirs };
    expect(await problemOf(() => send({ caller: stranger }))).toMatchObject({ kind: 'not_found' });
  });

  it('that was refused whole has bound nothing', async () => {
    expect(await problemOf(() => send({ body: '{"records":' }))).toMatchObject({ kind: 'invalid_body' });
    expect(await problemOf(() => send({ body: bodyOf(...Array(1_001).fill({})) }))).toMatchObject({
      kind: 'payload_too_large',
    });
    expect((await send()).receipt.accepted).toBe(1);
  });

  it('binds the key where its records are all refused, or there are none', async () => {
    const [refused, empty] = [bodyOf({ id: 'x' }), '{"records":[]}'];
    for (const [sent, one] of [
      [refused, 'k1'],
      [empty, 'k2'],
    ] as const) {
      const first = await send({ body: sent, key: one });
      expect(first.receipt.state).toBe('rejected');
      expect(await send({ body: sent, key: one, ports: place.ports(1) })).toEqual(first);
    }
    expect(place.queue).toHaveLength(1);
  });

  it('is taken up at once where the first try failed, with what that one was given', async () => {
    const full = dyingIn(0, { take: () => Promise.reject(new Error('the queue is full')) });
    await expect(send({ ports: full })).rejects.toThrow('the queue is full');
    const bound = (await place.catalog.findIdempotencyKey(ourCaller.tenantId, sinkId, key))!;
    await place.catalog.changeMapping(aSink({ mappingRevision: 2 }), { ...numbersMapping, revision: 2 });
    place.clock.advance(1_000);
    const startedMs = place.clock.now();
    const { receipt } = await send({ ports: place.ports(1) });
    expect(place.clock.now()).toBe(startedMs);
    const { receiptId: id, acceptedAt: queuedAt, batchId, version, mappingRevision } = bound;
    expect(receipt).toMatchObject({ id, queuedAt, batchId, version, mappingRevision: 1 });
    expect(mappingRevision).toBe(1);
    expect(place.headers()).toMatchObject([{ receiptId: id, batchId, version, mappingRevision, acceptedAt: queuedAt }]);
  });

  it('waits for a first try that may be under way, and says when it gives up waiting', async () => {
    void send({ ports: dyingIn(0, { take: never }) });
    await untilQuiet();
    const startedMs = place.clock.now();
    const problem = await problemOf(() => send({ ports: place.ports(1) }));
    expect(place.clock.now() - startedMs).toBe(recordsWaitMsMax);
    const seconds = (idempotencyHeldMs - recordsWaitMsMax) / 1_000;
    expect(problem).toMatchObject({ kind: 'key_in_use', details: { retry_after_seconds: seconds } });
    expect(place.queue).toEqual([]);
    place.clock.advance(seconds * 1_000);
    expect((await send({ ports: place.ports(1) })).receipt).toMatchObject({ id: 'id0', state: 'queued' });
    expect(place.queue).toHaveLength(1);
  });

  it('takes over while it waits, once the first try can be under way no longer', async () => {
    void send({ ports: dyingIn(0, { take: never }) });
    await untilQuiet();
    place.clock.advance(idempotencyHeldMs - 5_000);
    expect((await send({ ports: place.ports(1) })).receipt.id).toBe('id0');
  });

  it('is answered as the first when that ends while it waits', async () => {
    let finish: (() => void) | undefined;
    const ports = place.ports(0);
    const slow = dyingIn(0, {
      take: async (receipt, batch) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        await ports.intake.take(receipt, batch);
      },
    });
    const first = send({ ports: slow });
    await untilQuiet();
    let pauses = 0;
    const second = await send({
      ports: {
        ...place.ports(1),
        pause: async (ms) => {
          place.clock.advance(ms);
          if (++pauses === 3) finish!();
          if (pauses >= 3) await first;
        },
      },
    });
    expect(pauses).toBe(3);
    expect(second).toEqual(await first);
    expect(place.queue).toHaveLength(1);
  });

  it('is queued again where the batch failed or never came to the queue, and its receipt says what is so', async () => {
    const { receipt } = await send();
    const result = aResult({ receiptId: receipt.id, state: 'failed', written: 0, superseded: 0 });
    await place.catalog.closeReceipts([{ receipt, result }]);
    expect((await send({ ports: place.ports(1) })).receipt).toMatchObject({ id: receipt.id, state: 'failed' });
    const [first, second] = place.headers();
    expect(second).toEqual({ ...first, redriven: true });
    await place.write(place.queue[1]!);
    expect((await send()).receipt).toMatchObject({ id: receipt.id, state: 'visible' });
    expect(place.queue).toHaveLength(2);
  });

  it.each(['DELETING', 'gone'])('has its answer still when its sink is %s, and no other has', async (what) => {
    const first = await send();
    if (what === 'gone') await place.catalog.deleteSink(ourCaller.tenantId, sinkId, first.receipt.queuedAt);
    else await place.catalog.saveSink(aSink({ status: 'DELETING' }));
    expect(await send({ ports: place.ports(1) })).toEqual(first);
    const kind = what === 'gone' ? 'not_found' : 'incorrect_state';
    expect(await problemOf(() => send({ key: 'new' }))).toMatchObject({ kind });
    expect(await place.catalog.findIdempotencyKey(ourCaller.tenantId, sinkId, 'new')).toBeUndefined();
    expect(await problemOf(() => send({ body: bodyOf({ id: 3 }) }))).toMatchObject({ kind: 'key_reused' });
  });

  it('one of fifty that come at once is taken, and all are answered as it', async () => {
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const instances = Array.from({ length: 50 }, (_, i) => ({ ...place.ports(i), pause }));
    const answers = await Promise.all(instances.map((ports) => send({ ports })));
    for (const { receipt, outcomes } of answers) {
      expect(receipt).toEqual(answers[0]!.receipt);
      expect(outcomes).toEqual(answers[0]!.outcomes);
    }
    expect(place.queue).toHaveLength(1);
  });
});

describe('a request without a key', () => {
  it('asks the catalog for its sink and, once, its mapping and whether its tenant has a quota', async () => {
    const asked: string[] = [];
    const ports = place.ports();
    const spied = new Proxy(ports.catalog, {
      get: (catalog, name) => {
        asked.push(String(name));
        return Reflect.get(catalog, name);
      },
    });
    const accept = makeAcceptBatch({ ...ports, catalog: spied });
    const receipts: Receipt[] = [];
    for (const _ of [1, 2]) receipts.push((await accept(ourCaller, { sinkId, body })).receipt);
    expect(asked).toEqual(['findSink', 'findMapping', 'findTenantQuota', 'findSink']);
    expect(receipts[0]!.id).not.toBe(receipts[1]!.id);
    expect(place.queue).toHaveLength(2);
  });
});
