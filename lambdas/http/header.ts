import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * A request header by its lower-case name, whatever the case it was sent in; undefined when absent or blank.
 * API Gateway passes names as sent, the embedded host in lower case.
 */
export function headerOf(event: Pick<APIGatewayProxyEvent, 'headers'>, name: string): string | undefined {
  return sentHeaderOf(event, name) || undefined;
}

/** The same where a blank header is not as good as none. */
export function sentHeaderOf({ headers }: Pick<APIGatewayProxyEvent, 'headers'>, name: string): string | undefined {
  const exact = headers?.[name];
  const value = exact ?? Object.entries(headers ?? {}).find(([sent]) => sent.toLowerCase() === name)?.[1];
  return value?.trim();
}
