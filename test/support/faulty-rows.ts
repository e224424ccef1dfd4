import { type DynamoRowParts, makeDynamoRowStore } from '../../lambdas/adapters/aws/dynamo-row-store.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { newTable, put } from '../conformance/row-store-tables.ts';
import { AnswerLost, type DynamoCall, DynamoError, type MemoryItem, makeMemoryDynamo } from './memory-dynamo.ts';

/** What happens to a request instead of the usual. */
export type Fate = (call: DynamoCall) => unknown;

export const writeOperations = ['BatchExecuteStatement', 'PutItem'];

/** Nothing is done. */
export function failing(error: () => Error): Fate {
  return () => {
    throw error();
  };
}

export const throttled: Fate = failing(() => new DynamoError('ProvisionedThroughputExceededException'));
export const broken: Fate = failing(() => new DynamoError('InternalServerError', 500));
export const silent: Fate = failing(() => new AnswerLost('the connection broke'));

/** All is done, and the answer lost. */
export const answerLost: Fate = (call) => {
  call.apply();
  throw new AnswerLost('the connection broke');
};

/** The first requests of these operations fare as told, all others as usual. */
export function script(operations: readonly string[], fates: readonly Fate[]): Fate {
  let next = 0;
  return (call) => {
    const fate = operations.includes(call.operation) ? fates[next++] : undefined;
    return fate ? fate(call) : call.apply();
  };
}

/** A table of rows in a DynamoDB whose requests may fail, and looks at what it holds. */
export function openFaultyRows(table: TableShape = newTable([{ type: 'int' }, { type: 'stringset' }])) {
  const memory = makeMemoryDynamo();
  const items = new Map<string, MemoryItem>();
  memory.tables.set(`rows-${table.id}`, items);
  return {
    memory,
    table,
    items,
    /** A store over the table that never pauses. */
    storeWith(intercept?: Fate, parts: Pick<DynamoRowParts, 'rowBytesMax'> = {}): RowStore {
      const usual = { tablePrefix: 'rows-', recovery: true, tags: {}, pause: async () => {} };
      return makeDynamoRowStore({ ...usual, ...parts, dynamo: memory.client(intercept) });
    },
    /** One record a key, each with a number and a member of its own. */
    rowsOf: (keys: readonly number[], stamp = '1'): RowState[] =>
      keys.map((key) => put(table, key, [key, [`member ${key} ${stamp}`]], stamp)),
    /** How often the item of a key was written. */
    revisionOf: (key: number): number => JSON.parse(items.get(`N ${key}`)!['_v']!.S!)[0],
    callsOf: (...operations: string[]) => memory.calls.filter((call) => operations.includes(call)).length,
  };
}

export type FaultyRows = ReturnType<typeof openFaultyRows>;

export function keysUpTo(count: number): number[] {
  return Array.from({ length: count }, (_, key) => key);
}
