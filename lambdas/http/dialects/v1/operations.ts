import {
  isV1CreateDeploymentBody,
  isV1CreateSinkBody,
  isV1CreateTableBody,
} from '../../../generated/request-validators.js';
import type { ControlPorts } from '../../handler-ports.ts';
import type { Operation } from '../../operation.ts';
import { readBody } from '../../request-body.ts';
import type { HandlerNameOf } from '../../route-table.ts';
import { type ResourceDialect, resourceOperations } from '../featurebase-resources.ts';
import { databaseRequestOf, deploymentView, listedDeploymentView } from './deployment.ts';
import { sinkRequestOf } from './sink.ts';
import { tableRequestOf, tableView } from './table.ts';

type V1Name = Extract<HandlerNameOf<'control'>, `v1${string}`>;

const v1: ResourceDialect = {
  version: 'v1',
  readDatabase: (body) => databaseRequestOf(readBody(isV1CreateDeploymentBody, body)),
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
    v1DeleteDeployment: operations.deleteDatabase,
    v1CreateTable: operations.createTable,
    v1ListTables: operations.listTables,
    v1GetTable: operations.getTable,
    v1DeleteTable: operations.deleteTable,
    v1CreateSink: operations.createSink,
    v1ListSinks: operations.listSinks,
    v1GetSink: operations.getSink,
    v1DeleteSink: operations.deleteSink,
    v1ListSinkErrors: operations.listSinkErrors,
  };
}
