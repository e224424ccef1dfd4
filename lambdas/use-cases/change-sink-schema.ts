import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import type { MappingRequest } from '../domain/mapping/mapping-request.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Mapping, Sink } from '../domain/sink.ts';
import { takesRecords } from '../domain/sink-state.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { growTable, mappingOf } from './create-sink.ts';
import { sinkNotFound } from './read-sinks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface ChangeSinkSchemaPorts {
  readonly catalog: Pick<Catalog, 'findSink' | 'findTable' | 'saveTable' | 'changeMapping'>;
}

export interface SchemaRequest extends MappingRequest, Pick<Mapping, 'allowMissingFields' | 'partialAcceptance'> {
  readonly sinkId: SinkId;
  readonly precondition?: Precondition;
  /** Echoed by reads as it came. */
  readonly schema: unknown;
}

/**
 * Gives a sink a new mapping, at the next revision. Requests accepted before keep the one that they were accepted under,
 * also those still queued; a replay brings them under the new one. The sink is RESTARTING until the last of those is
 * written, and takes records under the new mapping all the while. A request that is under way at this moment may have read
 * the older one; nobody waits for it.
 * @throws Problem `not_found`, or as for a sink that is created so
 */
export async function changeSinkSchema(
  { catalog }: ChangeSinkSchemaPorts,
  { tenantId }: Pick<Caller, 'tenantId'>,
  request: SchemaRequest,
): Promise<void> {
  await retryConflicts('sink', async () => {
    const sink = await catalog.findSink(tenantId, request.sinkId);
    if (!sink) throw sinkNotFound(request.sinkId);
    assertPrecondition(request.precondition ?? {}, validatorsOf(sink));
    if (!takesRecords(sink))
      throw new Problem(
        'incorrect_state',
        `Sink '${sink.name}' is ${sink.status}; its schema changes while it is ACTIVE or RESTARTING.`,
      );
    const readTable = async () => {
      const table = await catalog.findTable(tenantId, sink.tableId);
      if (!table) throw sinkNotFound(request.sinkId);
      return table;
    };
    const { resolved } = await growTable(catalog, readTable, request);
    const mappingRevision = sink.mappingRevision + 1;
    const next: Sink = { ...sink, status: 'RESTARTING', schema: request.schema, mappingRevision };
    await catalog.changeMapping(next, mappingOf(next, resolved, request));
  });
}
