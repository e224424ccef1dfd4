import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api.ts';

export type HeadgateClient = Client<paths>;

export interface ClientOptions {
  /** Where Headgate is, as in `https://headgate.example.com`. */
  readonly url: string;
  /** Id token of `POST /`; sent as `Authorization: Bearer`. */
  readonly token?: string;
  /** Sent as `X-API-Key`. */
  readonly apiKey?: string;
  /** Stands in for the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client that knows every route of Headgate with its parameters, body and answers. It throws where there is no answer
 * at all; a refusal is `error`, with the status in `response`.
 */
export function makeHeadgateClient({ url, token, apiKey, fetch }: ClientOptions): HeadgateClient {
  return createClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
    },
    // SQL and PQL go as they are; everything else as JSON.
    bodySerializer: (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body)),
    ...(fetch && { fetch }),
  });
}
