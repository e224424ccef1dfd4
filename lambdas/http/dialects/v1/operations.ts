import type { SinkId } from '../../../domain/ids.ts';
import {
  isV1CreateDeploymentBody,
  isV1CreateSinkBody,
  isV1CreateTableBody,
  isV1PutDeploymentBody,
  isV1SinkSchemaBody,
} from '../../../generated/request-validators.js';
import { changeSinkSchema } from '../../../use-cases/change-sink-schema.ts';
import { preconditionOf } from '../../etag.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import { type Operation, paramOf } from '../../operation.ts';
import { readBody } from '../../request-body.ts';
import type { HandlerNameOf } from '../../route-table.ts';
import { type ResourceDialect, resourceOperations } from '../featurebase-resources.ts';
import { shapeOperations } from '../featurebase-shapes.ts';
import { databaseChangeOf, databaseRequestOf, deploymentView, listedDeploymentView } from './deployment.ts';
import { schemaRequestOf, sinkRequestOf } from './sink.ts';
import { tableRequestOf, tableView } from './table.ts';

type V1Name = Extract<HandlerNameOf<'control'>, `v1${string}`>;

const v1: ResourceDialect = {
  version: 'v1',
  readDatabase: (body) => databaseRequestOf(readBody(isV1CreateDeploymentBody, body)),
  readDatabaseChange: (body, database) => databaseChangeOf(readBody(isV1PutDeploymentBody, body), database),
  showDatabase: deploymentView,
  showDatabaseWithSinks: listedDeploymentView,
  readTable: (databaseId, body) => tableRequestOf(databaseId, readBody(isV1CreateTableBody, body)),
  showTable: tableView,
  readSink: (body) => sinkRequestOf(readBody(isV1CreateSinkBody, body)),
  sinkDetails: (id, table) => ({ deployment_id: id, database_id: id, table }),
};

/** The control calls of FeatureBase's /v1. */
export function v1Operations(ports: ControlPorts): Readonly<Record<V1Name, Operation>> {
  const operations = resourceOperations(ports, v1);
  return {
    v1CreateDeployment: operations.createDatabase,
    v1ListDeployments: operations.listDatabases,
    v1GetDeployment: operations.getDatabase,
    v1PutDeployment: operations.putDatabase,
    v1DeleteDeployment: operations.deleteDatabase,
    v1CreateTable: operations.createTable,
    v1ListTables: operations.listTables,
    v1GetTable: operations.getTable,
    v1DeleteTable: operations.deleteTable,
    v1CreateSink: operations.createSink,
    v1ListSinks: operations.listSinks,
    v1GetSink: operations.getSink,
    v1DeleteSink: operations.deleteSink,
    v1PutSinkSchema: async (request) => {
      const schema = schemaRequestOf(readBody(isV1SinkSchemaBody, request.body));
      const place = { sinkId: paramOf<SinkId>(request, 'sink_id'), precondition: preconditionOf(request) };
      await changeSinkSchema(ports, request.caller, { ...place, ...schema });
      return operations.getSink(request);
    },
    v1ListSinkErrors: operations.listSinkErrors,
    v1ListDeploymentShapes: shapeOperations.v1ListDeploymentShapes,
  };
}
