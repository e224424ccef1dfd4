import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem } from '../domain/problem.ts';
import { exchangeOf } from './exchange.ts';
import { headerOf } from './header.ts';

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);
const byteOrderMark = 0xfeff;

export interface BodyLimits {
  /** Bytes as sent. */
  readonly bytesMax: number;
  /** Bytes after gzip. */
  readonly inflatedBytesMax: number;
}

/** Middleware: the body as text. Comes after authentication, so that only known callers can make us inflate. */
export function bodyDecoding(limits: BodyLimits): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before: async ({ event }) => {
      exchangeOf(event).body = await decodeBody(event, limits);
    },
  };
}

/**
 * Decodes base64, gzip (`Content-Encoding: gzip`) and UTF-8; the Content-Type plays no part, because documented clients
 * send wrong ones. Inflating stops at the limit, so that a small body cannot unfold to fill the memory.
 * @throws Problem `payload_too_large` or `invalid_body`
 */
export async function decodeBody(
  event: Pick<APIGatewayProxyEvent, 'headers' | 'body' | 'isBase64Encoded'>,
  limits: BodyLimits,
): Promise<string> {
  const sent = event.body ?? '';
  const encoding = headerOf(event, 'content-encoding')?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Problem('invalid_body', `Content-Encoding is gzip or left out, not "${encoding.slice(0, 40)}".`);
  const bytes = event.isBase64Encoded ? Math.floor((sent.length * 3) / 4) - 2 : Buffer.byteLength(sent);
  if (bytes > limits.bytesMax) throw tooLarge(limits.bytesMax, 'as sent');
  if (encoding === 'identity' && !event.isBase64Encoded) return withoutByteOrderMark(sent);
  const raw = Buffer.from(sent, event.isBase64Encoded ? 'base64' : 'utf8');
  if (raw.length > limits.bytesMax) throw tooLarge(limits.bytesMax, 'as sent');
  const plain = encoding === 'gzip' ? await inflated(raw, limits.inflatedBytesMax) : raw;
  if (!isUtf8(plain)) throw new Problem('invalid_body', 'The body is not UTF-8 text.');
  return withoutByteOrderMark(plain.toString('utf8'));
}

async function inflated(raw: Buffer, bytesMax: number): Promise<Buffer> {
  try {
    return await inflate(raw, { maxOutputLength: bytesMax });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax, 'once inflated');
    throw new Problem('invalid_body', 'Content-Encoding says gzip, and the body is not gzip or breaks off.');
  }
}

function tooLarge(bytesMax: number, when: string): Problem {
  return new Problem('payload_too_large', `The body may have ${bytesMax} bytes ${when}; it has more.`, {
    limit: bytesMax,
  });
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}
