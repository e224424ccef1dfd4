import type { ReplayId, SinkId } from '../../lambdas/domain/ids.ts';
import { noReplayCounts, type Replay } from '../../lambdas/domain/replay.ts';
import type { User } from '../../lambdas/domain/tenant.ts';
import { makeWriteBatches } from '../../lambdas/use-cases/write-batch.ts';
import type { HttpPlace } from './http-place.ts';
import { type Headers, matrixCallers } from './matrix-callers.ts';
import { makeMemorySegments } from './memory-segments.ts';

/** Appears in names, rows and refused records of the resources, and in nothing else. */
const mark = 'ours-alone-7c1';

/**
 * One of everything that a path can name, of one tenant.
 * @returns `params` by the names of path parameters; `marks`: texts that no other tenant may see; `digest`: what is there
 */
export async function matrixResources(place: HttpPlace, headers: Headers, owner: User) {
  const { ports, queues } = place;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await place.call(method, path, { headers, ...(body !== undefined && { body }) });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
    return answer;
  };
  const databaseId: string = (await call('POST', '/v2/databases', { name: mark })).json.id;
  await call('POST', `/v2/tables/${databaseId}`, { name: mark, columns: [{ name: 'n', type: 'int' }] });
  const newSink = async (name: string): Promise<string> => {
    const definition = [{ name: '_id' }, { name: 'n' }];
    const schema = { id_field: '_id', allow_missing_fields: true, definition };
    const sink_details = { database_id: databaseId, table: mark };
    return (await call('POST', '/v2/sinks', { name, sink_details, schema })).json.id;
  };
  const [sinkId, otherSinkId] = [await newSink(mark), await newSink('another')];
  const records = [{ value: { _id: 1, n: 1 } }, { value: { _id: 2, n: mark } }];
  const sent = await call('POST', `/v2/sinks/${sinkId}`, { records });
  await write(place);
  const first = async (list: string) => (await call('GET', `/v2/sinks/${sinkId}/${list}`)).json.resources[0];
  const [entry, archived] = [await first('quarantine'), await first('archive')];
  const callers = matrixCallers(place);
  const colleague = await callers.newUser(owner.tenantId, 'User');
  const { key } = await callers.newKey(colleague);
  const { userId: _, ...nobodys } = { ...key, id: ports.ids.next<typeof key.id>(), secretHash: 'b'.repeat(64) };
  await ports.catalog.createToken(nobodys);
  const replay: Replay = {
    ...{ id: ports.ids.next<ReplayId>(), tenantId: owner.tenantId, sinkId: sinkId as SinkId, into: sinkId as SinkId },
    ...{ from: 'archive', selection: {}, state: 'running', startedAt: '', startedBy: owner.email, revision: 1 },
    counts: noReplayCounts,
  };
  await ports.catalog.createReplay(replay);

  const digest = async () => {
    const { tenantId } = owner;
    const { catalog } = ports;
    const seen = await Promise.all([
      catalog.listDatabases(tenantId),
      catalog.listTables(tenantId, databaseId as Parameters<typeof catalog.listTables>[1]),
      catalog.listSinks(tenantId),
      catalog.listUsers(tenantId),
      catalog.findTokenById(tenantId, key.id),
      catalog.findTokenById(tenantId, nobodys.id),
      catalog.findReplay(tenantId, sinkId as SinkId, replay.id),
      queues.queue.depth(),
    ]);
    return JSON.stringify([seen, await call('GET', `/v2/sinks/${sinkId}/quarantine`).then(({ body }) => body)]);
  };
  const params: Readonly<Record<string, string>> = {
    ...{ database_id: databaseId, table: mark, column: 'n', row_id: '1', sink_id: sinkId },
    ...{ entry_id: entry.id, replay_id: replay.id, user_id: colleague.id, key_id: key.id, token_id: nobodys.id },
    receipt_id: String(sent.headers?.['x-headgate-receipt']),
  };
  const marks = [mark, databaseId, sinkId, colleague.email, owner.email, archived.id, key.id];
  return { params, marks, otherSinkId, digest, before: await digest() };
}

/** What a consumer does. */
async function write({ ports, queues }: HttpPlace): Promise<void> {
  const segmentFiles = makeMemorySegments((key) => ports.objects.get(key));
  const messages = await queues.queue.receive({ messagesMax: 100, bytesMax: 1e7, leaseMs: 1e9 });
  const { failed } = await makeWriteBatches({ ...ports, segmentFiles })(messages);
  if (failed.length > 0) throw failed[0]!.cause;
  await queues.queue.acknowledge(messages.map(({ handle }) => handle));
}
