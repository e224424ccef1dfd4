import type { Database } from '../../../domain/database.ts';
import type { V1CreateDeploymentBody, V1PutDeploymentBody } from '../../../generated/request-bodies.ts';
import type { DatabaseRequest } from '../../../use-cases/check-database.ts';
import type { SinkView } from '../../../use-cases/read-sinks.ts';
import { sinkIn } from '../featurebase-sink.ts';
import { assertUnchanged } from '../unchanged.ts';

export function databaseRequestOf({ name, deployment_options: options }: V1CreateDeploymentBody): DatabaseRequest {
  return { name, ...(options?.shape ? { shape: options.shape } : {}) };
}

/** Members that a PUT may change, and those that change by themselves. */
const free = ['name', 'deployment_options', 'deployment_status', 'cause', 'revision'];

/** @throws Problem that names what cannot be changed */
export function databaseChangeOf(body: V1PutDeploymentBody, database: Database): DatabaseRequest {
  assertUnchanged(body, deploymentView(database), free);
  return databaseRequestOf({ ...body, name: body.name ?? database.name });
}

/** A deployment as /v1 shows it; `deployment_status` is never the last key, for shell clients. */
export function deploymentView(database: Database): object {
  const { id, name, status, cause, shape, createdBy, createdAt, revision } = database;
  return {
    id,
    name,
    deployment_status: status,
    ...(cause === undefined ? {} : { cause }),
    deployment_options: { shape },
    owner: createdBy,
    created_at: createdAt,
    revision,
  };
}

/**
 * A deployment of the list, with its sinks: the page on ingest endpoints polls them here. The single deployment has none,
 * because shell clients take the one `"id"` out of it.
 */
export function listedDeploymentView(database: Database, sinks: readonly SinkView[]): object {
  return {
    ...deploymentView(database),
    sinks: sinks.map(({ sink, table }) => ({
      id: sink.id,
      name: sink.name,
      status: sinkIn('v1', sink).status,
      table: table.name,
      mapping_revision: sink.mappingRevision,
    })),
  };
}
