import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import { sinkNotFound } from './read-sinks.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { type SettlePorts, settleSink } from './settle.ts';

/**
 * Ends a sink: from now on it takes no records, and once those it took are visible it is gone. Again while it drains is
 * harmless.
 * @throws Problem `not_found` once it is gone
 */
export async function deleteSink(
  ports: SettlePorts,
  caller: Caller,
  { sinkId, precondition = {} }: { readonly sinkId: SinkId; readonly precondition?: Precondition },
): Promise<void> {
  const deleting = await retryConflicts('sink', async () => {
    const sink = await ports.catalog.findSink(caller.tenantId, sinkId);
    if (!sink) throw sinkNotFound(sinkId);
    assertPrecondition(precondition, validatorsOf(sink));
    if (sink.status === 'DELETING') return sink;
    const { cause: _, ...kept } = sink;
    return ports.catalog.saveSink({ ...kept, status: 'DELETING' });
  });
  await settleSink(ports, deleting);
}
