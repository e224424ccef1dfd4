import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableId } from '../../domain/ids.ts';
import type { RowKey, RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import type { RowStore } from '../../ports/row-store.ts';
import { boundedParallel, chunksOf } from './bounded-parallel.ts';
import { kindOfError } from './dynamo-row-errors.ts';
import { makeRowCodec } from './dynamo-row-item.ts';
import { makeRowTables, type RowTableParts } from './dynamo-row-life.ts';
import { mergeRowsInto } from './dynamo-row-merge.ts';
import { keysPerReadMax, readItems, scanItems } from './dynamo-row-reads.ts';
import { canBeKey, keyAttribute } from './dynamo-row-scalars.ts';
import { makeJitteredPause, type RetryPause } from './jittered-pause.ts';

/** Requests of one `get` at a time. */
const readsAtOnceMax = 8;
/** Milliseconds before rows are tried again: other writers are done in a few, a throttled table recovers in a second. */
const rowPause = { baseMs: 25, maxMs: 1_000 };
/** Milliseconds before a table is looked at again: AWS makes or removes one in seconds. */
const tablePause = { baseMs: 200, maxMs: 2_000 };

export interface DynamoRowParts extends Pick<RowTableParts, 'recovery' | 'tags'> {
  readonly dynamo: DynamoDBClient;
  /** The physical table of table `T` is `<tablePrefix>T`. */
  readonly tablePrefix: string;
  /** Between tries; tests need not wait. */
  readonly pause?: RetryPause;
  /** Bytes of a row, where they are other than the product's; tests need not make large rows. */
  readonly rowBytesMax?: number;
}

/**
 * Rows in DynamoDB, one physical table per table; `dynamo-row-item.ts` has the layout of an item. Any number of stores
 * may write at the same time. Reads are strongly consistent. A table that is being deleted may still answer for some
 * seconds; ids of tables are never used again, so nobody asks.
 *
 * Unlike a merge into SQLite, one that fails has merged some of its rows; merging them again changes nothing.
 */
export function makeDynamoRowStore(parts: DynamoRowParts): RowStore {
  const { dynamo, pause = makeJitteredPause(rowPause) } = parts;
  const tableNameOf = (tableId: TableId): string => {
    if (!/^[\w-]+$/.test(tableId)) throw new RangeError('a table id is made of letters, digits, _ and -');
    return parts.tablePrefix + tableId;
  };
  const tables = makeRowTables({ ...parts, tableNameOf, pause: parts.pause ?? makeJitteredPause(tablePause) });

  /** Makes an error say what is wrong with the table. */
  async function explained(table: TableShape, error: unknown): Promise<unknown> {
    if (kindOfError(error) === 'no_table') return new Error(`table ${table.id} has no row store`);
    if (kindOfError(error) !== 'invalid') return error;
    await tables.assertKeyType(table);
    return new Error(`DynamoDB refused a request for table ${table.id}`);
  }

  /** @returns `absent` where there is no table */
  async function reading<T>(table: TableShape, absent: T, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (kindOfError(error) === 'no_table') return absent;
      throw await explained(table, error);
    }
  }

  async function statesOf(table: TableShape, keys: readonly RowKey[]): Promise<ReadonlyMap<RowKey, RowState>> {
    const codec = makeRowCodec(table);
    const attributes = [...new Set(keys)].filter(canBeKey).map((key) => keyAttribute(key, table.keyType));
    const items = await boundedParallel(readsAtOnceMax, chunksOf(keysPerReadMax, attributes), (chunk) =>
      readItems({ dynamo, pause }, tableNameOf(table.id), chunk),
    );
    return new Map(
      items
        .flat()
        .map((item) => codec.decode(item).state)
        .map((state) => [state.key, state]),
    );
  }

  return {
    create: tables.create,
    status: tables.status,
    drop: tables.drop,
    async merge(table, rows) {
      try {
        return await mergeRowsInto({ ...parts, pause }, tableNameOf(table.id), table, rows);
      } catch (error) {
        throw await explained(table, error);
      }
    },
    async get(table, keys) {
      const states = await reading(table, new Map<RowKey, RowState>(), () => statesOf(table, keys));
      return keys.map((key) => states.get(key));
    },
    async *scan(table) {
      const codec = makeRowCodec(table);
      const pages = scanItems({ dynamo, pause }, tableNameOf(table.id));
      for (;;) {
        const page = await reading(table, undefined, async () => (await pages.next()).value);
        if (!page) return;
        for (const item of page) yield codec.decode(item).state;
      }
    },
  };
}
