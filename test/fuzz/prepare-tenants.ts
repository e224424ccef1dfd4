import { randomBytes } from 'node:crypto';
import { expectStatus, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';

/** What the fuzzer knows of a tenant. */
export interface FuzzTenant {
  readonly token: string;
  /** Stands in names, texts and rows of this tenant and nowhere else. */
  readonly canary: string;
  /** What may stand in the place of a parameter, by its name. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** The same of what may be deleted. */
  readonly spare: Readonly<Record<string, readonly string[]>>;
}

export interface PreparedTenant extends FuzzTenant {
  /** Throws unless what the tenant had is still there. */
  expectUnharmed(): Promise<void>;
}

const table = 'things';
const spareCount = 25;
const rowCount = 50;
const columns = {
  name: { type: 'mutex', keys: true },
  tags: { type: 'set', keys: true },
  amount: { type: 'decimal', scale: 2 },
};
const items = [
  { name: '_id', path: ['id'] },
  { name: 'name', path: ['name'] },
  { name: 'tags', path: ['tags'] },
  { name: 'amount', path: ['amount'] },
];

type Resources = { readonly resources: readonly { readonly id: string }[] };

/** Makes databases, tables, sinks, rows, quarantine, archive and a replay for whoever signs in, marked with a canary. */
export async function prepareTenant(url: string, username: string, password: string): Promise<PreparedTenant> {
  const api = await signInTo({ url, username, password, close: async () => {} });
  const canary = `canary${randomBytes(8).toString('hex')}`;
  const databaseId = await namedDatabase(api, `${canary}-kept`);
  await api.createTable(databaseId, table, true, columns);
  const sink = await api.createSink(databaseId, table, items, true);
  await api.load(
    sink.id,
    Array.from({ length: rowCount }, (_, i) => ({ id: `row-${i}`, name: `${canary} ${i}`, tags: [canary], amount: i })),
  );
  const refused = await api.send(sink.id, [
    { id: 'good', name: canary },
    { id: 'bad', name: canary, amount: canary },
  ]);
  await api.visible(refused);
  const idsOf = async (path: string) => (await api.get<Resources>(path)).body.resources.map(({ id }) => id);
  const quarantined = await waitUntil('the refused record is in quarantine', async () => {
    const ids = await idsOf(`/v2/sinks/${sink.id}/quarantine`);
    return ids.length > 0 ? ids : undefined;
  });
  const replay = expectStatus(await api.post<{ id: string }>(`/v2/sinks/${sink.id}/replays`, { from: 'archive' }), 200)
    .body.id;
  const problem = await api.get<{ type?: string }>('/v2/sinks/none');
  const me = (await api.get<{ id: string }>('/v2/users/current')).body.id;
  return {
    token: api.idToken,
    canary,
    values: {
      database_id: [databaseId],
      table: [table],
      column: Object.keys(columns),
      sink_id: [sink.id],
      row_id: ['row-1', 'row-2', 'none'],
      receipt_id: [refused.headers.get('x-headgate-receipt')!],
      entry_id: [...quarantined, ...(await idsOf(`/v2/sinks/${sink.id}/archive`))],
      replay_id: [replay],
      user_id: [me],
      kind: [problem.body.type?.split('/').at(-1) ?? ''],
      ...(await keysOf(api, me, canary)),
    },
    spare: { ...(await spareThings(api, databaseId, canary)), ...(await spareIdentities(api, canary)) },
    async expectUnharmed() {
      const [row] = await api.select(databaseId, `select count(*) as kept from ${table} where tags = '${canary}'`);
      // Rows may be deleted one by one by their own tenant: row_id names two of them.
      if (Number(row?.['kept']) < rowCount - 2) throw new Error(`only ${row?.['kept']} of ${rowCount} rows are left`);
      expectStatus(await api.get(`/v2/sinks/${sink.id}`), 200);
    },
  };
}

async function spareThings(api: HeadgateApi, databaseId: string, canary: string): Promise<FuzzTenant['spare']> {
  const tables: string[] = [];
  const sinks: string[] = [];
  const databases: string[] = [];
  for (let i = 0; i < spareCount; i++) {
    const name = `spare${i}`;
    await api.createTable(databaseId, name, true, { extra: { type: 'int' } });
    tables.push(name);
    const sink = await api.createSink(databaseId, table, [{ name: '_id', path: ['id'] }], true);
    sinks.push(sink.id);
    const created = await api.post<{ id: string }>('/v2/databases', { name: `${canary}-spare-${i}` });
    databases.push(expectStatus(created, 201).body.id);
  }
  return { database_id: [databaseId, databaseId, ...databases], table: tables, sink_id: sinks, column: ['extra'] };
}

/** Keys of the user and tokens of the tenant; the run itself uses none of them. */
async function keysOf(api: HeadgateApi, userId: string, canary: string): Promise<FuzzTenant['values']> {
  const made = async (path: string, count: number) => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++)
      ids.push(expectStatus(await api.post<{ id: string }>(path, { description: `${canary} ${i}` }), 201).body.id);
    return ids;
  };
  return { key_id: await made(`/v2/users/${userId}/keys`, 5), token_id: await made('/v2/tokens', 5) };
}

/** Users who are invited; two of them have come. */
async function spareIdentities(api: HeadgateApi, canary: string): Promise<FuzzTenant['spare']> {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const email = `${canary}-${i}@example.com`;
    const invited = expectStatus(await api.post<{ token: string; id: string }>('/v2/invites', { email }), 201).body;
    ids.push(invited.id);
    if (i > 2) await api.post('/v2/invites/accept', { token: invited.token, password: `${canary}-password` });
  }
  return { user_id: ids };
}

async function namedDatabase(api: HeadgateApi, name: string): Promise<string> {
  const { id } = expectStatus(await api.post<{ id: string }>('/v2/databases', { name }), 201).body;
  await waitUntil(`${name} runs`, async () => {
    const { body } = await api.get<{ database_status: string }>(`/v2/databases/${id}`);
    return body.database_status === 'RUNNING' || undefined;
  });
  return id;
}
