import type { DatabaseId } from '../../../domain/ids.ts';
import type { V2CreateSinkBody } from '../../../generated/request-bodies.ts';
import type { SinkRequest } from '../../../use-cases/create-sink.ts';
import { requestedKey, schemaEcho } from '../featurebase-sink.ts';

/**
 * A /v2 sink: a mapping onto columns that exist. `type` and `config`, which the cloud's own screens still sent, are
 * ignored: the types are the table's.
 */
export function sinkRequestOf({ name, sink_details: details, schema }: V2CreateSinkBody): SinkRequest {
  return {
    databaseId: details.database_id as DatabaseId,
    tableName: details.table,
    name,
    nameDialect: 'v2',
    ...schemaRequestOf(schema),
  };
}

/** The `schema` of a sink, as it is made or changed. */
export function schemaRequestOf(schema: V2CreateSinkBody['schema']) {
  return {
    schema: schemaEcho(schema),
    key: requestedKey(schema),
    items: schema.definition.map((item) => ({ name: item.name, path: item.path ?? [item.name] })),
    allowMissingFields: schema.allow_missing_fields,
    partialAcceptance: schema.partial_acceptance ?? false,
    createColumns: false,
  };
}
