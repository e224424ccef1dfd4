import { Problem } from '../../domain/problem.ts';
import type { SinkRequest } from '../../use-cases/create-sink.ts';
import type { SinkView } from '../../use-cases/read-sinks.ts';

/** The part of a sink's `schema` that both dialects share. */
export interface SinkSchema {
  readonly id_field?: string | null;
  readonly primary_key_fields?: readonly string[] | null;
}

/**
 * How the client names rows: exactly one of `id_field` and `primary_key_fields`; clients send the other as null.
 * @throws Problem when both or neither are there
 */
export function requestedKey({ id_field: field, primary_key_fields: fields }: SinkSchema): SinkRequest['key'] {
  const hasField = field !== undefined && field !== null && field !== '';
  const hasFields = fields !== undefined && fields !== null && fields.length > 0;
  if (hasField && hasFields)
    throw new Problem('invalid_parameter', 'schema has both id_field and primary_key_fields; send one of them.', {
      parameter: 'schema.id_field',
    });
  if (hasField) return { kind: 'id', field };
  if (hasFields) return { kind: 'fields', fields };
  throw new Problem(
    'missing_parameter',
    'schema has neither id_field nor primary_key_fields; one of them names the rows.',
    {
      parameter: 'schema.id_field',
    },
  );
}

/**
 * The `schema` as GET shows it: as it was sent, except that whole numbers beyond 2^53 become text, which no JSON parser
 * on the way rounds. A create call takes such text back.
 */
export function schemaEcho(schema: object): unknown {
  return JSON.parse(
    JSON.stringify(schema, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)),
  );
}

/** A sink in a dialect's words: what /v2 calls RESTARTING is UPDATING in /v1. */
export function sinkIn<S extends { readonly status: string }>(version: 'v1' | 'v2', sink: S): S {
  return version === 'v1' && sink.status === 'RESTARTING' ? { ...sink, status: 'UPDATING' } : sink;
}

/**
 * A sink as both dialects show it. No text that shell clients cut out stands last in its object.
 * @param details `sink_details` in the dialect's words
 * @param endpoint absolute address that takes its records
 * @param lost see `lostColumns`
 */
export function sinkView(
  { id, name, status, cause, schema, createdBy, createdAt, mappingRevision }: SinkView['sink'],
  details: object,
  endpoint: string,
  lost: readonly string[],
): object {
  return {
    id,
    name,
    status,
    ...(cause === undefined ? {} : { cause }),
    sink_details: details,
    schema,
    ...(lost.length > 0 && { lost_columns: lost }),
    ingest_endpoint: endpoint,
    owner: createdBy,
    created_at: createdAt,
    mapping_revision: mappingRevision,
  };
}
