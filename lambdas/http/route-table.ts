/**
 * Every route of the product as data. The handlers' router, the embedded host (`functionFor`) and the test that holds
 * `schemas/openapi.yaml` to it read this table; API Gateway itself only splits traffic between the three functions.
 */
export type HandlerFunction = 'control' | 'ingest' | 'query';
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route {
  readonly method: HttpMethod;
  /** Literal segments and `{parameters}`; no slash at the end. */
  readonly path: string;
  /** `operationId` of the OpenAPI document: unique. */
  readonly operation: string;
  readonly function: HandlerFunction;
  /** Name within the function's operations; routes of two dialects may share one. */
  readonly handler: string;
  /** False: answered without credentials. */
  readonly auth: boolean;
}

/** method, path, operation, function, handler, auth */
const table = [
  ['POST', '/', 'createToken', 'control', 'createToken', false],
  ['GET', '/health', 'getHealth', 'control', 'getHealth', false],
  ['GET', '/openapi.json', 'getOpenApi', 'control', 'getOpenApi', false],

  ['POST', '/v1/deployments', 'v1CreateDeployment', 'control', 'v1CreateDeployment', true],
  ['GET', '/v1/deployments', 'v1ListDeployments', 'control', 'v1ListDeployments', true],
  ['GET', '/v1/deployments/{database_id}', 'v1GetDeployment', 'control', 'v1GetDeployment', true],
  ['DELETE', '/v1/deployments/{database_id}', 'v1DeleteDeployment', 'control', 'v1DeleteDeployment', true],
  ['POST', '/v1/deployments/{database_id}/query', 'v1QueryDeployment', 'query', 'query', true],
  ['POST', '/v1/tables/{database_id}', 'v1CreateTable', 'control', 'v1CreateTable', true],
  ['GET', '/v1/tables/{database_id}', 'v1ListTables', 'control', 'v1ListTables', true],
  ['GET', '/v1/tables/{database_id}/{table}', 'v1GetTable', 'control', 'v1GetTable', true],
  ['DELETE', '/v1/tables/{database_id}/{table}', 'v1DeleteTable', 'control', 'v1DeleteTable', true],
  ['POST', '/v1/sinks', 'v1CreateSink', 'control', 'v1CreateSink', true],
  ['GET', '/v1/sinks', 'v1ListSinks', 'control', 'v1ListSinks', true],
  ['GET', '/v1/sinks/{sink_id}', 'v1GetSink', 'control', 'v1GetSink', true],
  ['DELETE', '/v1/sinks/{sink_id}', 'v1DeleteSink', 'control', 'v1DeleteSink', true],
  ['POST', '/v1/sinks/{sink_id}', 'v1PostDataRecords', 'ingest', 'postDataRecords', true],
  ['GET', '/v1/sinks/{sink_id}/errors', 'v1ListSinkErrors', 'control', 'v1ListSinkErrors', true],

  ['POST', '/v2/databases', 'createDatabase', 'control', 'createDatabase', true],
  ['GET', '/v2/databases', 'listDatabases', 'control', 'listDatabases', true],
  ['GET', '/v2/databases/{database_id}', 'getDatabase', 'control', 'getDatabase', true],
  ['DELETE', '/v2/databases/{database_id}', 'deleteDatabase', 'control', 'deleteDatabase', true],
  ['POST', '/v2/databases/{database_id}/query', 'queryDatabase', 'query', 'query', true],
  ['POST', '/v2/databases/{database_id}/query/sql', 'querySqlDatabase', 'query', 'querySql', true],
  ['POST', '/v2/databases/{database_id}/query/pql', 'queryPqlDatabase', 'query', 'queryPql', true],
  ['POST', '/v2/tables/{database_id}', 'createTable', 'control', 'createTable', true],
  ['GET', '/v2/tables/{database_id}', 'listTables', 'control', 'listTables', true],
  ['GET', '/v2/tables/{database_id}/{table}', 'getTable', 'control', 'getTable', true],
  ['DELETE', '/v2/tables/{database_id}/{table}', 'deleteTable', 'control', 'deleteTable', true],
  ['POST', '/v2/tables/{database_id}/{table}/fields/{column}', 'createTableColumn', 'control', 'createColumn', true],
  ['DELETE', '/v2/tables/{database_id}/{table}/fields/{column}', 'deleteTableColumn', 'control', 'deleteColumn', true],
  ['GET', '/v2/tables/{database_id}/{table}/rows/{row_id}', 'getRow', 'control', 'getRow', true],
  ['DELETE', '/v2/tables/{database_id}/{table}/rows/{row_id}', 'deleteRow', 'ingest', 'deleteRow', true],
  ['POST', '/v2/sinks', 'createSink', 'control', 'createSink', true],
  ['GET', '/v2/sinks', 'listSinks', 'control', 'listSinks', true],
  ['GET', '/v2/sinks/{sink_id}', 'getSink', 'control', 'getSink', true],
  ['DELETE', '/v2/sinks/{sink_id}', 'deleteSink', 'control', 'deleteSink', true],
  ['POST', '/v2/sinks/{sink_id}', 'postDataRecords', 'ingest', 'postDataRecords', true],
  ['GET', '/v2/sinks/{sink_id}/errors', 'listSinkErrors', 'control', 'listSinkErrors', true],
  ['GET', '/v2/sinks/{sink_id}/quota', 'getSinkQuota', 'control', 'getSinkQuota', true],
  ['PUT', '/v2/sinks/{sink_id}/quota', 'putSinkQuota', 'control', 'putSinkQuota', true],
  ['DELETE', '/v2/sinks/{sink_id}/quota', 'deleteSinkQuota', 'control', 'deleteSinkQuota', true],
  ['GET', '/v2/quota', 'getQuota', 'control', 'getQuota', true],
  ['PUT', '/v2/quota', 'putQuota', 'control', 'putQuota', true],
  ['DELETE', '/v2/quota', 'deleteQuota', 'control', 'deleteQuota', true],
  ['GET', '/v2/limits', 'getLimits', 'control', 'getLimits', true],
  ['PUT', '/v2/sinks/{sink_id}/schema', 'putSinkSchema', 'control', 'putSinkSchema', true],
  ['GET', '/v2/sinks/{sink_id}/quarantine', 'listQuarantine', 'control', 'listQuarantine', true],
  ['GET', '/v2/sinks/{sink_id}/quarantine/{entry_id}', 'getQuarantined', 'control', 'getQuarantined', true],
  ['PUT', '/v2/sinks/{sink_id}/quarantine/{entry_id}', 'editQuarantined', 'control', 'editQuarantined', true],
  ['DELETE', '/v2/sinks/{sink_id}/quarantine/{entry_id}', 'discardQuarantined', 'control', 'discardQuarantined', true],
  ['GET', '/v2/sinks/{sink_id}/archive', 'listArchive', 'control', 'listArchive', true],
  ['GET', '/v2/sinks/{sink_id}/archive/{entry_id}', 'getArchivedBody', 'control', 'getArchivedBody', true],
  ['POST', '/v2/sinks/{sink_id}/replays', 'createReplay', 'ingest', 'createReplay', true],
  ['GET', '/v2/sinks/{sink_id}/replays', 'listReplays', 'control', 'listReplays', true],
  ['GET', '/v2/sinks/{sink_id}/replays/{replay_id}', 'getReplay', 'control', 'getReplay', true],
  ['DELETE', '/v2/sinks/{sink_id}/replays/{replay_id}', 'cancelReplay', 'control', 'cancelReplay', true],
  ['GET', '/v2/receipts/{receipt_id}', 'getReceipt', 'control', 'getReceipt', true],
  ['POST', '/v2/receipts/{receipt_id}/redrive', 'redriveReceipt', 'ingest', 'redriveReceipt', true],
] as const;

type Row = (typeof table)[number];
/** Handlers that a function must have: those called with the caller, and those open to anyone. */
export type HandlerNameOf<F extends HandlerFunction> = Extract<Row, readonly [...unknown[], F, string, true]>[4];
export type OpenHandlerNameOf<F extends HandlerFunction> = Extract<Row, readonly [...unknown[], F, string, false]>[4];

export const routes: readonly Route[] = table.map(([method, path, operation, to, handler, auth]) => ({
  method,
  path,
  operation,
  function: to,
  handler,
  auth,
}));

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong_method'; readonly allowed: readonly HttpMethod[] }
  | { readonly kind: 'unknown' };

interface Pattern {
  readonly route: Route;
  readonly segments: readonly { readonly text: string; readonly parameter: boolean }[];
}

/** Where two patterns fit one path, the one whose first difference is a literal comes first. */
const patternsByLength = Map.groupBy(routes.map(patternOf).sort(bySpecificity), ({ segments }) => segments.length);

/**
 * Finds the route of a request. A slash at the end is tolerated: clients of the original send `POST /tables/{id}/`.
 * @param path as sent, without query; parameters are percent-decoded here, once
 */
export function matchRoute(method: string, path: string): RouteMatch {
  const segments = segmentsOf(path);
  const fitting = (patternsByLength.get(segments.length) ?? []).filter((pattern) => fits(pattern, segments));
  const found = fitting.find(({ route }) => route.method === method);
  if (found) return { kind: 'found', route: found.route, params: paramsOf(found, segments) };
  if (fitting.length > 0) return { kind: 'wrong_method', allowed: fitting.map(({ route }) => route.method) };
  return { kind: 'unknown' };
}

/** The function that answers a request; what no route names goes to `control`, which answers the 404 or 405. */
export function functionFor(method: string, path: string): HandlerFunction {
  const match = matchRoute(method, path);
  return match.kind === 'found' ? match.route.function : 'control';
}

function segmentsOf(path: string): string[] {
  const end = path.length > 1 && path.endsWith('/') ? -1 : undefined;
  return path.slice(1, end).split('/');
}

function patternOf(route: Route): Pattern {
  const segments = segmentsOf(route.path).map((text) =>
    text.startsWith('{') ? { text: text.slice(1, -1), parameter: true } : { text, parameter: false },
  );
  return { route, segments };
}

function bySpecificity(a: Pattern, b: Pattern): number {
  const place = a.segments.findIndex(({ parameter }, i) => parameter !== b.segments[i]?.parameter);
  if (place < 0) return 0;
  return a.segments[place]!.parameter ? 1 : -1;
}

function fits(pattern: Pattern, segments: readonly string[]): boolean {
  return pattern.segments.every(({ text, parameter }, i) => (parameter ? segments[i] !== '' : segments[i] === text));
}

function paramsOf(pattern: Pattern, segments: readonly string[]): Record<string, string> {
  const named = pattern.segments.flatMap(({ text, parameter }, i) =>
    parameter ? [[text, decoded(segments[i]!)] as const] : [],
  );
  return Object.fromEntries(named);
}

/** A segment with a broken escape stands for itself: it names nothing, and the answer is a 404. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
