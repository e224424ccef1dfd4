import { randomBytes } from 'node:crypto';
import {
  type CancellationReason,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { makeDynamoClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeDynamoItemStore } from '../../lambdas/adapters/aws/dynamo-item-store.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { Item } from '../../lambdas/ports/item-store.ts';
import { makeTestClock } from '../conformance/open-test-stores.ts';
import { makeMemoryObjects } from '../support/memory-objects.ts';
import {
  connectionLost,
  inTurn,
  makeCountedPause,
  nowhere,
  type Script,
  scriptService,
  serviceError,
} from '../support/scripted-aws.ts';

const table = 'items';
const item = (sort: string, value: unknown = { sort }): Item => ({ partition: 'p', sort, revision: 1, value });
const put = (sort: string) => ({ put: item(sort), if: 'absent' as const });
const stored = (sort: string, value: object = { v: { S: '{}' } }) => ({
  p: { S: 'p' },
  s: { S: sort },
  r: { N: '1' },
  ...value,
});
/** Text that does not shrink. */
const noise = (bytes: number) =>
  randomBytes(Math.ceil(bytes * 0.75))
    .toString('base64')
    .slice(0, bytes);

/** An item store over a script in DynamoDB's place. */
function openStore(script: Script, config: Parameters<typeof makeDynamoClient>[0] = {}) {
  const client = makeDynamoClient({ ...nowhere, ...config });
  const attempts = scriptService(client, script);
  const [clock, { pause, pauses }] = [makeTestClock(), makeCountedPause()];
  const objects = makeMemoryObjects(clock);
  const items = makeDynamoItemStore({ client, table, overflow: objects, clock, ids: ulidSource, pause });
  return { items, attempts, pauses, objects, clock };
}

function cancelled(...codes: readonly string[]): Error {
  const reasons: CancellationReason[] = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons: reasons });
}

describe('a transaction on DynamoDB', () => {
  it('whose answer is lost is asked again under the same token, with the same content', async () => {
    const { items, attempts } = openStore(inTurn(connectionLost(), serviceError('InternalServerError', 500), {}));
    expect(await items.transact([put('a'), put('b')])).toBeUndefined();
    expect(attempts).toHaveLength(3);
    expect(attempts[0]!.input.ClientRequestToken).toMatch(/^\w{26}$/);
    expect(attempts.map(({ input }) => input)).toEqual(Array(3).fill(attempts[0]!.input));
  });

  it('has another token than the one before, though it says the same', async () => {
    const { items, attempts } = openStore(() => ({}));
    await items.transact([put('a')]);
    await items.transact([put('a')]);
    expect(new Set(attempts.map(({ input }) => input.ClientRequestToken)).size).toBe(2);
  });

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'is tried again after %s, under the same token',
    async (reason) => {
      const busy = cancelled('None', reason);
      const { items, attempts, pauses } = openStore(inTurn(busy, busy, busy, {}));
      expect(await items.transact([put('a'), put('b')])).toBeUndefined();
      expect(pauses).toEqual([1, 2, 3]);
      expect(new Set(attempts.map(({ input }) => input.ClientRequestToken)).size).toBe(1);
    },
  );

  it('takes a condition for failed only when nothing before it was merely busy', async () => {
    const unclear = cancelled('TransactionConflict', 'ConditionalCheckFailed');
    const { items, attempts } = openStore(inTurn(unclear, cancelled('None', 'ConditionalCheckFailed')));
    expect(await items.transact([put('a'), put('b')])).toBe(1);
    expect(attempts).toHaveLength(2);
    const clear = openStore(inTurn(cancelled('ConditionalCheckFailed', 'TransactionConflict')));
    expect(await clear.items.transact([put('a'), put('b')])).toBe(0);
  });

  it('gives up after 12 tries, and says what stood in the way', async () => {
    const { items, attempts } = openStore(inTurn(cancelled('TransactionConflict')));
    await expect(items.transact([put('a')])).rejects.toThrow('12 times, at last for TransactionConflict');
    expect(attempts).toHaveLength(12);
  });

  it('is not tried again for a reason that stays', async () => {
    const { items, attempts } = openStore(inTurn(cancelled('None', 'ValidationError')));
    await expect(items.transact([put('a'), put('b')])).rejects.toThrow('at write 1: ValidationError');
    expect(attempts).toHaveLength(1);
  });

  it('ends with the error of a service that fails every attempt', async () => {
    const { items, attempts } = openStore(inTurn(serviceError('InternalServerError', 500)));
    await expect(items.transact([put('a')])).rejects.toThrow('planted: InternalServerError');
    expect(attempts).toHaveLength(4);
  });

  it('ends with the error of a table that stays throttled', async () => {
    const { items, attempts } = openStore(inTurn(serviceError('ThrottlingException', 400)), { maxAttempts: 2 });
    await expect(items.transact([put('a')])).rejects.toThrow('planted: ThrottlingException');
    expect(attempts).toHaveLength(2);
  });

  it('stays below 4 MB by putting its largest values aside', async () => {
    const { items, attempts, objects } = openStore(() => ({}));
    const values = Array.from({ length: 30 }, (_, i) => noise(100_000 + i * 10_000));
    await items.transact(values.map((value, i) => ({ put: item(String(i), value), if: 'absent' as const })));
    type Put = { v?: { S?: string; B?: Uint8Array } };
    const puts: Put[] = attempts[0]!.input.TransactItems.map(({ Put }: { Put: { Item: Put } }) => Put.Item);
    const bytes = puts.map(({ v }) => v?.B?.byteLength ?? v?.S?.length ?? 0);
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(4_194_304);
    expect(bytes.filter((each) => each > 0).length).toBeGreaterThan(20);
    const aside = bytes.flatMap((each, i) => (each === 0 ? [i] : []));
    expect(aside).toEqual(Array.from({ length: aside.length }, (_, i) => 30 - aside.length + i));
    expect(objects.keys()).toHaveLength(aside.length);
  });
});

describe('writes on DynamoDB', () => {
  it('are repeated until all are done, none of them after it was done', async () => {
    const done: string[] = [];
    const { items } = openStore(({ input }) => {
      const asked = input.RequestItems[table] as { PutRequest: { Item: { s: { S: string } } } }[];
      const [taken, left] = [asked.slice(0, 7), asked.slice(7)];
      done.push(...taken.map(({ PutRequest }) => PutRequest.Item.s.S));
      return { UnprocessedItems: left.length > 0 ? { [table]: left } : {} };
    });
    const sorts = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));
    await items.write(sorts.map((sort) => ({ put: item(sort) })));
    expect(done.sort()).toEqual(sorts);
  });

  it('of a key that is written twice are done once, the later one', async () => {
    const { items, attempts } = openStore(() => ({}));
    await items.write([{ put: item('a', 1) }, { put: item('b', 2) }, { put: item('a', 3) }, { delete: item('b') }]);
    expect(attempts.map(({ input }) => input.RequestItems[table])).toEqual([
      [
        { PutRequest: { Item: stored('a', { v: { S: '3' } }) } },
        { DeleteRequest: { Key: { p: { S: 'p' }, s: { S: 'b' } } } },
      ],
    ]);
  });

  it('are repeated when a transaction is at one of the items', async () => {
    const busy = new TransactionConflictException({ message: 'busy', $metadata: {} });
    const { items, attempts } = openStore(inTurn(busy, busy, {}));
    await items.write([{ put: item('a') }]);
    expect(attempts).toHaveLength(3);
  });

  it('end with an error when nothing is done any more', async () => {
    const { items, attempts } = openStore(({ input }) => ({ UnprocessedItems: input.RequestItems }));
    await expect(items.write([{ put: item('a') }, { put: item('b') }])).rejects.toThrow(
      'DynamoDB left 2 of 2 writes undone in 8 requests in a row',
    );
    expect(attempts).toHaveLength(8);
  });
});

describe('reads on DynamoDB', () => {
  it('are repeated until all keys are read, each key asked for once at a time', async () => {
    const { items, attempts } = openStore(({ input }) => {
      const keys = input.RequestItems[table].Keys as { s: { S: string } }[];
      const left = keys.slice(40);
      return {
        Responses: { [table]: keys.slice(0, 40).map(({ s }) => stored(s.S)) },
        UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left } } : {},
      };
    });
    const sorts = Array.from({ length: 150 }, (_, i) => String(i));
    const keys = [...sorts, ...sorts].map((sort) => ({ partition: 'p', sort }));
    const found = await items.get(keys);
    expect(found.map((one) => one?.sort)).toEqual([...sorts, ...sorts]);
    for (const { input } of attempts) {
      const asked = input.RequestItems[table].Keys.map((key: object) => JSON.stringify(key));
      expect(new Set(asked).size).toBe(asked.length);
      expect(asked.length).toBeLessThanOrEqual(100);
      expect(input.RequestItems[table].ConsistentRead).toBe(true);
    }
  });

  it('end with an error when nothing is read any more', async () => {
    const { items, attempts } = openStore(({ input }) => ({ Responses: {}, UnprocessedKeys: input.RequestItems }));
    await expect(items.get([item('a')])).rejects.toThrow('left 1 of 1 keys unread in 8 requests in a row');
    expect(attempts).toHaveLength(8);
  });

  it('go from page to page until there are enough items that are not expired', async () => {
    const { items, attempts, clock } = openStore(() => pages.shift());
    const expired = { e: { N: String(Math.floor(clock.now() / 1_000) - 1) } };
    const pages: unknown[] = [
      { Items: [stored('a'), { ...stored('b'), ...expired }], LastEvaluatedKey: { s: { S: 'b' } } },
      { Items: [], LastEvaluatedKey: { s: { S: 'c' } } },
      { Items: [stored('d'), stored('e'), stored('f')], LastEvaluatedKey: { s: { S: 'f' } } },
    ];
    const found = await items.query('p', { limit: 2 });
    expect(found.map(({ sort }) => sort)).toEqual(['a', 'd']);
    expect(attempts.map(({ input }) => input.ExclusiveStartKey?.s.S)).toEqual([undefined, 'b', 'c']);
  });

  it('of keys that DynamoDB has no room for find nothing, and ask nobody', async () => {
    const { items, attempts } = openStore(() => ({}));
    const keys = [
      { partition: 'p'.repeat(2_049), sort: 's' },
      { partition: 'p', sort: 'é'.repeat(513) },
      { partition: '', sort: 's' },
    ];
    expect(await items.get(keys)).toEqual([undefined, undefined, undefined]);
    expect(attempts).toEqual([]);
  });
});

describe('a value too large for an item', () => {
  const large = noise(1_048_576);
  const failing = cancelled('ConditionalCheckFailed');
  const writtenItems = (
    attempts: readonly { input: { TransactItems?: { Put: { Item: { o?: { S: string } } } }[] } }[],
  ) => attempts.flatMap(({ input }) => input.TransactItems?.map(({ Put }) => Put.Item) ?? []);

  it('is put aside before its item is, and read from there', async () => {
    const { items, attempts, objects } = openStore(({ operation }) => {
      if (operation === 'TransactWriteItems') expect(objects.keys()).toHaveLength(1);
      return operation === 'BatchGetItem' ? { Responses: { [table]: writtenItems(attempts) } } : {};
    });
    await items.transact([{ put: item('a', { large }), if: 'absent' }]);
    expect(objects.keys()).toEqual([expect.stringMatching(/^values\/\w{26}$/)]);
    expect(await items.get([item('a')])).toEqual([item('a', { large })]);
  });

  it('of an item that expires lies where the bucket removes it some day', async () => {
    const { items, objects } = openStore(() => ({}));
    await items.write([{ put: { ...item('a', large), expiresAtSeconds: 2_000_000_000 } }]);
    expect(objects.keys()).toEqual([expect.stringMatching(/^expiring-values\/\w{26}$/)]);
  });

  it('goes when its item was not written, and stays when that is not known', async () => {
    const refused = openStore(inTurn(failing));
    expect(await refused.items.transact([{ put: item('a', large), if: 'absent' }])).toBe(0);
    expect(refused.objects.keys()).toHaveLength(0);
    const unknown = openStore(inTurn(connectionLost()));
    await expect(unknown.items.transact([{ put: item('a', large), if: 'absent' }])).rejects.toThrow('connection lost');
    expect(unknown.objects.keys()).toHaveLength(1);
  });

  it.each<[string, { put: Item; if: number } | { delete: Item; if: number }]>([
    ['replaced', { put: item('a', 'small'), if: 1 }],
    ['deleted', { delete: item('a'), if: 1 }],
  ])('goes once its item is %s', async (_, write) => {
    let answer: unknown = {};
    const { items, objects } = openStore(({ operation }) => {
      if (operation === 'BatchGetItem')
        return { Responses: { [table]: [stored('a', { o: { S: objects.keys()[0] } })] } };
      if (answer instanceof Error) throw answer;
      return answer;
    });
    await items.write([{ put: item('a', large) }]);
    answer = failing;
    await items.transact([write]);
    expect(objects.keys()).toHaveLength(1);
    answer = {};
    await items.transact([write]);
    expect(objects.keys()).toHaveLength(0);
  });

  it('that was replaced while it was read is read where it is now', async () => {
    const { items } = openStore(
      inTurn(
        { Responses: { [table]: [stored('a', { o: { S: 'values/gone' } })] } },
        { Responses: { [table]: [stored('a', { v: { S: '"new"' } })] } },
      ),
    );
    expect(await items.get([item('a')])).toEqual([item('a', 'new')]);
  });

  it('whose object is gone is an error, unless its item expires', async () => {
    const lasting = openStore(() => ({ Responses: { [table]: [stored('a', { o: { S: 'values/gone' } })] } }));
    await expect(lasting.items.get([item('a')])).rejects.toThrow('not in the object store: values/gone');
    const object = { o: { S: 'expiring-values/gone' }, e: { N: '2000000000' } };
    const expiring = openStore(() => ({ Responses: { [table]: [stored('a', object)] } }));
    expect(await expiring.items.get([item('a')])).toEqual([undefined]);
  });
});
