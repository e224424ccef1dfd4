import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Intake } from '../ports/intake.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { RowStore } from '../ports/row-store.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { VersionSource } from '../ports/version-source.ts';

/** Takes one fact: a code and its fields, never payloads or secrets. */
export type Log = (code: string, fields?: Readonly<Record<string, unknown>>) => void;

/** All that the HTTP functions need of a place; each takes its part. */
export interface HandlerPorts {
  readonly catalog: Catalog;
  readonly rowStore: RowStore;
  readonly intake: Intake;
  readonly objects: ObjectStore;
  readonly engine: QueryEngine;
  readonly keys: SigningKeys;
  readonly versions: VersionSource;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Standard error, unless given. */
  readonly log?: Log;
  /** The address in `ingest_endpoint`; without it, the one that a request came to. */
  readonly publicUrl?: string;
}

export type ControlPorts = Omit<HandlerPorts, 'intake' | 'engine' | 'versions'>;
export type IngestPorts = Pick<HandlerPorts, 'catalog' | 'intake' | 'versions' | 'keys' | 'clock' | 'ids' | 'log'>;
export type QueryPorts = Pick<HandlerPorts, 'catalog' | 'engine' | 'rowStore' | 'objects' | 'keys' | 'clock' | 'log'>;

/** One line of JSON a fact on standard error, which Lambda sends to the log group. */
export const logToStandardError: Log = (code, fields = {}) => {
  console.error(JSON.stringify({ at: new Date().toISOString(), code, ...fields }));
};
