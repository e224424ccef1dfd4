import type { AwsStores, StoredRows } from './aws-stored-rows.ts';
import { type Embedded, startEmbedded } from './start-embedded.ts';

/** The place that the acceptance suite runs against. */
export interface AcceptanceTarget {
  /** Without a slash at the end. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Reads a table past the product; only where `HEADGATE_AWS_STORES` says what lies below. */
  readonly storedRows?: (databaseId: string, table: string) => Promise<StoredRows>;
  close(): Promise<void>;
}

/**
 * `HEADGATE_URL` with `HEADGATE_USERNAME` and `HEADGATE_PASSWORD` when given (LocalStack, AWS, a product that runs
 * already); else a product is started here and stopped by `close`.
 */
export async function openAcceptanceTarget(): Promise<AcceptanceTarget> {
  const { HEADGATE_URL: url, HEADGATE_USERNAME: username, HEADGATE_PASSWORD: password } = process.env;
  const stores = process.env['HEADGATE_AWS_STORES'];
  if (url !== undefined && url !== '') {
    if (!username || !password) throw new Error('HEADGATE_URL needs HEADGATE_USERNAME and HEADGATE_PASSWORD');
    const target = { url: url.replace(/\/+$/, ''), username, password, close: async () => {} };
    return stores ? { ...target, storedRows: storedRowsOf(JSON.parse(stores) as AwsStores) } : target;
  }
  const embedded: Embedded = await startEmbedded();
  return { url: embedded.url.replace(/\/+$/, ''), ...credentials(embedded), close: () => embedded.stop() };
}

function storedRowsOf(stores: AwsStores): NonNullable<AcceptanceTarget['storedRows']> {
  return async (databaseId, table) => {
    const { readStoredRows } = await import('./aws-stored-rows.ts');
    return readStoredRows(stores, databaseId, table);
  };
}

function credentials({ username, password }: Embedded): { username: string; password: string } {
  return { username, password };
}
