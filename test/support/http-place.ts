import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { makeTurnIntake } from '../../lambdas/adapters/embedded/turn-intake.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { TenantId, UserId } from '../../lambdas/domain/ids.ts';
import { makeControlHandler } from '../../lambdas/handlers/control/handler.ts';
import { makeIngestHandler } from '../../lambdas/handlers/ingest/handler.ts';
import { makeQueryHandler } from '../../lambdas/handlers/query/handler.ts';
import type { HandlerPorts } from '../../lambdas/http/handler-ports.ts';
import { functionFor, matchRoute } from '../../lambdas/http/route-table.ts';
import type { QueryEngine, QueryResult, Statement } from '../../lambdas/ports/query-engine.ts';
import { hashPassword } from '../../lambdas/use-cases/check-password.ts';
import { type ApiCall, type CallAnswer, callApi } from './api-call.ts';
import { answerFault } from './api-contract.ts';
import { newSigningKeys } from './new-signing-key.ts';

export const username = 'ann@example.com';
export const password = 'correct horse battery staple';
/** Somebody of another tenant, with the same password. */
export const stranger = 'bob@example.com';

/** An engine that answers what a test puts into it, and keeps what it was asked. */
export interface ScriptedEngine extends QueryEngine {
  answer: QueryResult | Error;
  readonly asked: Statement[];
}

/** The three functions over the embedded stores in a folder of their own; nothing consumes the queue. */
export async function openHttpPlace(more: Partial<HandlerPorts> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'headgate-http-'));
  const clock = more.clock ?? { now: () => Date.now() };
  const stores = openEmbeddedStores(directory, { clock, ids: ulidSource });
  const catalog = makeCatalog(stores.items);
  const rowStore = makeSqliteRowStore(directory);
  const engine = scriptedEngine();
  const logged: { readonly code: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  const ports: HandlerPorts = {
    catalog,
    rowStore,
    intake: makeTurnIntake(stores.queues.queue, catalog),
    objects: stores.objects,
    keys: newSigningKeys(),
    versions: stores.versions,
    engine,
    clock,
    ids: ulidSource,
    log: (code, fields = {}) => logged.push({ code, fields }),
    ...more,
  };
  await Promise.all([username, stranger].map((email) => addTenant(ports, email)));
  const handlers = {
    control: makeControlHandler(ports),
    ingest: makeIngestHandler(ports),
    query: makeQueryHandler(ports),
  };

  /** Calls the function that answers the route, and holds the answer against the OpenAPI document. */
  async function call(method: string, target: string, options: ApiCall = {}): Promise<CallAnswer> {
    const headers = { host: 'headgate.test', ...options.headers };
    const path = target.split('?')[0]!;
    const answer = await callApi(handlers[functionFor(method, path)], method, target, { ...options, headers });
    const match = matchRoute(method, path);
    if (match.kind === 'found' && answer.statusCode < 500) {
      const fault = answerFault(match.route.operation, answer.statusCode, answer.json);
      if (fault !== '') throw new Error(`${method} ${path}: ${fault}\n${answer.body}`);
    }
    return answer;
  }

  return {
    ports,
    engine,
    queues: stores.queues,
    logged,
    call,
    /** Calls with the token of this user. */
    async as(email: string) {
      const signedIn = await call('POST', '/', { body: { USERNAME: email, PASSWORD: password } });
      if (signedIn.statusCode !== 200) throw new Error(signedIn.body);
      const token = signedIn.json.AuthenticationResult.IdToken as string;
      return (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
        call(method, path, {
          headers: { authorization: `Bearer ${token}`, ...headers },
          ...(body !== undefined && { body }),
        });
    },
    async close(): Promise<void> {
      rowStore.close();
      await stores.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type HttpPlace = Awaited<ReturnType<typeof openHttpPlace>>;
export type Client = Awaited<ReturnType<HttpPlace['as']>>;

function scriptedEngine(): ScriptedEngine {
  const engine: ScriptedEngine = {
    answer: { columns: [], rows: [], elapsedMs: 0, scanned: { segments: 0, bytes: 0 } },
    asked: [],
    run: async (statement) => {
      engine.asked.push(statement);
      if (engine.answer instanceof Error) throw engine.answer;
      return engine.answer;
    },
  };
  return engine;
}

async function addTenant({ catalog, ids }: HandlerPorts, email: string): Promise<void> {
  const tenantId = ids.next<TenantId>();
  await catalog.createTenant({ id: tenantId, name: email, createdAt: '2026-01-01T00:00:00.000Z' });
  await catalog.createUser({
    id: ids.next<UserId>(),
    tenantId,
    email,
    passwordHash: await hashPassword(password),
    role: 'Administrator',
    state: 'Active',
    createdAt: '2026-01-01T00:00:00.000Z',
    revision: 1,
  });
}
