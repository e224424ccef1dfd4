import type { APIGatewayProxyResult } from 'aws-lambda';
import { exactJson } from '../domain/json/exact-json.ts';

export type Headers = Readonly<Record<string, string>>;
export type Answer = APIGatewayProxyResult;

const json = { 'content-type': 'application/json' };

/** Control-plane JSON: one key a line, so that shell clients can take values out with grep. */
export function prettyAnswer(statusCode: number, value: unknown, headers: Headers = {}): Answer {
  return { statusCode, headers: { ...json, ...headers }, body: JSON.stringify(value, null, 2) };
}

/** Data-plane JSON on one line; bigints are written digit by digit. */
export function compactAnswer(statusCode: number, value: unknown, headers: Headers = {}): Answer {
  return textAnswer(statusCode, exactJson(value), headers);
}

/** JSON that is text already. */
export function textAnswer(statusCode: number, body: string, headers: Headers = {}): Answer {
  return { statusCode, headers: { ...json, ...headers }, body };
}
