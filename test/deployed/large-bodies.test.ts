import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ReceiptId, SinkId, TenantId } from '../../lambdas/domain/ids.ts';
import { openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type DeployedStores, openDeployedStores } from '../support/deployed-stores.ts';
import { expectStatus, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

/** Base64 of random bytes: text that gzip makes no smaller than three quarters. */
const noise = (characters: number) =>
  randomBytes((characters * 3) / 4)
    .toString('base64')
    .slice(0, characters);

/** Bodies too large for a message or an item go by way of S3, and nobody notices. */
describe('large bodies', () => {
  let stores: DeployedStores;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: SinkId;
  let tenantId: TenantId;
  beforeAll(async () => {
    stores = openDeployedStores();
    api = await signInTo(await openAcceptanceTarget());
    tenantId = (await stores.catalog.listTenants())[0]!.id;
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'large', false, { note: { type: 'mutex', keys: true } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'note', path: ['note'] },
    ];
    sinkId = (await api.createSink(databaseId, 'large', items, true)).id as SinkId;
  });
  afterAll(async () => {
    await api.removeDatabase(databaseId);
    stores.close();
  });

  it('of one POST are an object that the message names', async () => {
    const values = Array.from({ length: 10 }, (_, id) => ({ id, note: noise(90_000) }));
    await api.load(sinkId, values);
    expect(await api.select(databaseId, 'select _id, note from large order by _id')).toEqual(
      values.map(({ id, note }) => ({ _id: id, note })),
    );
    const bodies = await Array.fromAsync(stores.objects.list(`bodies/${tenantId}/`));
    expect(bodies.filter(({ bytes }) => bytes > 900_000)).toHaveLength(1);
  });

  it('of one rejected record are whole in quarantine', async () => {
    const record = { id: 'no number', note: noise(900_000) };
    const answer = expectStatus(await api.send(sinkId, [record]), 200);
    expect(answer.body).toMatchObject({ success_count: 0, error_count: 1 });
    const receiptId = answer.headers.get('x-headgate-receipt') as ReceiptId;
    const entry = await waitUntil('the record is in quarantine', async () => {
      const entries = await stores.catalog.listQuarantined(sinkId, { limit: 5 });
      return entries.find((one) => one.receiptId === receiptId);
    });
    expect(JSON.parse(entry.record)).toEqual({ value: record });
  });
});
