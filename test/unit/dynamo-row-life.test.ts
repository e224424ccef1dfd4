import { describe, expect, it } from '@jest/globals';
import { makeDynamoRowStore } from '../../lambdas/adapters/aws/dynamo-row-store.ts';
import type { TableId } from '../../lambdas/domain/ids.ts';
import { type RowStore, RowStoreRefused } from '../../lambdas/ports/row-store.ts';
import { newTable } from '../conformance/row-store-tables.ts';
import { type DynamoCall, DynamoError, makeMemoryDynamo } from '../support/memory-dynamo.ts';

const table = newTable([{ type: 'int' }]);
const textTable = { ...table, keyType: 'string' as const };

/** Answers of each operation in their order, the last one again and again. */
type Answers = Readonly<Record<string, readonly (object | DynamoError)[]>>;

function storeAnswered(answers: Answers, recovery = true) {
  const seen: DynamoCall[] = [];
  const { client } = makeMemoryDynamo();
  const pauses: number[] = [];
  const intercept = (call: DynamoCall) => {
    const given = answers[call.operation] ?? [new DynamoError('NotScripted')];
    const answer =
      given[Math.min(seen.filter(({ operation }) => operation === call.operation).length, given.length - 1)];
    seen.push(call);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const store: RowStore = makeDynamoRowStore({
    dynamo: client(intercept),
    tablePrefix: 'headgate-dev-rows-',
    recovery,
    tags: { stage: 'dev', project: 'headgate' },
    pause: async (attempt) => {
      pauses.push(attempt);
    },
  });
  const callsOf = (operation: string) => seen.filter((call) => call.operation === operation);
  return { store, callsOf, pauses };
}

const inUse = new DynamoError('ResourceInUseException');
const missing = new DynamoError('ResourceNotFoundException');
const described = (TableStatus: string, AttributeType = 'N') => ({
  Table: { TableStatus, AttributeDefinitions: [{ AttributeName: '_id', AttributeType }] },
});

describe('the physical table of a row store', () => {
  it.each<[string, typeof table | typeof textTable, keyed: string]>([
    ['a number', table, 'N'],
    ['text', textTable, 'S'],
  ])('is made on demand, tagged, and keyed by %s', async (_, shape, keyed) => {
    const { store, callsOf } = storeAnswered({ CreateTable: [{}] });
    await store.create(shape);
    expect(callsOf('CreateTable').map(({ input }) => input)).toEqual([
      {
        TableName: `headgate-dev-rows-${table.id}`,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: '_id', AttributeType: keyed }],
        KeySchema: [{ AttributeName: '_id', KeyType: 'HASH' }],
        Tags: [
          { Key: 'stage', Value: 'dev' },
          { Key: 'project', Value: 'headgate' },
        ],
      },
    ]);
  });

  it.each(['CREATING', 'ACTIVE', 'UPDATING'])('is left alone by a create when it is %s', async (status) => {
    const { store, pauses } = storeAnswered({ CreateTable: [inUse], DescribeTable: [described(status)] });
    await store.create(table);
    expect(pauses).toEqual([]);
    await expect(store.create(textTable)).rejects.toThrow('keyed by id, not by string');
  });

  it('is made once its deletion has ended, or not at all should that take too long', async () => {
    const deleting = [described('DELETING'), described('DELETING'), missing];
    const patient = storeAnswered({ CreateTable: [inUse, inUse, inUse, {}], DescribeTable: deleting });
    await patient.store.create(table);
    expect(patient.callsOf('CreateTable')).toHaveLength(4);
    const endless = storeAnswered({ CreateTable: [inUse], DescribeTable: [described('DELETING')] });
    await expect(endless.store.create(table)).rejects.toThrow(`table ${table.id} is still being deleted`);
    expect(endless.pauses.length).toBeLessThan(20);
  });

  it.each<[string, object, 'absent' | 'creating' | 'active']>([
    ['missing', missing, 'absent'],
    ['DELETING', described('DELETING'), 'absent'],
    ['CREATING', described('CREATING'), 'creating'],
    ['ACTIVE', described('ACTIVE'), 'active'],
    ['UPDATING', described('UPDATING'), 'active'],
  ])('has a status when it is %s', async (_, answer, status) => {
    const { store, callsOf } = storeAnswered({ DescribeTable: [answer] }, false);
    expect(await store.status(table.id)).toBe(status);
    expect(callsOf('UpdateContinuousBackups')).toEqual([]);
  });

  it('is active only once it can be recovered, which is asked for once', async () => {
    const { store, callsOf } = storeAnswered({
      DescribeTable: [described('CREATING'), described('ACTIVE')],
      UpdateContinuousBackups: [new DynamoError('ContinuousBackupsUnavailableException'), {}],
    });
    const statuses: string[] = [];
    for (let look = 0; look < 4; look++) statuses.push(await store.status(table.id));
    expect(statuses).toEqual(['creating', 'creating', 'active', 'active']);
    expect(callsOf('UpdateContinuousBackups').map(({ input }) => input)).toEqual(
      Array.from({ length: 2 }, () => ({
        TableName: `headgate-dev-rows-${table.id}`,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      })),
    );
  });

  it('is absent when it goes while recovery is asked for', async () => {
    const gone = new DynamoError('TableNotFoundException');
    const { store } = storeAnswered({ DescribeTable: [described('ACTIVE')], UpdateContinuousBackups: [gone] });
    expect(await store.status(table.id)).toBe('absent');
  });

  it.each<[string, Answers, deletes: number]>([
    ['active', { DeleteTable: [{}] }, 1],
    ['missing', { DeleteTable: [missing] }, 1],
    ['being deleted', { DeleteTable: [inUse], DescribeTable: [described('DELETING')] }, 1],
    ['gone meanwhile', { DeleteTable: [inUse], DescribeTable: [missing] }, 1],
    ['still being made', { DeleteTable: [inUse, inUse, {}], DescribeTable: [described('CREATING')] }, 3],
  ])('is dropped when it is %s', async (_, answers, deletes) => {
    const { store, callsOf } = storeAnswered(answers);
    await store.drop(table.id);
    expect(callsOf('DeleteTable')).toHaveLength(deletes);
  });

  it('is not dropped, which is said, when it never gets ready for that', async () => {
    const { store, pauses } = storeAnswered({ DeleteTable: [inUse], DescribeTable: [described('CREATING')] });
    await expect(store.drop(table.id)).rejects.toThrow('it is CREATING');
    expect(pauses.length).toBeLessThan(20);
  });

  it.each(['create', 'status', 'drop'] as const)('lets other errors of %s through', async (operation) => {
    const failing = new DynamoError('InternalServerError');
    const { store } = storeAnswered({ CreateTable: [failing], DescribeTable: [failing], DeleteTable: [failing] });
    const call = operation === 'create' ? store.create(table) : store[operation](table.id);
    await expect(call).rejects.toThrow('InternalServer');
  });

  it.each([
    ['AccessDeniedException', 'User arn:aws:sts::123456789012:assumed-role/x may not', 'may not make tables'],
    ['ValidationException', 'TableName headgate', 'does not take such a table'],
    ['LimitExceededException', 'Subscriber limit exceeded: There is a limit of 2500 tables', 'as many DynamoDB tables'],
  ])('is refused for good, in words that name no account: %s', async (name, message, words) => {
    const { store } = storeAnswered({ CreateTable: [new DynamoError(name, 400, message)] });
    const refusal = await store.create(table).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RowStoreRefused);
    expect((refusal as Error).message).toContain(words);
    expect((refusal as Error).message).not.toMatch(/arn|headgate|2500/);
  });

  it.each([
    ['LimitExceededException', 'Subscriber limit exceeded: Only 50 tables can be created simultaneously'],
    ['ThrottlingException', 'Rate exceeded'],
  ])('is not made now, which passes: %s', async (name, message) => {
    const { store } = storeAnswered({ CreateTable: [new DynamoError(name, 400, message)] });
    await expect(store.create(table)).rejects.not.toBeInstanceOf(RowStoreRefused);
  });

  it.each(['../x', 'a/b', '', 'a.b'])('is never asked for by the id %j, which would be another table', async (id) => {
    const { store } = storeAnswered({});
    await expect(store.create({ ...table, id: id as TableId })).rejects.toThrow(RangeError);
    await expect(store.drop(id as TableId)).rejects.toThrow(RangeError);
  });
});
