import { expect } from '@jest/globals';
import type { AcceptanceTarget } from './acceptance-target.ts';
import type { HeadgateApi } from './headgate-api.ts';

/**
 * Holds the places where a table's rows are against each other: queries (segments), rows by key (row store) and, where
 * the target lets us look below, what lies in DynamoDB and in the Parquet files on S3.
 * @returns the rows, null values left out
 */
export async function expectStoresAgree(
  target: AcceptanceTarget,
  api: HeadgateApi,
  databaseId: string,
  table: string,
): Promise<Record<string, unknown>[]> {
  const rows = (await api.select(databaseId, `select * from ${table}`)).map(withoutNulls);
  for (const row of rows) {
    const path = `/v2/tables/${databaseId}/${table}/rows/${encodeURIComponent(String(row['_id']))}`;
    const { status, body } = await api.get<Record<string, unknown>>(path);
    expect([status, withoutNulls(body)]).toEqual([200, row]);
  }
  if (target.storedRows) {
    const { dynamo, parquet } = await target.storedRows(databaseId, table);
    const byKey = new Map(rows.map((row) => [String(row['_id']), row]));
    expect(dynamo).toEqual(byKey);
    expect(parquet).toEqual(byKey);
  }
  return rows;
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
