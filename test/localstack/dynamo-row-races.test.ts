import {
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coalesce, mergeRows, sameState, visibleRow } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { active, newTableId } from '../conformance/row-store-tables.ts';
import { operations, sampleColumns } from '../property/row-arbitraries.ts';
import { impatientRetries } from '../support/memory-dynamo.ts';
import { applyInOrder, type Operation, operationState } from '../support/row-history.ts';
import { type DynamoRows, localDynamo, openDynamoRows } from './open-dynamo-rows.ts';

const seed = Date.now() % 2 ** 31;
/** So few that all consumers write to all of them. */
const keys = [0, 1, 2];
/** Of a hundred requests, those that meet each kind of fault. */
const faultsOfHundred = 15;

/** A write and the consumers that it is delivered to, some of them twice. */
interface Delivered {
  readonly operation: Operation;
  readonly key: number;
  readonly to: readonly (readonly [consumer: number, batch: number])[];
}

const delivered: fc.Arbitrary<Delivered> = fc.record({
  operation: operations,
  key: fc.constantFrom(...keys),
  to: fc.array(fc.tuple(fc.nat(1), fc.nat(5)), { minLength: 1, maxLength: 3 }),
});

describe('two consumers that merge into the same rows of DynamoDB', () => {
  let place: DynamoRows;
  beforeAll(() => {
    place = openDynamoRows();
  });
  afterAll(() => place.close());

  it(`come to what the history says, through throttling and lost answers (seed ${seed})`, async () => {
    const histories = fc.array(delivered, { minLength: 20, maxLength: 60 });
    const faults = fc.infiniteStream(fc.noBias(fc.nat(99)));
    const property = fc.asyncProperty(histories, faults, async (history, luck) => {
      const table: TableShape = { id: newTableId(), keyType: 'id', columns: sampleColumns };
      const clients = [0, 1].map(() => faultyClient(() => luck.next().value!));
      await active(place.make(), table);
      const writes = history.map(({ operation, key }, i) => stateAt(operation, i, key));
      await Promise.all(
        clients.map((dynamo, i) =>
          consume(place.make({ dynamo, pause: async () => {} }), table, batchesFor(i, history, writes)),
        ),
      );
      for (const dynamo of clients) dynamo.destroy();
      await expectHistory(place.make(), table, history, writes);
      await place.make().drop(table.id);
    });
    await fc.assert(property, { numRuns: 12, seed, endOnFailure: true });
  }, 120_000);
});

/** Later writes have higher stamps. */
function stateAt(operation: Operation, place: number, key: number): RowState {
  return operationState(operation, String(place).padStart(4, '0'), sampleColumns, key);
}

/** What a consumer is given: in batches, each of which holds later and earlier writes. */
function batchesFor(consumer: number, history: readonly Delivered[], writes: readonly RowState[]): RowState[][] {
  const batches = Array.from({ length: 6 }, (): RowState[] => []);
  history.forEach(({ to }, i) => {
    for (const [taker, batch] of to) if (taker === consumer) batches[batch]!.push(writes[i]!);
  });
  return batches;
}

/** Merges batches one after the other; one that fails goes to the end, as a message that returns to its queue. */
async function consume(store: RowStore, table: TableShape, batches: readonly RowState[][]): Promise<void> {
  const waiting = batches.map((rows) => ({ rows: coalesce(rows), deliveries: 0 }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    try {
      await store.merge(table, next.rows);
    } catch (error) {
      if (next.deliveries === 5) throw error;
      waiting.push({ rows: next.rows, deliveries: next.deliveries + 1 });
    }
  }
}

/** By the merge rule to the last stamp, and by the oracle that knows no stamps. */
async function expectHistory(
  store: RowStore,
  table: TableShape,
  history: readonly Delivered[],
  writes: readonly RowState[],
): Promise<void> {
  const states = await store.get(table, keys);
  for (const key of keys) {
    const ofKey = writes.filter((write) => write.key === key);
    const state = states[key];
    if (ofKey.length === 0) {
      expect(state).toBeUndefined();
      continue;
    }
    expect(sameState(state!, ofKey.reduce(mergeRows))).toBe(true);
    const operationsOfKey = history.filter((write) => write.key === key).map(({ operation }) => operation);
    expect(visibleRow(state!, table.columns)?.values).toEqual(applyInOrder(operationsOfKey, table.columns));
  }
}

/** A client whose requests are throttled, or whose answers are lost or left in part, as luck has it. */
function faultyClient(luck: () => number): DynamoDBClient {
  const dynamo = localDynamo({ retryStrategy: impatientRetries() });
  dynamo.middlewareStack.add(
    (next) => async (args) => {
      const draw = luck();
      if (draw < faultsOfHundred)
        throw new ProvisionedThroughputExceededException({ message: 'planted', $metadata: {} });
      const result = await next(args);
      if (draw < 2 * faultsOfHundred) throw Object.assign(new Error('planted'), { code: 'ECONNRESET' });
      if (draw < 3 * faultsOfHundred) leaveUnprocessed(result.output);
      return result;
    },
    // After the SDK's retries, so that these see it.
    { step: 'finalizeRequest', priority: 'low', name: 'plantedFaults' },
  );
  return dynamo;
}

/** Of a BatchGetItem's answer, moves the first item back among the keys that are still to be read. */
function leaveUnprocessed(output: object): void {
  const answer = output as BatchGetItemCommandOutput;
  for (const [name, items] of Object.entries('UnprocessedKeys' in answer ? answer.Responses! : {})) {
    const left = items.shift();
    if (left) answer.UnprocessedKeys = { [name]: { Keys: [{ _id: left['_id']! }] } };
  }
}
