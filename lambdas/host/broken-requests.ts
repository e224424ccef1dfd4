import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Occurrence, problemBody } from '../http/problem-body.ts';
import { type AnyProblemKind, problems } from '../http/problem-codes.ts';
import { requestIdHeader } from '../http/request-id.ts';

/** What the HTTP parser found, by Node's error code. */
const found: Readonly<Record<string, readonly [kind: AnyProblemKind, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request_not_whole', 'The request did not arrive whole in time; nothing of it is stored.'],
  HPE_INVALID_METHOD: [
    'unknown_method',
    'The first word of the request is no method that is known here: methods are in capitals, like GET and POST. Nothing of it is stored.',
  ],
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The request headers are too large.'],
};
const otherwise = [
  'broken_request',
  'The request is not whole HTTP: its body stops before the length that Content-Length or the last chunk names, or its head is malformed. Nothing of it is stored.',
] as const;

interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/** Answers a request that the HTTP parser gave up on, in the form of all errors, and closes the connection. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [kind, message] = found[error.code ?? ''] ?? otherwise;
  const { status, headers, body } = hostAnswer(kind, { message });
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
}

/** Answers without reading on. */
export function refuseTooLarge(response: ServerResponse, bytesMax: number): void {
  send(response, hostAnswer('payload_too_large', { message: `A request body may have ${bytesMax} bytes.` }));
}

/** Answers what a handler broke off at, which none of them does by itself: their own errors are answers. */
export function answerBroken(response: ServerResponse): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  send(response, hostAnswer('internal_error', { message: 'Something went wrong here, not in your request.' }));
}

/** An error that the host answers by itself; the connection ends with it. */
function hostAnswer(kind: AnyProblemKind, occurrence: Occurrence): HostAnswer {
  const requestId = randomUUID();
  const body = JSON.stringify(problemBody(kind, { ...occurrence, requestId }), null, 2);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    [requestIdHeader]: requestId,
    connection: 'close',
  };
  return { status: problems[kind].status, headers, body };
}

function send(response: ServerResponse, { status, headers, body }: HostAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}
