import type { DatabaseId } from '../../../domain/ids.ts';
import { itemProblem } from '../../../domain/mapping/mapping-request.ts';
import { versionItem } from '../../../domain/mapping/resolve-version.ts';
import { Problem } from '../../../domain/problem.ts';
import type { V1CreateSinkBody } from '../../../generated/request-bodies.ts';
import type { SinkRequest } from '../../../use-cases/create-sink.ts';
import { requestedKey, schemaEcho } from '../featurebase-sink.ts';
import { readFieldType } from './field-type.ts';

type Definition = V1CreateSinkBody['schema']['definition'];
type SinkFields = Pick<SinkRequest, 'items' | 'timeQuantum'>;

/**
 * A /v1 sink: its items carry types, and columns that the table lacks are made.
 * @throws Problem that names the field, in the words of FeatureBase's ingester
 */
export function sinkRequestOf(body: V1CreateSinkBody): SinkRequest {
  const { name, sink_details: details, schema } = body;
  return {
    databaseId: databaseIdOf(details),
    tableName: details.table,
    name,
    nameDialect: 'v1',
    ...schemaRequestOf(schema),
  };
}

/** The `schema` of a sink, as it is made or changed. */
export function schemaRequestOf(schema: V1CreateSinkBody['schema']) {
  return {
    schema: schemaEcho(schema),
    key: requestedKey(schema),
    ...fieldsOf(schema.definition),
    allowMissingFields: schema.allow_missing_fields,
    partialAcceptance: schema.partial_acceptance ?? false,
    createColumns: true,
  };
}

/** From July 2022 on the cloud took `database_id` beside `deployment_id`. */
function databaseIdOf({ deployment_id, database_id }: V1CreateSinkBody['sink_details']): DatabaseId {
  if (deployment_id && database_id && deployment_id !== database_id)
    throw new Problem(
      'invalid_parameter',
      'sink_details has a deployment_id and another database_id; they name one thing.',
      {
        parameter: 'sink_details.database_id',
      },
    );
  const id = deployment_id || database_id;
  if (id) return id as DatabaseId;
  throw new Problem('missing_parameter', 'sink_details.deployment_id is missing.', {
    parameter: 'sink_details.deployment_id',
  });
}

function fieldsOf(definition: Definition): SinkFields {
  const items: SinkFields['items'][number][] = [];
  const names = new Map<string, number>();
  let timeQuantum: SinkFields['timeQuantum'];
  definition.forEach(({ name, path: sent, type, config }, i) => {
    const place = `failed to initialize schema for field ${name}`;
    checkNew(name, i, names);
    const path = sent ?? [name];
    if (name === versionItem) {
      items.push({ name, path });
      return;
    }
    const field = readFieldType(type, config, place);
    if (field.kind === 'column') {
      checkRange(field.type, place);
      items.push({ name, path, type: field.type, ...(field.readAs ? { readAs: field.readAs } : {}) });
    } else if (timeQuantum)
      throw new Problem(
        'invalid_parameter',
        `schema.definition[${i}]: a record has one recordTime, and ${name} is the second.`,
      );
    else timeQuantum = { path, readAs: field.readAs };
  });
  return { items, ...(timeQuantum ? { timeQuantum } : {}) };
}

/** The records' time is no column, and its name is taken all the same. */
function checkNew(name: string, index: number, seen: Map<string, number>): void {
  const first = seen.get(name);
  if (first !== undefined) throw itemProblem(index, `the name '${name}' is that of definition[${first}] already`);
  seen.set(name, index);
}

/** FeatureBase's ingester refuses a Max without a Min. */
function checkRange(type: NonNullable<SinkFields['items'][number]['type']>, place: string): void {
  if (type.type !== 'int' || type.max === undefined || type.min !== undefined) return;
  throw new Problem('invalid_parameter', `${place}: Max is there without Min; send both.`);
}
