import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ulid } from 'ulid';
import type { ReceiptId, ReplayId, SinkId, TenantId } from '../../lambdas/domain/ids.ts';
import { noReplayCounts, type Replay } from '../../lambdas/domain/replay.ts';
import { outputNamed } from '../../localstack/utils/deploy-to-localstack.ts';
import { openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type DeployedStores, openDeployedStores } from '../support/deployed-stores.ts';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type StoredRecordsApi, storedRecordsOf } from '../support/stored-records-api.ts';

jest.setTimeout(240_000);

/** Replays as the call that started them may leave them, and the function that the schedule calls. */
describe('a replay that its first call left running', () => {
  const lambda = new LambdaClient();
  let stores: DeployedStores;
  let api: HeadgateApi;
  let stored: StoredRecordsApi;
  let tenantId: TenantId;
  let databaseId: string;
  beforeAll(async () => {
    stores = openDeployedStores();
    api = await signInTo(await openAcceptanceTarget());
    stored = storedRecordsOf(api);
    databaseId = await api.createDatabase();
    tenantId = (await stores.catalog.listTenants())[0]!.id;
  });
  afterAll(async () => {
    await api.removeDatabase(databaseId);
    lambda.destroy();
    stores.close();
  });

  const itemsOf = (n: string) => [
    { name: '_id', path: ['id'] },
    { name: 'n', path: [n] },
  ];

  async function goOn(): Promise<unknown> {
    const FunctionName = outputNamed(stores.outputs, 'ReplayFunctionName');
    const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
    expect(FunctionError).toBeUndefined();
    return JSON.parse(Buffer.from(Payload!).toString());
  }

  it('before it sent anything, or in the middle of a page, is finished by the next call of the schedule', async () => {
    await api.createTable(databaseId, 'things', false, { n: { type: 'int' } });
    const sinkId = (await api.createSink(databaseId, 'things', itemsOf('n'), true)).id as SinkId;
    for (const id of [1, 2, 3]) await api.load(sinkId, [{ id, n: id, m: -id }]);
    await stored.remap(sinkId, itemsOf('m'));
    const { resources } = await stored.archive(sinkId);

    const begun: Replay = {
      ...{ id: ulid() as ReplayId, tenantId, sinkId, into: sinkId, from: 'archive', selection: {}, state: 'running' },
      ...{ counts: noReplayCounts, startedAt: new Date().toISOString(), startedBy: 'ann@example.com', revision: 1 },
    };
    await stores.catalog.createReplay(begun);
    const cut: Replay = {
      ...{ ...begun, id: ulid() as ReplayId, selection: { ids: [resources[0]!.id] } },
      ...{ pending: [`none.${resources[0]!.id}` as ReceiptId] },
    };
    await stores.catalog.createReplay(cut);

    await goOn();
    const path = `/v2/sinks/${sinkId}/replays`;
    const counted = (batches: number) => ({
      state: 'completed',
      batches,
      received: batches,
      accepted: batches,
      rejected: 0,
    });
    expect(await stored.call('getReplay', 200, 'GET', `${path}/${begun.id}`)).toMatchObject(counted(3));
    expect(await stored.call('getReplay', 200, 'GET', `${path}/${cut.id}`)).toMatchObject(counted(1));
    expect(await api.select(databaseId, 'select * from things order by _id')).toEqual([
      { _id: 1, n: -1 },
      { _id: 2, n: -2 },
      { _id: 3, n: -3 },
    ]);
    expect(await stores.catalog.runningReplays()).toEqual([]);
    expect(await goOn()).toEqual({ ended: 0 });
  });
});
