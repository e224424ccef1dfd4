import type { DatabaseId } from '../../../domain/ids.ts';
import type { Table } from '../../../domain/table.ts';
import type { V1CreateTableBody } from '../../../generated/request-bodies.ts';
import type { TableRequest } from '../../../use-cases/create-table.ts';
import { columnView } from '../featurebase-column-options.ts';

/** A /v1 table has no columns until its first sink, which also decides how rows are named. */
export function tableRequestOf(databaseId: DatabaseId, { name, description }: V1CreateTableBody): TableRequest {
  return { databaseId, name, description: description ?? '', trackExistence: true, columns: [] };
}

export function tableView({ id, name, cause, description, ...table }: Omit<Table, 'status'>, status: string): object {
  return {
    id,
    name,
    status,
    ...(cause === undefined ? {} : { cause }),
    description,
    deployment_id: table.databaseId,
    owner: table.createdBy,
    created_at: table.createdAt,
    fields: table.columns.map(columnView),
  };
}
