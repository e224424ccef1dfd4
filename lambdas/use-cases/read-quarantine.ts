import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { QuarantineId, SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import type { ReplaySelection } from '../domain/replay.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { acceptedMsOf, idBeforeTime, isSelectedTime } from './selected-times.ts';

/** Entries read at a time. */
const entriesPerRead = 500;
/** Entries that one call looks at, whether it shows them or not: bounds its time. */
const entriesLookedAtMax = 10_000;

export interface QuarantineFilter
  extends Pick<ReplaySelection, 'receiptId' | 'reason' | 'acceptedFrom' | 'acceptedTo'> {
  readonly pointer?: string;
  readonly mappingRevision?: number;
}

export interface QuarantinePage {
  readonly entries: readonly QuarantineEntry[];
  /** `after` of the next page; absent: there is no more. */
  readonly next?: QuarantineId;
}

/**
 * Refused records of a sink, newest first, also once the sink itself is gone. A page may hold fewer than asked for, or
 * none, and still have a next one: a filter that few entries pass is looked for in steps.
 */
export async function listQuarantined(
  { catalog }: { readonly catalog: Pick<Catalog, 'listQuarantined'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, filter, limit, after }: { sinkId: SinkId; filter: QuarantineFilter; limit: number; after?: QuarantineId },
): Promise<QuarantinePage> {
  const { acceptedFrom } = filter;
  const last = acceptedFrom === undefined ? undefined : idBeforeTime(acceptedFrom);
  const found: QuarantineEntry[] = [];
  // Not from `acceptedTo` on: what a replay brought from another sink has an id of that later time.
  let from = after;
  for (let lookedAt = 0; lookedAt < entriesLookedAtMax; ) {
    const read = await catalog.listQuarantined(sinkId, {
      limit: entriesPerRead,
      ...(from !== undefined && { after: from }),
    });
    for (const entry of read) {
      if (last !== undefined && entry.id < last) return { entries: found };
      from = entry.id;
      if (entry.tenantId === tenantId && passes(entry, filter)) found.push(entry);
      if (found.length === limit) return { entries: found, next: from };
    }
    if (read.length < entriesPerRead) return { entries: found };
    lookedAt += read.length;
  }
  return { entries: found, ...(from !== undefined && { next: from }) };
}

function passes(entry: QuarantineEntry, filter: QuarantineFilter): boolean {
  return (
    (filter.receiptId === undefined || entry.receiptId === filter.receiptId) &&
    (filter.reason === undefined || entry.reason === filter.reason) &&
    (filter.pointer === undefined || entry.pointer === filter.pointer) &&
    (filter.mappingRevision === undefined || entry.mappingRevision === filter.mappingRevision) &&
    isSelectedTime(filter, acceptedMsOf(entry))
  );
}

export interface QuarantinePlace {
  readonly sinkId: SinkId;
  readonly id: QuarantineId;
}

/** @throws Problem `not_found`, also for another tenant's entry */
export async function getQuarantined(
  { catalog }: { readonly catalog: Pick<Catalog, 'findQuarantined'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, id }: QuarantinePlace,
): Promise<QuarantineEntry> {
  const entry = await catalog.findQuarantined(tenantId, sinkId, id);
  if (!entry) throw new Problem('not_found', `Quarantine entry ${shown(id)} does not exist (any more).`);
  return entry;
}

/**
 * Takes a record out of quarantine for good.
 * @throws Problem `not_found`
 */
export async function discardQuarantined(
  ports: { readonly catalog: Pick<Catalog, 'findQuarantined' | 'removeQuarantined'> },
  caller: Pick<Caller, 'tenantId'>,
  place: QuarantinePlace,
): Promise<QuarantineEntry> {
  const entry = await getQuarantined(ports, caller, place);
  await ports.catalog.removeQuarantined(place.sinkId, [place.id]);
  return entry;
}
