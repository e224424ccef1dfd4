import { type Embedded, startEmbedded } from './start-embedded.ts';

/** The place that the acceptance suite runs against. */
export interface AcceptanceTarget {
  /** Without a slash at the end. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  close(): Promise<void>;
}

/**
 * `HEADGATE_URL` with `HEADGATE_USERNAME` and `HEADGATE_PASSWORD` when given (LocalStack, AWS, a product that runs
 * already); else a product is started here and stopped by `close`.
 */
export async function openAcceptanceTarget(): Promise<AcceptanceTarget> {
  const { HEADGATE_URL: url, HEADGATE_USERNAME: username, HEADGATE_PASSWORD: password } = process.env;
  if (url !== undefined && url !== '') {
    if (!username || !password) throw new Error('HEADGATE_URL needs HEADGATE_USERNAME and HEADGATE_PASSWORD');
    return { url: url.replace(/\/+$/, ''), username, password, close: async () => {} };
  }
  const embedded: Embedded = await startEmbedded();
  return { url: embedded.url.replace(/\/+$/, ''), ...credentials(embedded), close: () => embedded.stop() };
}

function credentials({ username, password }: Embedded): { username: string; password: string } {
  return { username, password };
}
