import type { Verb } from '../domain/scope.ts';

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
  /** What the caller must be allowed to do; `open` is answered without credentials, `any` to whoever has some. */
  readonly verb: Verb | 'any' | 'open';
}

/** method, path, operation, function, handler, verb */
const table = [
  ['POST', '/', 'createToken', 'control', 'createToken', 'open'],
  ['GET', '/health', 'getHealth', 'control', 'getHealth', 'open'],
  ['GET', '/ready', 'getReady', 'control', 'getReady', 'open'],
  ['GET', '/problems/{kind}', 'getProblem', 'control', 'getProblem', 'open'],
  ['GET', '/openapi.json', 'getOpenApi', 'control', 'getOpenApi', 'open'],

  ['POST', '/v1/deployments', 'v1CreateDeployment', 'control', 'v1CreateDeployment', 'manage'],
  ['GET', '/v1/deployments', 'v1ListDeployments', 'control', 'v1ListDeployments', 'read'],
  ['GET', '/v1/deployments/{database_id}', 'v1GetDeployment', 'control', 'v1GetDeployment', 'read'],
  ['PUT', '/v1/deployments/{database_id}', 'v1PutDeployment', 'control', 'v1PutDeployment', 'manage'],
  ['DELETE', '/v1/deployments/{database_id}', 'v1DeleteDeployment', 'control', 'v1DeleteDeployment', 'manage'],
  ['POST', '/v1/deployments/{database_id}/query', 'v1QueryDeployment', 'query', 'query', 'query'],
  ['POST', '/v1/tables/{database_id}', 'v1CreateTable', 'control', 'v1CreateTable', 'manage'],
  ['GET', '/v1/tables/{database_id}', 'v1ListTables', 'control', 'v1ListTables', 'read'],
  ['GET', '/v1/tables/{database_id}/{table}', 'v1GetTable', 'control', 'v1GetTable', 'read'],
  ['DELETE', '/v1/tables/{database_id}/{table}', 'v1DeleteTable', 'control', 'v1DeleteTable', 'manage'],
  ['POST', '/v1/sinks', 'v1CreateSink', 'control', 'v1CreateSink', 'manage'],
  ['GET', '/v1/sinks', 'v1ListSinks', 'control', 'v1ListSinks', 'read'],
  ['GET', '/v1/sinks/{sink_id}', 'v1GetSink', 'control', 'v1GetSink', 'read'],
  ['DELETE', '/v1/sinks/{sink_id}', 'v1DeleteSink', 'control', 'v1DeleteSink', 'manage'],
  ['POST', '/v1/sinks/{sink_id}', 'v1PostDataRecords', 'ingest', 'postDataRecords', 'ingest'],
  ['PUT', '/v1/sinks/{sink_id}/schema', 'v1PutSinkSchema', 'control', 'v1PutSinkSchema', 'manage'],
  ['GET', '/v1/sinks/{sink_id}/errors', 'v1ListSinkErrors', 'control', 'v1ListSinkErrors', 'read'],
  ['GET', '/v1/sinks/{sink_id}/metrics', 'v1GetSinkMetrics', 'control', 'getSinkMetrics', 'read'],
  [
    'GET',
    '/v1/service-properties/deployment:shapes',
    'v1ListDeploymentShapes',
    'control',
    'v1ListDeploymentShapes',
    'any',
  ],

  ['POST', '/v2/databases', 'createDatabase', 'control', 'createDatabase', 'manage'],
  ['GET', '/v2/databases', 'listDatabases', 'control', 'listDatabases', 'read'],
  ['GET', '/v2/databases/{database_id}', 'getDatabase', 'control', 'getDatabase', 'read'],
  ['PUT', '/v2/databases/{database_id}', 'putDatabase', 'control', 'putDatabase', 'manage'],
  ['DELETE', '/v2/databases/{database_id}', 'deleteDatabase', 'control', 'deleteDatabase', 'manage'],
  ['POST', '/v2/databases/{database_id}/query', 'queryDatabase', 'query', 'query', 'query'],
  ['POST', '/v2/databases/{database_id}/query/sql', 'querySqlDatabase', 'query', 'querySql', 'query'],
  ['POST', '/v2/databases/{database_id}/sql', 'sqlDatabase', 'query', 'querySql', 'query'],
  ['POST', '/v2/sql', 'querySqlTenant', 'query', 'querySqlTenant', 'query'],
  ['POST', '/v2/databases/{database_id}/query/pql', 'queryPqlDatabase', 'query', 'queryPql', 'query'],
  ['POST', '/v2/tables/{database_id}', 'createTable', 'control', 'createTable', 'manage'],
  ['GET', '/v2/tables/{database_id}', 'listTables', 'control', 'listTables', 'read'],
  ['GET', '/v2/tables/{database_id}/{table}', 'getTable', 'control', 'getTable', 'read'],
  ['PUT', '/v2/tables/{database_id}/{table}', 'putTable', 'control', 'putTable', 'manage'],
  ['DELETE', '/v2/tables/{database_id}/{table}', 'deleteTable', 'control', 'deleteTable', 'manage'],
  [
    'POST',
    '/v2/tables/{database_id}/{table}/fields/{column}',
    'createTableColumn',
    'control',
    'createColumn',
    'manage',
  ],
  [
    'DELETE',
    '/v2/tables/{database_id}/{table}/fields/{column}',
    'deleteTableColumn',
    'control',
    'deleteColumn',
    'manage',
  ],
  ['GET', '/v2/tables/{database_id}/{table}/rows/{row_id}', 'getRow', 'control', 'getRow', 'query'],
  ['DELETE', '/v2/tables/{database_id}/{table}/rows/{row_id}', 'deleteRow', 'ingest', 'deleteRow', 'ingest'],
  ['POST', '/v2/sinks', 'createSink', 'control', 'createSink', 'manage'],
  ['GET', '/v2/sinks', 'listSinks', 'control', 'listSinks', 'read'],
  ['GET', '/v2/sinks/{sink_id}', 'getSink', 'control', 'getSink', 'read'],
  ['DELETE', '/v2/sinks/{sink_id}', 'deleteSink', 'control', 'deleteSink', 'manage'],
  ['POST', '/v2/sinks/{sink_id}', 'postDataRecords', 'ingest', 'postDataRecords', 'ingest'],
  ['GET', '/v2/sinks/{sink_id}/errors', 'listSinkErrors', 'control', 'listSinkErrors', 'read'],
  ['GET', '/v2/sinks/{sink_id}/metrics', 'getSinkMetrics', 'control', 'getSinkMetrics', 'read'],
  ['GET', '/v2/sinks/{sink_id}/quota', 'getSinkQuota', 'control', 'getSinkQuota', 'read'],
  ['PUT', '/v2/sinks/{sink_id}/quota', 'putSinkQuota', 'control', 'putSinkQuota', 'administer'],
  ['DELETE', '/v2/sinks/{sink_id}/quota', 'deleteSinkQuota', 'control', 'deleteSinkQuota', 'administer'],
  ['GET', '/v2/quota', 'getQuota', 'control', 'getQuota', 'read'],
  ['PUT', '/v2/quota', 'putQuota', 'control', 'putQuota', 'administer'],
  ['DELETE', '/v2/quota', 'deleteQuota', 'control', 'deleteQuota', 'administer'],
  ['GET', '/v2/audit', 'listAudit', 'control', 'listAudit', 'administer'],
  ['GET', '/v2/limits', 'getLimits', 'control', 'getLimits', 'any'],
  ['GET', '/v2/service-properties/database:shapes', 'listDatabaseShapes', 'control', 'listDatabaseShapes', 'any'],
  ['PUT', '/v2/sinks/{sink_id}/schema', 'putSinkSchema', 'control', 'putSinkSchema', 'manage'],
  ['GET', '/v2/sinks/{sink_id}/quarantine', 'listQuarantine', 'control', 'listQuarantine', 'query'],
  ['GET', '/v2/sinks/{sink_id}/quarantine/{entry_id}', 'getQuarantined', 'control', 'getQuarantined', 'query'],
  ['PUT', '/v2/sinks/{sink_id}/quarantine/{entry_id}', 'editQuarantined', 'control', 'editQuarantined', 'replay'],
  [
    'DELETE',
    '/v2/sinks/{sink_id}/quarantine/{entry_id}',
    'discardQuarantined',
    'control',
    'discardQuarantined',
    'replay',
  ],
  ['GET', '/v2/sinks/{sink_id}/archive', 'listArchive', 'control', 'listArchive', 'query'],
  ['GET', '/v2/sinks/{sink_id}/archive/{entry_id}', 'getArchivedBody', 'control', 'getArchivedBody', 'query'],
  ['POST', '/v2/sinks/{sink_id}/replays', 'createReplay', 'ingest', 'createReplay', 'replay'],
  ['GET', '/v2/sinks/{sink_id}/replays', 'listReplays', 'control', 'listReplays', 'read'],
  ['GET', '/v2/sinks/{sink_id}/replays/{replay_id}', 'getReplay', 'control', 'getReplay', 'read'],
  ['DELETE', '/v2/sinks/{sink_id}/replays/{replay_id}', 'cancelReplay', 'control', 'cancelReplay', 'replay'],
  ['GET', '/v2/receipts/{receipt_id}', 'getReceipt', 'control', 'getReceipt', 'read'],
  ['POST', '/v2/receipts/{receipt_id}/redrive', 'redriveReceipt', 'ingest', 'redriveReceipt', 'replay'],

  ['GET', '/.well-known/jwks.json', 'getJwks', 'control', 'getJwks', 'open'],
  ['POST', '/v2/invites/accept', 'acceptInvite', 'control', 'acceptInvite', 'open'],
  ['POST', '/v1/invites', 'v1CreateInvite', 'control', 'createInvite', 'administer'],
  ['POST', '/v2/invites', 'createInvite', 'control', 'createInvite', 'administer'],
  ['GET', '/v2/invites', 'listInvites', 'control', 'listInvites', 'administer'],
  ['DELETE', '/v2/invites/{user_id}', 'deleteInvite', 'control', 'deleteInvite', 'administer'],
  ['GET', '/v2/users', 'listUsers', 'control', 'listUsers', 'administer'],
  ['GET', '/v2/users/current', 'getCurrentUser', 'control', 'getCurrentUser', 'any'],
  ['GET', '/v2/users/{user_id}', 'getUser', 'control', 'getUser', 'account'],
  ['PUT', '/v2/users/{user_id}', 'putUser', 'control', 'putUser', 'administer'],
  ['DELETE', '/v2/users/{user_id}', 'deleteUser', 'control', 'deleteUser', 'account'],
  ['PUT', '/v2/users/{user_id}/password', 'putUserPassword', 'control', 'putUserPassword', 'account'],
  ['POST', '/v2/users/{user_id}/password-reset', 'resetUserPassword', 'control', 'resetUserPassword', 'administer'],
  ['POST', '/v2/users/{user_id}/sign-out', 'signOutUser', 'control', 'signOutUser', 'account'],
  ['GET', '/v2/users/{user_id}/keys', 'listUserKeys', 'control', 'listUserKeys', 'account'],
  ['POST', '/v2/users/{user_id}/keys', 'postKey', 'control', 'postUserKey', 'account'],
  ['GET', '/v2/users/{user_id}/keys/{key_id}', 'getUserKey', 'control', 'getUserKey', 'account'],
  ['PUT', '/v2/users/{user_id}/keys/{key_id}', 'putUserKey', 'control', 'putUserKey', 'account'],
  ['DELETE', '/v2/users/{user_id}/keys/{key_id}', 'deleteUserKey', 'control', 'deleteUserKey', 'account'],
  ['GET', '/v2/tokens', 'listTokens', 'control', 'listTokens', 'administer'],
  ['POST', '/v2/tokens', 'postToken', 'control', 'postToken', 'administer'],
  ['GET', '/v2/tokens/{token_id}', 'getToken', 'control', 'getToken', 'administer'],
  ['PUT', '/v2/tokens/{token_id}', 'putToken', 'control', 'putToken', 'administer'],
  ['DELETE', '/v2/tokens/{token_id}', 'deleteToken', 'control', 'deleteToken', 'administer'],
] as const;

type Row = (typeof table)[number];
/** Handlers that a function must have: those called with the caller, and those open to anyone. */
export type HandlerNameOf<F extends HandlerFunction> = Exclude<
  Extract<Row, readonly [...unknown[], F, string, string]>,
  readonly [...unknown[], 'open']
>[4];
export type OpenHandlerNameOf<F extends HandlerFunction> = Extract<Row, readonly [...unknown[], F, string, 'open']>[4];

export const routes: readonly Route[] = table.map(([method, path, operation, to, handler, verb]) => ({
  method,
  path,
  operation,
  function: to,
  handler,
  verb,
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
 * Finds the route of a request; a HEAD finds that of its GET. A slash at the end is tolerated: clients of the original send
 * `POST /tables/{id}/`.
 * @param path as sent, without query; parameters are percent-decoded here, once
 */
export function matchRoute(method: string, path: string): RouteMatch {
  const segments = segmentsOf(path);
  const fitting = (patternsByLength.get(segments.length) ?? []).filter((pattern) => fits(pattern, segments));
  const asked = method === 'HEAD' ? 'GET' : method;
  const found = fitting.find(({ route }) => route.method === asked);
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
  return pattern.segments.every(({ text, parameter }, i) =>
    parameter ? segments[i] !== '' : decoded(segments[i]!) === text,
  );
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
