import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { apiTimeoutMs } from '../../lambdas/domain/limits.ts';
import type { ApiHandler } from '../../lambdas/http/exchange.ts';

export interface ApiCall {
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
  /** `requestContext.path`: the path with the stage in front. */
  readonly contextPath?: string;
  readonly requestId?: string;
  /** Where the connection came from. */
  readonly sourceIp?: string;
}

/**
 * The event that API Gateway's REST proxy sends, as far as our functions look at it.
 * @param target path, with a query string if wanted
 */
export function apiEvent(httpMethod: string, target: string, call: ApiCall = {}): APIGatewayProxyEvent {
  const [path = '', query] = target.split('?');
  const { body, contextPath = path, requestId = 'gateway-id' } = call;
  return {
    httpMethod,
    path,
    headers: { ...call.headers },
    queryStringParameters: query === undefined ? null : Object.fromEntries(new URLSearchParams(query)),
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: call.isBase64Encoded ?? false,
    requestContext: { path: contextPath, requestId, ...(call.sourceIp && { identity: { sourceIp: call.sourceIp } }) },
  } as unknown as APIGatewayProxyEvent;
}

export interface CallAnswer extends APIGatewayProxyResult {
  /** The parsed body; undefined when it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at all kinds of answers
  readonly json: any;
}

/** Calls a handler as Lambda does. */
export async function callApi(
  handler: ApiHandler,
  method: string,
  path: string,
  call: ApiCall = {},
): Promise<CallAnswer> {
  const context = { getRemainingTimeInMillis: () => apiTimeoutMs } as Context;
  const answer = await handler(apiEvent(method, path, call), context);
  return { ...answer, json: parsed(answer.body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
