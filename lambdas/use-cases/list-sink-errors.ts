import type { Caller } from '../domain/caller.ts';
import type { QuarantineId, SinkId } from '../domain/ids.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { sinkNotFound } from './read-sinks.ts';

export interface ListSinkErrorsPorts {
  readonly catalog: Pick<Catalog, 'findSink' | 'listQuarantined'>;
}

/** One error of a request: all its records that were not stored for the same cause, named by the first. */
export interface SinkError extends Omit<QuarantineEntry, OfOneRecord> {
  readonly records: number;
}

/** What an entry says of one record alone, or of no use in a list of errors. */
type OfOneRecord = 'id' | 'tenantId' | 'batchId' | 'version' | 'record' | 'edited' | 'got' | 'want';

/** Entries read at a time. */
const entriesPerRead = 500;
/** Entries that one call reads at most: two full requests, so that at least one is shown whole. */
const entriesReadMax = 2_000;

/**
 * The newest errors of a sink, from what is in quarantine: records that were refused, requests that were discarded whole,
 * batches that could not be written. They are there once the consumer has had the batch, and go with its entries.
 * @param limit errors at most; fewer come back where the newest requests lost thousands of records
 * @throws Problem `not_found`
 */
export async function listSinkErrors(
  { catalog }: ListSinkErrorsPorts,
  caller: Caller,
  { sinkId, limit }: { readonly sinkId: SinkId; readonly limit: number },
): Promise<readonly SinkError[]> {
  if (!(await catalog.findSink(caller.tenantId, sinkId))) throw sinkNotFound(sinkId);
  const entries: QuarantineEntry[] = [];
  for (;;) {
    const after: QuarantineId | undefined = entries.at(-1)?.id;
    const read = await catalog.listQuarantined(sinkId, { limit: entriesPerRead, ...(after && { after }) });
    entries.push(...read);
    const isAll = read.length < entriesPerRead;
    const errors = errorsOf(isAll ? entries : ofWholeRequests(entries));
    if (isAll || errors.length >= limit || entries.length >= entriesReadMax) return errors.slice(0, limit);
  }
}

/** Without those of the last request, of which there may be more. */
function ofWholeRequests(entries: readonly QuarantineEntry[]): readonly QuarantineEntry[] {
  const last = entries.at(-1)?.receiptId;
  return entries.filter(({ receiptId }) => receiptId !== last);
}

/** In the order of the entries; the first record of a cause is that with the lowest position. */
function errorsOf(entries: readonly QuarantineEntry[]): SinkError[] {
  const causeOf = ({ receiptId, reason, message }: QuarantineEntry) => JSON.stringify([receiptId, reason, message]);
  return Array.from(Map.groupBy(entries, causeOf).values(), (alike) => {
    const first = alike.reduce((a, b) => (b.position < a.position ? b : a));
    const { sinkId, receiptId, position, reason, pointer, message, mappingRevision, at } = first;
    const error = { sinkId, receiptId, position, reason, pointer, message, mappingRevision, at };
    return { ...error, records: alike.length };
  });
}
