import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../../lambdas/adapters/catalog/catalog.ts';
import type { AppliedRevision } from '../../../lambdas/domain/archive.ts';
import type { Batch } from '../../../lambdas/domain/batch.ts';
import type { ArchiveId, BatchId, ReceiptId } from '../../../lambdas/domain/ids.ts';
import { compileMapping } from '../../../lambdas/domain/mapping.ts';
import type { Receipt } from '../../../lambdas/domain/receipt.ts';
import type { Catalog } from '../../../lambdas/ports/catalog/catalog.ts';
import { RevisionConflict } from '../../../lambdas/ports/catalog/resources.ts';
import type { Intake } from '../../../lambdas/ports/intake.ts';
import type { StoredBatch } from '../../../lambdas/use-cases/replay-sources.ts';
import { type ReplayTarget, sendAgain } from '../../../lambdas/use-cases/send-again.ts';
import { aMapping, anArchiveEntry, aReplay, aSink, ours } from '../../conformance/catalog-entities.ts';
import { openTestStores, type TestStores } from '../../conformance/open-test-stores.ts';

let opened: TestStores;
let catalog: Catalog;
beforeAll(() => {
  opened = openTestStores();
  catalog = makeCatalog(opened.stores.items);
});
afterAll(() => opened.close());

const version = '0'.repeat(14);
let batches = 0;
/** A request of four records that is in the archive: of those with whole ids a mapping makes rows. */
async function archived(
  ids: readonly unknown[],
  applied: readonly AppliedRevision[],
  positions?: readonly number[],
): Promise<StoredBatch> {
  const id = `a${++batches}`;
  await catalog.addArchived([anArchiveEntry({ id, records: 4, version, applied })]);
  const body = JSON.stringify({ records: ids.map((one) => ({ value: { id: one } })) });
  return { receiptId: 'r1' as ReceiptId, batchId: id as BatchId, version, body, ...(positions && { positions }) };
}

function target(revision: number): ReplayTarget {
  const mapping = aMapping({ revision });
  return { sink: aSink({ mappingRevision: revision }), mapping, map: compileMapping(mapping), exactNumbers: false };
}

const replay = aReplay({ id: 'p1', sinkId: 's1', into: 's1' });
const appliedOf = async ({ batchId }: StoredBatch) =>
  (await catalog.findArchived(ours, replay.sinkId, batchId as string as ArchiveId))?.applied;

/** What an intake takes; it may break off before it. */
function intake(breaks = false) {
  const taken: { receipt: Receipt; batch: Batch }[] = [];
  const port: Intake = {
    async take(receipt, batch) {
      if (breaks) throw new Error('crashed');
      taken.push({ receipt, batch });
      await catalog.openReceipt(receipt);
    },
  };
  return { taken, port };
}

const send = (
  stored: StoredBatch,
  revision: number,
  port: Intake,
  more: Partial<Parameters<typeof sendAgain>[0]> = {},
) => sendAgain({ catalog, intake: port, clock: opened.clock, ...more }, replay, target(revision), stored);

describe('records sent again', () => {
  it('keep version and places, under a receipt that follows from replay and batch', async () => {
    const stored = await archived([1, 'x'], [{ revision: 1, except: [] }], [3, 1]);
    const { taken, port } = intake();
    const receipt = await send(stored, 2, port);
    const replayed = {
      receiptId: 'r1',
      batchId: stored.batchId,
      positions: [3, 1],
      applied: [{ revision: 1, except: [] }],
    };
    expect(receipt).toMatchObject({
      id: `p1.${stored.batchId}`,
      version,
      mappingRevision: 2,
      received: 2,
      accepted: 1,
      replayed,
    });
    expect(receipt.exceptions).toMatchObject([{ position: 1, reason: 'invalid_key' }]);
    expect(taken).toHaveLength(1);
    expect(taken[0]!.batch).toMatchObject({
      header: { version, rejected: [1], replayed },
      payload: { body: stored.body },
    });
  });

  it('are sent once', async () => {
    const stored = await archived([1], [{ revision: 1, except: [] }]);
    const { taken, port } = intake();
    const first = await send(stored, 2, port);
    expect(await send(stored, 3, port)).toEqual(first);
    expect(taken).toHaveLength(1);
  });

  it('into another sink note nothing, and name no revisions', async () => {
    const stored = await archived([1], [{ revision: 1, except: [] }]);
    const { taken, port } = intake();
    await sendAgain({ catalog, intake: port, clock: opened.clock }, aReplay({ id: 'p2' }), target(2), stored);
    expect(await appliedOf(stored)).toEqual([{ revision: 1, except: [] }]);
    expect(taken[0]!.batch.header.replayed).not.toHaveProperty('applied');
  });

  it('that are none are answered and queue nothing', async () => {
    const stored = await archived([], [{ revision: 1, except: [] }]);
    const { taken, port } = intake();
    expect(await send(stored, 2, port)).toMatchObject({ state: 'rejected', received: 0 });
    expect(taken).toEqual([]);
    expect(await catalog.findReceipt(ours, `p1.${stored.batchId}` as ReceiptId)).toBeDefined();
  });
});

describe('the revisions under which the archive knows rows of a batch', () => {
  const one = [{ revision: 1, except: [2] }];

  it.each<[string, readonly unknown[], readonly number[] | undefined, readonly AppliedRevision[]]>([
    ['of all its records', [1, 2, 3, 4], undefined, [...one, { revision: 5, except: [] }]],
    ['but of those refused', [1, 'x', 3, 'y'], undefined, [...one, { revision: 5, except: [1, 3] }]],
    ['of those sent alone', [3, 1], [3, 1], [...one, { revision: 5, except: [0, 2] }]],
    ['of none, which is nothing to note', ['x', 'y'], [0, 1], one],
  ])('are joined by that of now: %s', async (_what, ids, positions, expected) => {
    const stored = await archived(ids, one, positions);
    await send(stored, 5, intake().port);
    expect(await appliedOf(stored)).toEqual(expected);
  });

  it('know more and more records of one revision, and forget none', async () => {
    const stored = await archived(
      [7],
      [
        { revision: 4, except: [0, 1, 2, 3] },
        { revision: 5, except: [1, 2, 3] },
      ],
      [2],
    );
    await send(stored, 5, intake().port);
    const expected = [
      { revision: 4, except: [0, 1, 2, 3] },
      { revision: 5, except: [1, 3] },
    ];
    expect(await appliedOf(stored)).toEqual(expected);
  });

  it('are noted before the batch is queued, and once when it broke off between the two', async () => {
    const stored = await archived([1, 2, 3, 4], one);
    await expect(send(stored, 5, intake(true).port)).rejects.toThrow('crashed');
    const noted = [...one, { revision: 5, except: [] }];
    expect(await appliedOf(stored)).toEqual(noted);
    const { taken, port } = intake();
    await send(stored, 5, port);
    expect(await appliedOf(stored)).toEqual(noted);
    expect(taken[0]!.batch.header.replayed!.applied).toEqual(noted);
  });

  it('are noted over what somebody else noted in between', async () => {
    const stored = await archived([1, 2, 3, 4], one);
    let losses = 0;
    const saveArchived: Catalog['saveArchived'] = async (entry) => {
      if (losses++ === 0) {
        await catalog.saveArchived({ ...entry, applied: [...one, { revision: 4, except: [] }] });
        throw new RevisionConflict('somebody was faster');
      }
      return catalog.saveArchived(entry);
    };
    const { taken, port } = intake();
    await send(stored, 5, port, { catalog: { ...catalog, saveArchived } });
    const others = [...one, { revision: 4, except: [] }];
    expect(await appliedOf(stored)).toEqual([...others, { revision: 5, except: [] }]);
    expect(taken[0]!.batch.header.replayed!.applied).toEqual(others);
  });

  it('are not looked for where the entry is gone: then there is nothing to take back by', async () => {
    const stored = { ...(await archived([1], one)), batchId: 'gone' as BatchId };
    const { taken, port } = intake();
    await send(stored, 5, port);
    expect(taken[0]!.batch.header.replayed!.applied).toEqual([]);
  });
});
