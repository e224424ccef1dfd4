import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The event that API Gateway's REST proxy would send for this request. A body that is not UTF-8 (gzip, say) goes as
 * base64, as it does with binary media types on.
 */
export function apiEvent(request: IncomingMessage, body: Buffer): APIGatewayProxyEvent {
  const { path, query } = targetOf(request.url ?? '/');
  const requestId = randomUUID();
  const { headers, multiValueHeaders } = headersOf(request);
  const text = textOf(body, headers['content-encoding']);
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: request.method ?? 'GET',
    headers,
    multiValueHeaders,
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? groupedByName(query) : null,
    pathParameters: path === '/' ? null : { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: requestContext(request, path, requestId, headers),
    body: body.length === 0 ? null : (text ?? body.toString('base64')),
    isBase64Encoded: body.length > 0 && text === undefined,
  };
}

/** Writes a handler's answer. */
export function sendResult(response: ServerResponse, result: APIGatewayProxyResult): void {
  const body = result.isBase64Encoded ? Buffer.from(result.body, 'base64') : Buffer.from(result.body ?? '', 'utf8');
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value));
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {}))
    response.setHeader(name, values.map(String));
  // A HEAD and a 304 have no body, and nothing to say of the length of the one that a GET would have.
  if (response.req.method !== 'HEAD' && result.statusCode !== 304) response.setHeader('content-length', body.length);
  response.writeHead(result.statusCode);
  response.end(body);
}

/**
 * Path and query of a request target, as sent: no dot segment is resolved and no escape undone, so that a row named `..`
 * is that row. Slashes at the start count as one: a client whose host ends with a slash means the same path.
 */
function targetOf(target: string): { path: string; query: [string, string][] } {
  const relative = target.replace(/^https?:\/\/[^/?]*/i, '').replace(/^\/*/, '/');
  const mark = relative.indexOf('?');
  if (mark < 0) return { path: relative, query: [] };
  return { path: relative.slice(0, mark), query: [...new URLSearchParams(relative.slice(mark + 1))] };
}

function textOf(body: Buffer, encoding: string | undefined): string | undefined {
  if (encoding !== undefined && encoding !== 'identity') return undefined;
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

function headersOf({ rawHeaders }: IncomingMessage) {
  const headers: Record<string, string> = Object.create(null);
  const multiValueHeaders: Record<string, string[]> = Object.create(null);
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    headers[name] = rawHeaders[i + 1]!;
    addTo(multiValueHeaders, name, headers[name]);
  }
  return { headers, multiValueHeaders };
}

function groupedByName(pairs: readonly [string, string][]): Record<string, string[]> {
  const grouped: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) addTo(grouped, name, value);
  return grouped;
}

function addTo(grouped: Record<string, string[]>, name: string, value: string): void {
  const values = grouped[name];
  if (values) values.push(value);
  else grouped[name] = [value];
}

function requestContext(
  request: IncomingMessage,
  path: string,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyEvent['requestContext'] {
  const now = Date.now();
  return {
    accountId: '000000000000',
    apiId: 'local',
    authorizer: null,
    protocol: `HTTP/${request.httpVersion}`,
    httpMethod: request.method ?? 'GET',
    path,
    stage: 'local',
    requestId,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    resourceId: 'local',
    resourcePath: '/{proxy+}',
    identity: {
      ...noIdentity,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: headers['user-agent'] ?? null,
    },
  };
}

const noIdentity = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
} as const;
