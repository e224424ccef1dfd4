import { createHash } from 'node:crypto';
import { recordsOf } from '../domain/json/records-body.ts';
import type { RecordOutcome } from '../domain/outcome.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { AcceptBatch } from './accept-batch.ts';
import type { LoadedMapping } from './compiled-mappings.ts';
import type { ReplayTarget } from './send-again.ts';

export interface AcceptEditedPorts {
  readonly catalog: Pick<Catalog, 'changeQuarantined'>;
  readonly acceptBatch: AcceptBatch;
}

export interface AcceptedEdits {
  readonly receipts: readonly Receipt[];
  /** Those of the entries that were accepted. */
  readonly settled: readonly QuarantineEntry[];
  /** How many are refused still; their entries say why. */
  readonly refused: number;
}

/**
 * Accepts records that somebody mended: each as a request of its own, of now. A record that is not what was sent has no
 * claim to the place of that; where its producers give versions, those decide. The key binds it to entry and edit, so
 * that it is accepted once, however often the replay is tried.
 */
export async function acceptEdited(
  { catalog, acceptBatch }: AcceptEditedPorts,
  entries: readonly QuarantineEntry[],
  target: ReplayTarget,
  untilMs: number,
): Promise<AcceptedEdits> {
  const receipts: Receipt[] = [];
  const settled: QuarantineEntry[] = [];
  for (const entry of entries) {
    const outcome = outcomeOf(entry.edited!, target);
    if (outcome.kind === 'rejected') {
      await catalog.changeQuarantined(refusedAgain(entry, outcome, target.sink.mappingRevision));
      continue;
    }
    const body = bodyOf(entry.edited!);
    const key = `edited.${entry.id}.${createHash('sha256').update(body).digest('hex')}`;
    const { receipt } = await acceptBatch(entry, { sinkId: target.sink.id, body, idempotency: { key, untilMs } });
    receipts.push(receipt);
    settled.push(entry);
  }
  return { receipts, settled, refused: entries.length - settled.length };
}

/** What becomes of one record under a mapping. @param record JSON text */
export function outcomeOf(record: string, { map, exactNumbers }: LoadedMapping): RecordOutcome {
  return map(recordsOf(bodyOf(record), exactNumbers)[0]);
}

/** An entry whose record is refused for another reason than before, or by another mapping. */
export function refusedAgain(
  entry: QuarantineEntry,
  { reason, pointer, message, got, want }: Extract<RecordOutcome, { kind: 'rejected' }>,
  mappingRevision: number,
): QuarantineEntry {
  return { ...entry, reason, pointer, message, got, want, mappingRevision };
}

function bodyOf(record: string): string {
  return `{"records":[${record}]}`;
}
