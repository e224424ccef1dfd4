import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { recordsBodyInflatedBytesMax } from '../domain/limits.ts';
import { functionFor, type HandlerFunction } from '../http/route-table.ts';
import { apiEvent, sendResult } from './api-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { logFailure } from './log.ts';

export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Bytes of a request body that are read at all; the functions' own limits are below and answer in their words. */
const requestBytesMax = recordsBodyInflatedBytesMax;
/** A client that stalls within a request is cut off after this. */
const requestTimeoutMs = 60_000;

export interface HttpHost {
  readonly url: string;
  /** Refuses new connections and waits for the requests under way. */
  stop(): Promise<void>;
}

/** What API Gateway does on AWS: receives HTTP and calls the function that the route table names. */
export async function startHttp(
  handlers: Readonly<Record<HandlerFunction, ApiHandler>>,
  options: { readonly host: string; readonly port: number },
): Promise<HttpHost> {
  const server = createServer({ requestTimeout: requestTimeoutMs, keepAliveTimeout: 65_000 }, (request, response) => {
    void answer(handlers, request, response);
  });
  await listen(server, options);
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function answer(
  handlers: Readonly<Record<HandlerFunction, ApiHandler>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(request);
    if (body === 'cut off') return;
    if (body === 'too large') return refuseTooLarge(response);
    const event = apiEvent(request, body);
    const handler = handlers[functionFor(event.httpMethod, event.path)];
    sendResult(response, await handler(event, lambdaContext(handler.name)));
  } catch (error) {
    logFailure('http')(request.url ?? '', error);
    if (!response.headersSent) response.writeHead(502, { 'content-type': 'application/json' });
    response.end('{"message":"Internal server error"}');
  }
}

/** A body that stops half-way reaches no handler: nothing of it may be stored. */
async function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'cut off'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > requestBytesMax) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut off';
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function refuseTooLarge(response: ServerResponse): void {
  const message = `A request body may have ${requestBytesMax} bytes.`;
  response.writeHead(413, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ code: 'PayloadTooLarge', message }));
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
