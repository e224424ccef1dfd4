import { exchangeFault } from './api-contract.ts';

/** One answer; `body` is the parsed JSON, undefined when the text is no JSON. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: T;
}

export interface RequestOptions {
  /** A string or bytes go as they are; anything else as JSON. */
  readonly body?: unknown;
  /** null sends no Authorization header; a string replaces the client's own. */
  readonly authorization?: string | null;
  /** null sends no Content-Type at all; the default is JSON where there is a body. */
  readonly contentType?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Speaks HTTP to one base URL and nothing else: the acceptance suite knows no module of the product, but its OpenAPI
 * document, against which every exchange is held. A call throws where its answer is not as the document says.
 */
export interface HttpClient {
  readonly baseUrl: string;
  readonly authorization: string | undefined;
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<Answer<T>>;
  get<T = unknown>(path: string, options?: RequestOptions): Promise<Answer<T>>;
  post<T = unknown>(path: string, body: unknown, options?: RequestOptions): Promise<Answer<T>>;
  delete<T = unknown>(path: string, options?: RequestOptions): Promise<Answer<T>>;
}

/** @param authorization value of the Authorization header of every call that does not say otherwise */
export function makeHttpClient(baseUrl: string, authorization?: string): HttpClient {
  const request = async <T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> => {
    const headers = new Headers(options.headers);
    const sent = options.authorization === undefined ? authorization : (options.authorization ?? undefined);
    if (sent !== undefined) headers.set('authorization', sent);
    const contentType = options.contentType === undefined ? 'application/json' : options.contentType;
    if (options.body !== undefined && contentType !== null) headers.set('content-type', contentType);
    const url = /^https?:/.test(path) ? path : baseUrl + path;
    const body = encodeBody(options.body);
    const response = await fetch(url, { method, headers, redirect: 'manual', ...body });
    const text = await response.text();
    expectContract({
      baseUrl,
      method,
      url,
      status: response.status,
      contentType: response.headers.get('content-type') ?? undefined,
      text,
      sent: headers.has('content-encoding') ? undefined : textOf(options.body),
    });
    return { status: response.status, headers: response.headers, text, body: parseJson(text) as T };
  };
  return {
    baseUrl,
    authorization,
    request,
    get: (path, options) => request('GET', path, options),
    post: (path, body, options) => request('POST', path, { ...options, body }),
    delete: (path, options) => request('DELETE', path, options),
  };
}

export interface HttpExchange {
  /** Where the product is; what stands behind it in `url` is the path. */
  readonly baseUrl: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
  readonly sent?: string | undefined;
}

/** @throws with what is wrong by the OpenAPI document, where something is */
export function expectContract({ baseUrl, method, url, ...rest }: HttpExchange): void {
  const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : new URL(url).pathname;
  const fault = exchangeFault({ ...rest, method, path: path.split(/[?#]/)[0] || '/' });
  if (fault !== '') throw new Error(`${method} ${path} is not as schemas/openapi.yaml says: ${fault}\n${rest.text}`);
}

function textOf(body: unknown): string | undefined {
  if (body === undefined || body instanceof Uint8Array) return undefined;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Bytes, because `fetch` would give a string a Content-Type of its own. */
function encodeBody(body: unknown): { body?: Uint8Array<ArrayBuffer> } {
  if (body === undefined) return {};
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: new TextEncoder().encode(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
