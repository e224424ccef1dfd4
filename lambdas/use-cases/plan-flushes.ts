import type { Batch, BatchHeader } from '../domain/batch.ts';
import { flushBytesMax, flushRecordsMax } from '../domain/limits.ts';

/** A queued batch by its header; its body is unpacked when it is wanted, so that an event of many does not fill the memory. */
export interface Delivery {
  readonly messageId: string;
  readonly header: BatchHeader;
  /** Characters of the unpacked message; the most that it may be where the body is kept apart. */
  readonly size: number;
  read(): Batch;
}

/**
 * Puts deliveries together into flushes: of one table each, and no larger than a consumer can hold. Tables with little
 * to write come first, so that one with much, or a slow one, takes no time from the others.
 */
export function planFlushes(deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] {
  const tables = [...Map.groupBy(deliveries, ({ header }) => header.tableId).values()];
  return tables.sort((a, b) => sizeOf(a) - sizeOf(b)).flatMap(split);
}

function split(deliveries: readonly Delivery[]): Delivery[][] {
  const flushes: Delivery[][] = [];
  let [records, size] = [0, 0];
  for (const delivery of deliveries) {
    const flush = flushes.at(-1);
    records += delivery.header.received;
    size += delivery.size;
    if (flush && records <= flushRecordsMax && size <= flushBytesMax) flush.push(delivery);
    else {
      flushes.push([delivery]);
      [records, size] = [delivery.header.received, delivery.size];
    }
  }
  return flushes;
}

function sizeOf(deliveries: readonly Delivery[]): number {
  return deliveries.reduce((sum, { size }) => sum + size, 0);
}
