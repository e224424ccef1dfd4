import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, DynamoDBClient, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { decodeValue, type StoredItem } from '../../lambdas/adapters/aws/dynamo-item-format.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { Table } from '../../lambdas/domain/table.ts';

/** Where a deployment keeps what: from the outputs of its stacks. */
export interface AwsStores {
  readonly catalogTable: string;
  readonly bucket: string;
  readonly rowTablePrefix: string;
}

/** Values by column name, `_id` included; what is absent or null is left out. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** One table's rows as other programs find them, by the text of `_id`. */
export interface StoredRows {
  readonly dynamo: ReadonlyMap<string, PlainRow>;
  readonly parquet: ReadonlyMap<string, PlainRow>;
}

/**
 * Reads a table past the product: its DynamoDB table item by item, its Parquet objects as files. Of several files with
 * one key the newest value of a column counts, and members of sets add up: enough where nothing was cleared or deleted.
 */
export async function readStoredRows(stores: AwsStores, databaseId: string, name: string): Promise<StoredRows> {
  const [dynamo, s3] = [new DynamoDBClient(), new S3Client()];
  try {
    const items = (partition: string, prefix: string) => catalogValues(dynamo, stores, partition, prefix);
    const [named] = (await items(`database#${databaseId}`, `table-name#${name}`)) as { id: string }[];
    if (!named) throw new Error(`the catalog has no table ${name} of database ${databaseId}`);
    const segments = (await items(`segments#${named.id}`, 'segment#')) as Segment[];
    const tenantId = segments[0]?.rowsKey.split('/')[0];
    const [table] = (await items(`tenant#${tenantId}`, `table#${named.id}`)) as Table[];
    return {
      dynamo: await rowsOfTable(dynamo, stores.rowTablePrefix + named.id),
      parquet: await rowsOfFiles(s3, stores.bucket, table!, segments),
    };
  } finally {
    dynamo.destroy();
    s3.destroy();
  }
}

async function catalogValues(
  client: DynamoDBClient,
  { catalogTable }: AwsStores,
  partition: string,
  prefix: string,
): Promise<unknown[]> {
  const query = {
    TableName: catalogTable,
    KeyConditionExpression: 'p = :p AND begins_with(s, :s)',
    ExpressionAttributeValues: { ':p': { S: partition }, ':s': { S: prefix } },
  };
  const values: unknown[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    values.push(...Items.map((item) => decodeValue(item as StoredItem)));
  }
  return values;
}

async function rowsOfTable(client: DynamoDBClient, TableName: string): Promise<Map<string, PlainRow>> {
  const rows = new Map<string, PlainRow>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const { _v, ...item } of Items) {
      if (item['_deleted']) continue;
      const row = Object.fromEntries(
        Object.entries(item).flatMap(([name, value]) => (value.NULL ? [] : [[name, plain(value)]])),
      );
      rows.set(String(row['_id']), row);
    }
  }
  return rows;
}

function plain({ S, N, BOOL, SS, NS }: AttributeValue): unknown {
  if (N !== undefined) return Number(N);
  if (SS !== undefined || NS !== undefined) return (SS ?? NS!.map(Number)).toSorted(ascending);
  return S ?? BOOL;
}

async function rowsOfFiles(
  s3: S3Client,
  Bucket: string,
  { columns }: Table,
  segments: readonly Segment[],
): Promise<Map<string, PlainRow>> {
  const folder = await mkdtemp(join(tmpdir(), 'headgate-parquet-'));
  try {
    for (const { id, rowsKey: Key } of segments) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      await writeFile(join(folder, `${id}.parquet`), await Body!.transformToByteArray());
    }
    const files = `read_parquet('${folder}/*.parquet', union_by_name = true)`;
    const connection = await (await DuckDBInstance.create()).connect();
    const read = await connection.runAndReadAll(`SELECT * FROM ${files} WHERE NOT gone ORDER BY exists_at`);
    const rows = new Map<string, PlainRow>();
    for (const found of read.getRowObjectsJson()) {
      const key = String(found['key']);
      const { _id: _, ...earlier } = rows.get(key) ?? {};
      const values = columns.flatMap(({ id, name }) => {
        const value = found[id];
        if (value === null || value === undefined) return [];
        return [[name, Array.isArray(value) ? union(earlier[name], value) : numeric(value)]];
      });
      rows.set(key, { ...earlier, ...Object.fromEntries(values), _id: numeric(found['key']) });
    }
    connection.closeSync();
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** DuckDB's JSON form gives 64-bit integers and decimals as text. */
function numeric(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function union(earlier: unknown, members: readonly unknown[]): unknown[] {
  return [...new Set([...((earlier as unknown[] | undefined) ?? []), ...members.map(numeric)])].sort(ascending);
}

const ascending = (a: unknown, b: unknown) => ((a as string) < (b as string) ? -1 : 1);
