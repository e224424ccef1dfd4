import type { ArchiveEntry } from '../domain/archive.ts';
import type { ArchiveId, SinkId } from '../domain/ids.ts';
import { minuteMs, noTraffic, type Traffic, withBatch } from '../domain/metrics.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { idAtTime } from './selected-times.ts';

/** Counts what came to a sink, minute by minute. */
export interface TrafficCounter {
  /** Entries read so far. */
  entries(): number;
  /** @param startMs start of a minute */
  trafficOf(startMs: number): Promise<Traffic>;
}

/** Archive entries read at a time: half a megabyte. */
const entriesPerRead = 1_000;

/**
 * Counts from the archive, whose ids hold the time of acceptance. Minutes that follow one upon the other are read in one go.
 * The time in an id is that of its maker's clock, but does not go back with it.
 */
export function trafficCounter(catalog: Pick<Catalog, 'listArchived'>, sinkId: SinkId): TrafficCounter {
  let page: readonly ArchiveEntry[] = [];
  let place = 0;
  /** What was read last, or where reading begins. */
  let after = '' as ArchiveId;
  let isLastPage = false;
  let entries = 0;
  let readToMs: number | undefined;

  async function nextPage(): Promise<void> {
    page = await catalog.listArchived(sinkId, { limit: entriesPerRead, after });
    place = 0;
    after = page.at(-1)?.id ?? after;
    isLastPage = page.length < entriesPerRead;
    entries += page.length;
  }

  return {
    entries: () => entries,
    async trafficOf(startMs) {
      if (readToMs !== startMs) {
        [page, place, isLastPage] = [[], 0, false];
        after = idAtTime(startMs) as ArchiveId;
      }
      readToMs = startMs + minuteMs;
      const end = idAtTime(readToMs);
      let traffic = noTraffic;
      for (;;) {
        for (let entry = page[place]; entry; entry = page[++place]) {
          if (entry.id > end) return traffic;
          traffic = withBatch(traffic, entry);
        }
        if (isLastPage) return traffic;
        await nextPage();
      }
    },
  };
}
