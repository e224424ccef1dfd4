import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What the HTTP parser found, by Node's error code. */
const answers: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    408,
    'RequestTimeout',
    'The request did not arrive whole in time; nothing of it is stored.',
  ],
  HPE_HEADER_OVERFLOW: [431, 'InvalidParameter', 'The request headers are too large.'],
};
const otherwise = [
  400,
  'InvalidBody',
  'The request is not whole HTTP: its body stops before the length that Content-Length or the last chunk names, or its head is malformed. Nothing of it is stored.',
] as const;

/** Answers a request that the HTTP parser gave up on, in the form of all errors, and closes the connection. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = answers[error.code ?? ''] ?? otherwise;
  const body = JSON.stringify({ code, message });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Answers without reading on. */
export function refuseTooLarge(response: ServerResponse, bytesMax: number): void {
  const body = JSON.stringify({ code: 'PayloadTooLarge', message: `A request body may have ${bytesMax} bytes.` });
  response.writeHead(413, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}
