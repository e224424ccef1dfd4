import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';
import { poisonColumn } from './fault-setup.ts';
import type { FaultyProcess } from './faulty-process.ts';
import { clients } from './load.ts';
import { columnOf, type SinkName } from './posts.ts';

/** What was made once in a data folder. */
export interface FaultPlace {
  readonly databaseId: string;
  readonly sinks: Readonly<Record<SinkName, string>>;
}

/** One life of the process, as its users see it. */
export interface Session {
  readonly host: FaultyProcess;
  readonly place: FaultPlace;
  api(): Promise<HeadgateApi>;
  /** For when the clock jumped past the end of the token. */
  signInAgain(): Promise<void>;
}

/** Makes the tables and sinks of the load. */
export async function makePlace(host: FaultyProcess): Promise<FaultPlace> {
  const api = await signIn(host);
  const databaseId = await api.createDatabase();
  const fact = { n: { type: 'int' }, tags: { type: 'set', keys: true } };
  const turns = Array.from({ length: clients }, (_, client) => [columnOf(client), { type: 'int' }]);
  const totals = { seen: { type: 'set', keys: true }, ...Object.fromEntries(turns) };
  const tables: Record<string, Record<string, object>> = {
    ...{ facts: fact, events: fact, totals, poison: { [poisonColumn]: { type: 'int' } } },
  };
  for (const [name, columns] of Object.entries(tables))
    await api.createTable(databaseId, name, name === 'totals', columns);
  const sink = async (table: string) => {
    const columns = Object.keys(tables[table]!).map((name) => ({ name, path: [name] }));
    return (await api.createSink(databaseId, table, [{ name: '_id', path: ['id'] }, ...columns], true)).id;
  };
  const [factsA, factsB, events] = [await sink('facts'), await sink('facts'), await sink('events')];
  return { databaseId, sinks: { factsA, factsB, events, totals: await sink('totals'), poison: await sink('poison') } };
}

export function openSession(host: FaultyProcess, place: FaultPlace): Session {
  let api: Promise<HeadgateApi> | undefined;
  return {
    host,
    place,
    api() {
      api ??= signIn(host).catch((error: unknown) => {
        api = undefined;
        throw error;
      });
      return api;
    },
    async signInAgain() {
      api = undefined;
    },
  };
}

/** The host went while something was asked of it. */
export class HostGone extends Error {
  override readonly name = 'HostGone';
}

/**
 * `waitUntil` that ends with the host.
 * @throws HostGone
 */
export async function waitWhileUp<T>(
  host: FaultyProcess,
  fact: string,
  probe: () => Promise<T | undefined>,
  timeoutMs?: number,
): Promise<T> {
  const found = await waitUntil(fact, async () => (host.isGone() ? 'gone' : probe()), timeoutMs);
  if (found === 'gone') throw new HostGone(fact);
  return found as T;
}

function signIn(host: FaultyProcess): Promise<HeadgateApi> {
  return signInTo({ ...host, close: async () => {} });
}
