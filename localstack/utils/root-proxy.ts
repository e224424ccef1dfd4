import { Agent, createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endToEndHeaders, forwardedHeaders, forwardedTarget } from './root-proxy-request.ts';

export interface RootProxyOptions {
  /** URL of an API stage: `http://127.0.0.1:<port>/_aws/execute-api/<api id>/<stage>`. */
  readonly target: string;
  /** Without it: any free one. */
  readonly port?: number;
  /** What API Gateway answers to a body that is too large for it, as JSON; LocalStack knows no such bound. */
  readonly tooLargeBody?: string;
}

/** API Gateway's own bound on a request body. */
export const requestBytesMax = 10_485_760;

/** The root of an API stage at the root of a server of its own, as a domain name would put it. */
export interface RootProxy {
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends it and all its connections. */
  close(): Promise<void>;
}

/** Free connections to LocalStack are given up before it does so itself, which would break a request under way. */
const idleMsMax = 4_000;
/** Clients' free connections are kept for long: on a busy machine Node's 5 s end under a request on its way. */
const clientIdleMsMax = 65_000;
/** Methods after which Node expects a body even if nothing announces one. */
const bodyless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/**
 * Starts an HTTP server on 127.0.0.1 that passes `/<path>` on to `<target>/<path>`: clients of the product post to `/` and
 * to `/v1/...`, and LocalStack has its APIs deeper. Method, path bytes, query, headers, bodies and statuses go through as
 * they are, with the exceptions that `root-proxy-request.ts` names.
 */
export async function startRootProxy({ target, port = 0, tooLargeBody }: RootProxyOptions): Promise<RootProxy> {
  const upstream = new URL(target);
  const basePath = upstream.pathname.replace(/\/+$/, '');
  const agent = new Agent({ keepAlive: true, timeout: idleMsMax });
  const server = createServer({ keepAliveTimeout: clientIdleMsMax }, (request, response) => {
    if (tooLargeBody !== undefined && Number(request.headers['content-length'] ?? 0) > requestBytesMax) {
      refuse(request, response, tooLargeBody);
    } else forward({ request, response, upstream, basePath, agent });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

/** Reads on, as API Gateway does: a client that still sends would else see a broken connection instead of the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, body: string): void {
  request.on('end', () => {
    response.writeHead(413, { 'content-type': 'application/json' });
    response.end(body);
  });
  request.resume();
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: URL;
  readonly basePath: string;
  readonly agent: Agent;
}

function forward({ request, response, upstream, basePath, agent }: Exchange): void {
  const method = request.method ?? 'GET';
  const onward = openRequest({
    agent,
    host: upstream.hostname,
    port: upstream.port,
    method,
    path: forwardedTarget(request.url ?? '/', basePath),
    headers: forwardedHeaders(request.rawHeaders, upstream.host, !bodyless.has(method)),
  });
  onward.on('response', (answer) => sendAnswer(answer, response));
  onward.on('error', (error) => sendFailure(response, error));
  // A client that breaks off breaks off at LocalStack too.
  response.on('close', () => onward.destroy());
  request.on('error', () => onward.destroy());
  request.pipe(onward);
}

function sendAnswer(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEndHeaders(answer.rawHeaders));
  answer.on('error', () => response.destroy());
  answer.on('aborted', () => response.destroy());
  answer.pipe(response);
}

/** The proxy's own answer; LocalStack closes the connection on headers beyond 16 KiB, for one. */
function sendFailure(response: ServerResponse, error: Error): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message: `LocalStack gave no answer: ${error.message}` }));
}
