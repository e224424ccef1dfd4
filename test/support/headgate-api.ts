import { randomBytes } from 'node:crypto';
import type { AcceptanceTarget } from './acceptance-target.ts';
import { type Answer, type HttpClient, makeHttpClient } from './http-client.ts';
import { waitUntil } from './wait-until.ts';

export interface RecordsAnswer {
  readonly success_count: number;
  readonly error_count: number;
  readonly records: readonly {
    readonly status: string;
    readonly error_code?: string;
    readonly error_message?: string;
    readonly pointer?: string;
  }[];
}

export interface SinkAnswer {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly ingest_endpoint: string;
  readonly sink_details: Readonly<Record<string, string>>;
  readonly schema: Readonly<Record<string, unknown>>;
}

interface SqlAnswer {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly data: readonly (readonly unknown[])[];
  readonly error?: string;
}

export interface FieldItem {
  readonly name: string;
  readonly path: readonly string[];
}

/** The calls that most scenarios need, in the /v2 dialect. Each throws unless the answer is the documented success. */
export interface HeadgateApi extends HttpClient {
  readonly idToken: string;
  createDatabase(): Promise<string>;
  /** @param columns name to FeatureBase column options, e.g. `{ "type": "int" }` */
  createTable(
    databaseId: string,
    table: string,
    keys: boolean,
    columns: Readonly<Record<string, object>>,
  ): Promise<void>;
  /** Makes a sink and waits until it is ACTIVE. */
  createSink(
    databaseId: string,
    table: string,
    items: readonly FieldItem[],
    allowMissing: boolean,
  ): Promise<SinkAnswer>;
  /** POSTs records to a sink; any answer. */
  send(sinkId: string, values: readonly unknown[]): Promise<Answer<RecordsAnswer>>;
  /** POSTs records that must all be accepted, and waits until queries see them. */
  load(sinkId: string, values: readonly unknown[]): Promise<void>;
  /** Waits until a POST's receipt says that its records are visible. */
  visible(answer: { readonly headers: Headers }): Promise<void>;
  /** The same of a receipt by its id; when it was, in milliseconds since 1970. */
  visibleAt(receiptId: string): Promise<number>;
  /** Rows of a SELECT, one object each. */
  select(databaseId: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Deletes a database with all sinks and tables in it, and waits until it is gone. */
  removeDatabase(databaseId: string): Promise<void>;
}

/** A name that no other run uses: the suite may run against a product that is shared. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(5).toString('hex')}`;
}

/** Signs in and gives a client for it. */
export async function signInTo(target: AcceptanceTarget): Promise<HeadgateApi> {
  const anonymous = makeHttpClient(target.url);
  const signedIn = await anonymous.post<{ AuthenticationResult: { IdToken: string } }>('/', {
    USERNAME: target.username,
    PASSWORD: target.password,
  });
  expectStatus(signedIn, 200);
  const idToken = signedIn.body.AuthenticationResult.IdToken;
  const http = makeHttpClient(target.url, `Bearer ${idToken}`);
  const api: HeadgateApi = {
    ...http,
    idToken,
    createDatabase: async () => {
      const name = uniqueName('acceptance');
      const body = { name, database_options: { shape: '8GB-Development' } };
      const { id } = expectStatus(await http.post<{ id: string }>('/v2/databases', body), 201).body;
      await reached(http, `/v2/databases/${id}`, 'database_status', 'RUNNING');
      return id;
    },
    createTable: async (databaseId, table, keys, columns) => {
      const body = { name: table, description: '', options: { keys, trackExistence: true } };
      expectStatus(await http.post(`/v2/tables/${databaseId}`, body), 201);
      for (const [column, options] of Object.entries(columns))
        expectStatus(await http.post(`/v2/tables/${databaseId}/${table}/fields/${column}`, { options }), 201);
    },
    createSink: async (databaseId, table, items, allowMissing) => {
      const body = {
        name: uniqueName('sink'),
        sink_details: { database_id: databaseId, table },
        schema: { id_field: '_id', allow_missing_fields: allowMissing, definition: items },
      };
      const { id } = expectStatus(await http.post<SinkAnswer>('/v2/sinks', body), 201).body;
      await reached(http, `/v2/sinks/${id}`, 'status', 'ACTIVE');
      return (await http.get<SinkAnswer>(`/v2/sinks/${id}`)).body;
    },
    send: (sinkId, values) => http.post(`/v2/sinks/${sinkId}`, { records: values.map((value) => ({ value })) }),
    load: async (sinkId, values) => {
      const answer = expectStatus(await api.send(sinkId, values), 200);
      if (answer.body.success_count !== values.length) throw new Error(`not all were accepted: ${answer.text}`);
      await api.visible(answer);
    },
    visible: async (answer) => {
      const receiptId = answer.headers.get('x-headgate-receipt');
      if (receiptId === null) throw new Error('the answer names no receipt');
      await api.visibleAt(receiptId);
    },
    visibleAt: async (receiptId) => {
      const receipt = await reached(http, `/v2/receipts/${receiptId}`, 'state', 'visible');
      return Date.parse(String(receipt['visible_at']));
    },
    select: async (databaseId, sql) => {
      const path = `/v2/databases/${databaseId}/query/sql`;
      const answer = expectStatus(await http.post<SqlAnswer>(path, sql, { contentType: 'text/plain' }), 200);
      const { schema, data, error } = answer.body;
      if (error !== undefined) throw new Error(`${sql}: ${error}`);
      return data.map((row) => Object.fromEntries(row.map((cell, i) => [schema.fields[i]!.name, cell])));
    },
    removeDatabase: (databaseId) => removeDatabase(http, databaseId),
  };
  return api;
}

/** Throws with the whole answer unless its status is the one given. */
export function expectStatus<A extends Answer>(answer: A, status: number): A {
  if (answer.status !== status) throw new Error(`HTTP ${answer.status}, not ${status}: ${answer.text}`);
  return answer;
}

/** Waits until `field` of the resource has `value`; FAILED ends the wait at once. */
async function reached(http: HttpClient, path: string, field: string, value: string): Promise<Record<string, unknown>> {
  const seen = await waitUntil(`${field} of ${path} is ${value}`, async () => {
    const { body } = expectStatus(await http.get<Record<string, unknown>>(path), 200);
    return body[field] === value || /failed/i.test(String(body[field])) ? body : undefined;
  });
  if (seen[field] !== value) throw new Error(`${path}: ${JSON.stringify(seen)}`);
  return seen;
}

async function removeDatabase(http: HttpClient, databaseId: string): Promise<void> {
  type Resources<T> = { readonly resources: readonly T[] };
  const sinks = (await http.get<Resources<SinkAnswer>>('/v2/sinks')).body.resources;
  for (const sink of sinks.filter((s) => Object.values(s.sink_details).includes(databaseId))) {
    await http.delete(`/v2/sinks/${sink.id}`);
    await gone(http, `/v2/sinks/${sink.id}`);
  }
  const tables = await http.get<Resources<{ name: string }>>(`/v2/tables/${databaseId}`);
  for (const { name } of tables.body.resources) {
    await http.delete(`/v2/tables/${databaseId}/${name}`);
    await gone(http, `/v2/tables/${databaseId}/${name}`);
  }
  await http.delete(`/v2/databases/${databaseId}`);
  await gone(http, `/v2/databases/${databaseId}`);
}

/** Waits until a table has all that belongs to it: from then on, only requests change it. */
export async function tableIsActive(http: HttpClient, databaseId: string, table: string): Promise<void> {
  await reached(http, `/v2/tables/${databaseId}/${table}`, 'status', 'ACTIVE');
}

/** Waits until a resource answers 404. */
export function gone(http: HttpClient, path: string): Promise<true> {
  return waitUntil(`${path} is gone`, async () => ((await http.get(path)).status === 404 ? true : undefined));
}
