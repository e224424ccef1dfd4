import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import type { MappingRequest } from '../domain/mapping/mapping-request.ts';
import { resolveMapping } from '../domain/mapping/resolve-mapping.ts';
import { Problem } from '../domain/problem.ts';
import type { Mapping } from '../domain/sink.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import { mappingOf } from './create-sink.ts';
import { sinkNotFound } from './read-sinks.ts';

export interface ChangeSinkSchemaPorts {
  readonly catalog: Pick<Catalog, 'findSink' | 'findTable' | 'changeMapping'>;
}

export interface SchemaRequest extends MappingRequest, Pick<Mapping, 'allowMissingFields' | 'partialAcceptance'> {
  readonly sinkId: SinkId;
  /** Echoed by reads as it came. */
  readonly schema: unknown;
}

/** Tries at one change before it is given up: each loss means that another change was saved. */
const triesMax = 5;

/**
 * Gives a sink a new mapping, at the next revision. Requests accepted before keep the one that they were accepted under,
 * also those still queued; a replay brings them under the new one.
 * @throws Problem `not_found`, or as for a sink that is created so
 */
export async function changeSinkSchema(
  { catalog }: ChangeSinkSchemaPorts,
  { tenantId }: Pick<Caller, 'tenantId'>,
  request: SchemaRequest,
): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const sink = await catalog.findSink(tenantId, request.sinkId);
    if (!sink) throw sinkNotFound(request.sinkId);
    if (sink.status !== 'ACTIVE')
      throw new Problem(
        'incorrect_state',
        `Sink '${sink.name}' is ${sink.status}; its schema changes while it is ACTIVE.`,
      );
    const table = await catalog.findTable(tenantId, sink.tableId);
    if (!table) throw sinkNotFound(request.sinkId);
    const next = { ...sink, schema: request.schema, mappingRevision: sink.mappingRevision + 1 };
    try {
      await catalog.changeMapping(next, mappingOf(next, resolveMapping(request, table), request));
      return;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
  throw new Problem('incorrect_state', 'Others keep changing the sink; try again in a moment.');
}
