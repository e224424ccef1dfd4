import type { DatabaseId, ReceiptId } from '../../../domain/ids.ts';
import { tableValidator } from '../../../domain/precondition.ts';
import {
  isV2CreateColumnBody,
  isV2CreateDatabaseBody,
  isV2CreateSinkBody,
  isV2CreateTableBody,
  isV2PutDatabaseBody,
  isV2PutTableBody,
} from '../../../generated/request-validators.js';
import { addColumn } from '../../../use-cases/add-column.ts';
import { describeTable } from '../../../use-cases/describe-table.ts';
import { dropColumn } from '../../../use-cases/drop-column.ts';
import { getReceipt } from '../../../use-cases/get-receipt.ts';
import { getRow } from '../../../use-cases/get-row.ts';
import { prettyAnswer } from '../../answer.ts';
import { preconditionOf, withEtag } from '../../etag.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../../operation.ts';
import { readBody } from '../../request-body.ts';
import type { HandlerNameOf } from '../../route-table.ts';
import { columnTypeOf } from '../featurebase-column-options.ts';
import { getSinkMetrics } from '../featurebase-metrics.ts';
import { receiptView } from '../featurebase-receipt.ts';
import { type ResourceDialect, resourceOperations } from '../featurebase-resources.ts';
import { rowView } from '../featurebase-row.ts';
import { shapeOperations } from '../featurebase-shapes.ts';
import { auditOperations } from './audit-operations.ts';
import { databaseChangeOf, databaseRequestOf, databaseView } from './database.ts';
import { identityKeyOperations } from './identity-key-operations.ts';
import { identityOperations } from './identity-operations.ts';
import { quotaOperations } from './quota-operations.ts';
import { sinkRequestOf } from './sink.ts';
import { storedRecordsOperations } from './stored-records-operations.ts';
import { descriptionOf, tableRequestOf, tableView } from './table.ts';

type V2Name = Exclude<HandlerNameOf<'control'>, `v1${string}`>;

const v2: ResourceDialect = {
  version: 'v2',
  readDatabase: (body) => databaseRequestOf(readBody(isV2CreateDatabaseBody, body)),
  readDatabaseChange: (body, database) => databaseChangeOf(readBody(isV2PutDatabaseBody, body), database),
  showDatabase: databaseView,
  readTable: (databaseId, body) => tableRequestOf(databaseId, readBody(isV2CreateTableBody, body)),
  showTable: tableView,
  readSink: (body) => sinkRequestOf(readBody(isV2CreateSinkBody, body)),
  sinkDetails: (id, table) => ({ database_id: id, table }),
};

/** The control calls of FeatureBase's /v2, and what Headgate adds to it. Column calls answer the table as it then is. */
export function v2Operations(ports: ControlPorts): Readonly<Record<V2Name, Operation>> {
  const resources = resourceOperations(ports, v2);
  return {
    ...resources,
    ...storedRecordsOperations(ports, resources.getSink),
    ...quotaOperations(ports),
    ...identityOperations(ports),
    ...identityKeyOperations(ports),
    ...auditOperations(ports),
    getSinkMetrics: getSinkMetrics(ports),
    listDatabaseShapes: shapeOperations.listDatabaseShapes,
    putTable: async (request) => {
      const { databaseId, tableName: name } = tableOf(request);
      const body = readBody(isV2PutTableBody, request.body);
      const place = { databaseId, name, precondition: preconditionOf(request) };
      const table = await describeTable(ports, request.caller, place, (stored) => descriptionOf(body, stored));
      return withEtag(prettyAnswer(200, tableView(table, table.status)), tableValidator(table));
    },
    createColumn: async (request) => {
      const place = columnOf(request);
      const type = columnTypeOf(readBody(isV2CreateColumnBody, request.body), `Column '${place.name.slice(0, 40)}'`);
      const table = await addColumn(ports, request.caller, { ...place, type });
      return prettyAnswer(201, tableView(table, table.status));
    },
    deleteColumn: async (request) => {
      const table = await dropColumn(ports, request.caller, columnOf(request));
      return prettyAnswer(202, tableView(table, table.status));
    },
    getRow: async (request) => {
      const place = { ...tableOf(request), key: paramOf(request, 'row_id') };
      const { table, row } = await getRow(ports, request.caller, place);
      return prettyAnswer(200, rowView(table, row));
    },
    getReceipt: async (request) => {
      const receiptId = paramOf<ReceiptId>(request, 'receipt_id');
      return prettyAnswer(200, receiptView(await getReceipt(ports, request.caller, { receiptId })));
    },
  };
}

function tableOf(request: OperationRequest) {
  return { databaseId: paramOf<DatabaseId>(request, 'database_id'), tableName: paramOf(request, 'table') };
}

function columnOf(request: OperationRequest) {
  return { ...tableOf(request), name: paramOf(request, 'column') };
}
