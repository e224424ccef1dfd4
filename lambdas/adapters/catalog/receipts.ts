import type { IdempotencyRecord } from '../../domain/idempotency.ts';
import type { SinkId } from '../../domain/ids.ts';
import { receiptDaysMax, retentionDays } from '../../domain/limits.ts';
import type { BatchResult, Receipt } from '../../domain/receipt.ts';
import type { Receipts } from '../../ports/catalog/receipts.ts';
import type { Item, ItemStore, ItemWrite } from '../../ports/item-store.ts';
import { idempotencyKey, pendingKey, pendingPartition, receiptKey } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';
import { findValue } from './saved-entity.ts';

type Closing = Parameters<Receipts['closeReceipts']>[0][number];

/** Receipts closed by one transaction: each takes two of its 100 writes. */
const closingsPerTransaction = 50;
/** Revisions of a receipt's item by state: they grow with each move that there is, so that no two moves meet. */
const revisions = { queued: 1, failed: 2, visible: 3, rejected: 3 } as const;

/** Pending markers read at a time. */
const markersPerRead = 1_000;

/** That a receipt is queued, and under which mapping it was accepted. */
interface PendingMarker {
  readonly mappingRevision: number;
}

/** Receipts by id, a marker for each that is queued, and the idempotency keys that lead to them. */
export function makeReceipts(items: ItemStore): Receipts {
  return {
    async openReceipt(receipt) {
      const marker = receipt.state === 'queued' ? [{ put: pendingItem(receipt) }] : [];
      // Where the receipt is there, its batch was written already: then neither it nor the marker is put.
      await items.transact([{ put: receiptItem(receipt), if: 'absent' }, ...marker]);
    },
    async forgetReceipt({ tenantId, sinkId, id, state }) {
      if (state === 'failed' || state === 'visible') return;
      const opened = { delete: receiptKey(tenantId, id), if: revisions[state] };
      await items.transact([opened, { delete: pendingKey(sinkId, id) }]);
    },
    findReceipt: (tenantId, id) => findValue<Receipt>(items, receiptKey(tenantId, id)),
    async closeReceipts(closings) {
      const firsts = Map.groupBy(closings, ({ receipt }) => receipt.id).values();
      const distinct = Array.from(firsts, ([first]) => first!);
      const chunks = Array.from({ length: Math.ceil(distinct.length / closingsPerTransaction) }, (_, i) =>
        distinct.slice(i * closingsPerTransaction, (i + 1) * closingsPerTransaction),
      );
      await Promise.all(chunks.map((chunk) => closeChunk(items, chunk)));
    },
    async hasPending(sinkId) {
      const [marker] = await items.query(pendingPartition(sinkId), { limit: 1 });
      return marker !== undefined;
    },
    hasPendingBefore: (sinkId, revision) => hasMarkerBefore(items, sinkId, revision),
    bindIdempotencyKey: (record) => bind(items, record),
    findIdempotencyKey: (tenantId, sinkId, key) =>
      findValue<IdempotencyRecord>(items, idempotencyKey(tenantId, sinkId, key)),
    async releaseIdempotencyKey(record) {
      await items.write([{ put: bindingItem({ ...record, released: true }) }]);
    },
  };
}

/** Closes those that can still move; reads again when one of them was opened or closed meanwhile. */
async function closeChunk(items: ItemStore, closings: readonly Closing[]): Promise<void> {
  for (;;) {
    const stored = await items.get(closings.map(({ receipt }) => receiptKey(receipt.tenantId, receipt.id)));
    const writes = closings.flatMap((closing, i) => closingWrites(closing, stored[i]));
    if (writes.length === 0 || (await items.transact(writes)) === undefined) return;
  }
}

function closingWrites({ receipt, result }: Closing, stored: Item | undefined): ItemWrite[] {
  const standing = (stored?.value as Receipt | undefined) ?? receipt;
  const moves = standing.state === 'queued' || (standing.state === 'failed' && result.state === 'visible');
  if (stored && !moves) return [];
  return [
    { put: receiptItem(moves ? ended(standing, result) : standing), if: stored ? stored.revision : 'absent' },
    { delete: pendingKey(standing.sinkId, standing.id) },
  ];
}

function ended({ failedAt: _, cause: __, ...receipt }: Receipt, result: BatchResult): Receipt {
  const { state, written, superseded, quarantined, changed, at, cause } = result;
  const time = state === 'visible' ? { visibleAt: at } : { failedAt: at };
  const counts = { written, superseded, quarantined, changed };
  return { ...receipt, state, ...counts, ...time, ...(cause !== undefined && { cause }) };
}

function receiptItem(receipt: Receipt): Item {
  return {
    ...receiptKey(receipt.tenantId, receipt.id),
    revision: revisions[receipt.state],
    value: receipt,
    expiresAtSeconds: expiresAfter(receipt.queuedAt, receiptDaysMax),
  };
}

function pendingItem({ sinkId, id, mappingRevision, queuedAt }: Receipt): Item {
  const expiresAtSeconds = expiresAfter(queuedAt, receiptDaysMax);
  const value: PendingMarker = { mappingRevision };
  return { ...pendingKey(sinkId, id), revision: 0, value, expiresAtSeconds };
}

/**
 * Reads markers in the order of acceptance, so that one of an older revision is among the first, but for replays, and clocks
 * that differ. All of them are read only where there is none, and that is once: the sink goes on then. New ones come at the
 * end meanwhile, far slower than this reads. A marker of before there were revisions in them counts as old.
 */
async function hasMarkerBefore(items: ItemStore, sinkId: SinkId, revision: number): Promise<boolean> {
  let after: string | undefined;
  for (;;) {
    const page = await items.query(pendingPartition(sinkId), {
      limit: markersPerRead,
      ...(after !== undefined && { after }),
    });
    if (page.some(({ value }) => ((value as Partial<PendingMarker>).mappingRevision ?? 0) < revision)) return true;
    if (page.length < markersPerRead) return false;
    after = page.at(-1)!.sort;
  }
}

async function bind(items: ItemStore, record: IdempotencyRecord): Promise<IdempotencyRecord> {
  const put = bindingItem(record);
  for (;;) {
    if ((await items.transact([{ put, if: 'absent' }])) === undefined) return record;
    const standing = await findValue<IdempotencyRecord>(items, put);
    // Undefined only when the binding expired between the two calls.
    if (standing) return standing;
  }
}

function bindingItem(record: IdempotencyRecord): Item {
  return {
    ...idempotencyKey(record.tenantId, record.sinkId, record.key),
    revision: 0,
    value: record,
    expiresAtSeconds: expiresAfter(record.acceptedAt, retentionDays),
  };
}
