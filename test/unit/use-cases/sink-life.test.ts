import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { SinkId } from '../../../lambdas/domain/ids.ts';
import type { Receipt } from '../../../lambdas/domain/receipt.ts';
import type { Sink, SinkStatus } from '../../../lambdas/domain/sink.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { RevisionConflict } from '../../../lambdas/ports/catalog/resources.ts';
import { changeSinkSchema } from '../../../lambdas/use-cases/change-sink-schema.ts';
import { deleteSink } from '../../../lambdas/use-cases/delete-sink.ts';
import { getSink, listSinks } from '../../../lambdas/use-cases/read-sinks.ts';
import { type SettlePorts, settleSink, settleTable } from '../../../lambdas/use-cases/settle.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('the life of a sink', () => {
  let plane: ControlPlane;
  let caller: Caller;
  let table: Table;
  let sink: Sink;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    plane.rowStore.makes = 'at once';
    caller = plane.newCaller();
    table = await plane.newTable(caller, await plane.newDatabase(caller));
    sink = await plane.newSink(caller, table);
  });

  const remove = () => deleteSink(plane.ports, caller, { sinkId: sink.id });
  const status = async () => (await getSink(plane.ports, caller, { sinkId: sink.id })).sink.status;
  const goesOn = (stored: Partial<Sink>) => plane.ports.catalog.saveSink({ ...sink, ...stored });

  it('is gone at once when nothing is under way, and its name is free', async () => {
    await remove();
    expect(await refusalOf(getSink(plane.ports, caller, { sinkId: sink.id }))).toMatchObject({ kind: 'not_found' });
    expect(await refusalOf(remove())).toMatchObject({ kind: 'not_found' });
    expect(await listSinks(plane.ports, caller)).toEqual([]);
    await plane.newSink(caller, table, { name: sink.name });
  });

  it.each(['visible', 'failed'] as const)('drains first, and is gone once what it took is %s', async (state) => {
    const receipts = [plane.queuedReceipt(sink), plane.queuedReceipt(sink)];
    for (const receipt of receipts) await plane.ports.catalog.openReceipt(receipt);
    await remove();
    expect(await status()).toBe('DELETING');
    await remove();
    expect(await status()).toBe('DELETING');
    for (const [i, receipt] of receipts.entries()) {
      expect((await listSinks(plane.ports, caller)).map((view) => view.sink.status)).toEqual(['DELETING']);
      const result = {
        receiptId: receipt.id,
        sinkId: sink.id,
        state,
        written: 1,
        superseded: 0,
        quarantined: 0,
        changed: 0,
        at: `${i}`,
      };
      await plane.ports.catalog.closeReceipts([{ receipt, result }]);
    }
    expect(await listSinks(plane.ports, caller)).toEqual([]);
    expect(await refusalOf(status())).toMatchObject({ kind: 'not_found' });
  });

  describe('that has a new mapping', () => {
    const end = async (receipt: Receipt, state: 'visible' | 'failed') => {
      const counts = { written: 1, superseded: 0, quarantined: 0, changed: 0 };
      const result = { receiptId: receipt.id, sinkId: sink.id, state, ...counts, at: '' };
      await plane.ports.catalog.closeReceipts([{ receipt, result }]);
    };
    const remap = async () => {
      const schema = { schema: {}, key: { kind: 'mapped' as const }, items: [{ name: '_id', path: ['other'] }] };
      const options = { allowMissingFields: true, createColumns: false };
      await changeSinkSchema(plane.ports, caller, { sinkId: sink.id, ...schema, ...options });
      return (await plane.ports.catalog.findSink(caller.tenantId, sink.id))!;
    };
    const open = (of: Sink) => {
      const receipt = plane.queuedReceipt(of);
      return plane.ports.catalog.openReceipt(receipt).then(() => receipt);
    };

    it.each(['visible', 'failed'] as const)(
      'is RESTARTING until what came under the older one is %s, while newer records keep coming',
      async (state) => {
        const older = [await open(sink), await open(sink)];
        const restarting = await remap();
        for (const receipt of older) {
          await open(restarting);
          expect(await status()).toBe('RESTARTING');
          await end(receipt, state);
        }
        await open(restarting);
        expect(await status()).toBe('ACTIVE');
        expect(await plane.ports.catalog.hasPending(sink.id)).toBe(true);
      },
    );

    it('is ACTIVE at the first look when nothing of an older one waits', async () => {
      expect((await remap()).status).toBe('RESTARTING');
      expect(await status()).toBe('ACTIVE');
    });

    it('waits for each older one after a second change, and not for what is newest', async () => {
      const first = await open(sink);
      const second = await open(await remap());
      const last = await remap();
      expect(last).toMatchObject({ status: 'RESTARTING', mappingRevision: 3 });
      await open(last);
      await end(first, 'visible');
      expect(await status()).toBe('RESTARTING');
      await end(second, 'visible');
      expect(await status()).toBe('ACTIVE');
    });

    it('ends like any other, once all that it took is written', async () => {
      const [older, newer] = [await open(sink), await open(await remap())];
      await remove();
      await end(older, 'visible');
      expect(await status()).toBe('DELETING');
      await end(newer, 'visible');
      expect(await refusalOf(status())).toMatchObject({ kind: 'not_found' });
    });
  });

  it.each<SinkStatus>(['CREATING', 'FAILED'])('ends from %s too, and its cause goes', async (from) => {
    sink = await goesOn({ status: from, cause: 'something' });
    await plane.ports.catalog.openReceipt(plane.queuedReceipt(sink));
    await remove();
    const { sink: draining } = await getSink(plane.ports, caller, { sinkId: sink.id });
    expect(draining.status).toBe('DELETING');
    expect(draining.cause).toBeUndefined();
  });

  it('ends although somebody saves it in between', async () => {
    let disturbed = false;
    const catalog = {
      ...plane.ports.catalog,
      saveSink: async (changed: Sink) => {
        if (!disturbed) {
          disturbed = true;
          await goesOn({ cause: 'in between' });
        }
        return plane.ports.catalog.saveSink(changed);
      },
    };
    await deleteSink({ ...plane.ports, catalog }, caller, { sinkId: sink.id });
    expect(await refusalOf(status())).toMatchObject({ kind: 'not_found' });
  });

  it('gives up ending it when somebody saves it in between every time', async () => {
    const catalog = { ...plane.ports.catalog, saveSink: () => Promise.reject(new RevisionConflict()) };
    const call = deleteSink({ ...plane.ports, catalog }, caller, { sinkId: sink.id });
    expect(await refusalOf(call)).toMatchObject({ kind: 'incorrect_state' });
  });

  it('takes the status that another reader saved first', async () => {
    const old = await goesOn({ status: 'CREATING' });
    expect(await settleSink(plane.ports, old)).toMatchObject({ status: 'ACTIVE' });
    expect(await settleSink(plane.ports, old)).toMatchObject({ status: 'ACTIVE' });
  });

  it('is FAILED when its table went while it was being made', async () => {
    const orphan = await goesOn({ status: 'CREATING' });
    const catalog = { ...plane.ports.catalog, findTable: async () => undefined };
    expect(await settleSink({ ...plane.ports, catalog }, orphan)).toMatchObject({
      status: 'FAILED',
      cause: 'Its table does not exist.',
    });
  });

  it.each<SinkStatus>(['ACTIVE', 'FAILED'])('costs no look at any fact while it is %s', async (settled) => {
    expect(await settleSink(untouchable, { ...sink, status: settled })).toMatchObject({ status: settled });
  });

  it.each(['ACTIVE', 'FAILED'] as const)('a table that is %s costs none either', async (settled) => {
    expect(await settleTable(untouchable, { ...table, status: settled })).toMatchObject({ status: settled });
  });

  it('an unknown one is not found', async () => {
    const place = { sinkId: 'nope' as SinkId };
    for (const call of [getSink(plane.ports, caller, place), deleteSink(plane.ports, caller, place)])
      expect(await refusalOf(call)).toEqual({ kind: 'not_found', message: 'Sink "nope" does not exist.' });
  });
});

/** Ports that must not be called. */
const untouchable = new Proxy({} as SettlePorts, {
  get: (_target, name) => {
    throw new Error(`${String(name)} was used`);
  },
});
