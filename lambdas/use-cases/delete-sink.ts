import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Sink } from '../domain/sink.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import { sinkNotFound } from './read-sinks.ts';
import { type SettlePorts, settleSink } from './settle.ts';

/** Tries at the change to DELETING: a sink moves on at most a few times while it is being deleted. */
const triesMax = 5;

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
  for (let tries = 0; tries < triesMax; tries += 1) {
    const sink = await ports.catalog.findSink(caller.tenantId, sinkId);
    if (!sink) throw sinkNotFound(sinkId);
    assertPrecondition(precondition, validatorsOf(sink));
    const deleting = await markDeleting(ports, sink);
    if (!deleting) continue;
    await settleSink(ports, deleting);
    return;
  }
  throw new Problem('incorrect_state', 'Others keep changing the sink; try again in a moment.');
}

/** undefined when somebody else saved the sink first. */
async function markDeleting({ catalog }: SettlePorts, sink: Sink): Promise<Sink | undefined> {
  if (sink.status === 'DELETING') return sink;
  try {
    const { cause: _, ...kept } = sink;
    return await catalog.saveSink({ ...kept, status: 'DELETING' });
  } catch (error) {
    if (error instanceof RevisionConflict) return undefined;
    throw error;
  }
}
