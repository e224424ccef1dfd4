import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { recordsBodyInflatedBytesMax } from '../domain/limits.ts';
import { logFailure } from '../http/log.ts';
import { functionFor, type HandlerFunction } from '../http/route-table.ts';
import { apiEvent, sendResult } from './api-event.ts';
import { answerBroken, refuseBrokenRequest, refuseTooLarge } from './broken-requests.ts';
import { lambdaContext } from './lambda-context.ts';

export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
type Handlers = Readonly<Record<HandlerFunction, ApiHandler>>;

/** Bytes of a request body that are read at all; the functions' own limits are below and answer in their words. */
const requestBytesMax = recordsBodyInflatedBytesMax;
/** A client that stalls within a request is told off after this, give or take one look. */
const requestTimeoutMs = 60_000;
const timeoutLookMs = 5_000;
/** Longer than the idle time of the usual load balancers, so that it is they who close. */
const keepAliveTimeoutMs = 65_000;
/** How long a stop waits for requests under way before it cuts them off: none of those was answered. */
const stopGraceMsDefault = 5_000;

export interface HttpHost {
  readonly url: string;
  /** Refuses new connections and waits a while for the requests under way. */
  stop(): Promise<void>;
}

/** What API Gateway does on AWS: receives HTTP and calls the function that the route table names. */
export async function startHttp(
  handlers: Handlers,
  options: { readonly host: string; readonly port: number; readonly stopGraceMs?: number },
): Promise<HttpHost> {
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: timeoutLookMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  });
  server.on('request', (request, response) => void answer(handlers, request, response));
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length']) > requestBytesMax) return refuseTooLarge(response, requestBytesMax);
    response.writeContinue();
    void answer(handlers, request, response);
  });
  server.on('clientError', refuseBrokenRequest);
  await listen(server, options);
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    stop: () => closeServer(server, options.stopGraceMs ?? stopGraceMsDefault),
  };
}

async function answer(handlers: Handlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readBody(request);
    if (body === 'cut off') return;
    if (body === 'too large') return refuseTooLarge(response, requestBytesMax);
    const event = apiEvent(request, body);
    const to = functionFor(event.httpMethod, event.path);
    sendResult(response, await handlers[to](event, lambdaContext(to)));
  } catch (error) {
    logFailure('http')(request.method ?? '', error);
    answerBroken(response);
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

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
