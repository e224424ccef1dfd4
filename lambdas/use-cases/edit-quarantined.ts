import type { Caller } from '../domain/caller.ts';
import { Problem } from '../domain/problem.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { outcomeOf, refusedAgain } from './accept-edited.ts';
import { getQuarantined, type QuarantinePlace } from './read-quarantine.ts';
import { targetOf } from './replay-records.ts';

export interface EditQuarantinedPorts {
  readonly catalog: Pick<Catalog, 'findQuarantined' | 'changeQuarantined' | 'findSink' | 'findMapping'>;
}

export interface EditedEntry {
  readonly entry: QuarantineEntry;
  /** Whether the sink would take it now; if not, the entry says why. */
  readonly isAccepted: boolean;
}

/**
 * Mends a record in quarantine: what came is kept beside it. A replay accepts it as a new record.
 * @param record JSON text of a record, or undefined to go back to what came
 * @throws Problem `not_found`; `incorrect_state` for a record of a batch that could not be written, of which a part may be
 */
export async function editQuarantined(
  ports: EditQuarantinedPorts,
  caller: Pick<Caller, 'tenantId'>,
  place: QuarantinePlace,
  record: string | undefined,
): Promise<EditedEntry> {
  const { edited: _, ...found } = await getQuarantined(ports, caller, place);
  if (found.reason === 'write_failed')
    throw new Problem(
      'incorrect_state',
      'Nothing is wrong with this record: its batch could not be written. Redrive it by its receipt, or replay it as it is.',
      { receipt_id: found.receiptId },
    );
  const target = await targetOf(ports, { tenantId: caller.tenantId, into: place.sinkId });
  const outcome = outcomeOf(record ?? found.record, target);
  const kept = record === undefined ? found : { ...found, edited: record };
  const isRefused = outcome.kind === 'rejected';
  const entry = isRefused ? refusedAgain(kept, outcome, target.sink.mappingRevision) : kept;
  if (!(await ports.catalog.changeQuarantined(entry)))
    throw new Problem('not_found', `Quarantine entry ${place.id} does not exist any more.`);
  return { entry, isAccepted: !isRefused };
}
