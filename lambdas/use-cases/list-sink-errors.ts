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
/** The same with the request that the page before ended in, which is read once more. */
const entriesReadAgainMax = 3_000;

export interface SinkErrorsPage {
  readonly errors: readonly SinkError[];
  /** `after` of the next page; absent: there is no more. */
  readonly next?: QuarantineId;
}

/**
 * The newest errors of a sink, from what is in quarantine: records that were refused, requests that were discarded whole,
 * batches that could not be written. They are there once the consumer has had the batch, and go with its entries.
 * @param limit errors at most; fewer come back where requests lost thousands of records, and there may still be more
 * @throws Problem `not_found`
 */
export async function listSinkErrors(
  { catalog }: ListSinkErrorsPorts,
  caller: Caller,
  { sinkId, limit, after }: { readonly sinkId: SinkId; readonly limit: number; readonly after?: QuarantineId },
): Promise<SinkErrorsPage> {
  if (!(await catalog.findSink(caller.tenantId, sinkId))) throw sinkNotFound(sinkId);
  const entries: QuarantineEntry[] = [];
  const entriesMax = after === undefined ? entriesReadMax : entriesReadAgainMax;
  for (;;) {
    const from = entries.at(-1)?.id ?? (after && beforeRequestOf(after));
    const read = await catalog.listQuarantined(sinkId, { limit: entriesPerRead, ...(from && { after: from }) });
    entries.push(...read);
    const isAll = read.length < entriesPerRead;
    const all = errorsOf(isAll ? entries : ofWholeRequests(entries));
    const errors = after === undefined ? all : all.filter(({ newest }) => newest < after);
    if (!isAll && errors.length <= limit && entries.length < entriesMax) continue;
    const shown = errors.slice(0, limit);
    const next = isAll && errors.length <= limit ? undefined : shown.at(-1)?.newest;
    return { errors: shown.map(({ newest: _, ...error }) => error), ...(next !== undefined && { next }) };
  }
}

/** Where reading begins so that the request of an entry is read whole: before all ids that begin as its does. */
function beforeRequestOf(id: QuarantineId): QuarantineId {
  return `${id.slice(0, id.lastIndexOf('-'))}.` as QuarantineId;
}

/** Without those of the last request, of which there may be more. */
function ofWholeRequests(entries: readonly QuarantineEntry[]): readonly QuarantineEntry[] {
  const last = entries.at(-1)?.receiptId;
  return entries.filter(({ receiptId }) => receiptId !== last);
}

/** An error with the first of its entries in the order of reading, by which pages know it. */
type FoundError = SinkError & { readonly newest: QuarantineId };

/** In the order of the entries; the first record of a cause is that with the lowest position. */
function errorsOf(entries: readonly QuarantineEntry[]): FoundError[] {
  const causeOf = ({ receiptId, reason, message }: QuarantineEntry) => JSON.stringify([receiptId, reason, message]);
  return Array.from(Map.groupBy(entries, causeOf).values(), (alike) => {
    const first = alike.reduce((a, b) => (b.position < a.position ? b : a));
    const { sinkId, receiptId, position, reason, pointer, message, mappingRevision, at } = first;
    const error = { sinkId, receiptId, position, reason, pointer, message, mappingRevision, at };
    return { ...error, records: alike.length, newest: alike[0]!.id };
  });
}
