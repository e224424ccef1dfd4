import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { Dependency } from '../ports/dependency.ts';
import type { ForeignIssuer } from '../ports/foreign-issuer.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Intake } from '../ports/intake.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Pause } from '../ports/pause.ts';
import type { PressureGauge } from '../ports/pressure.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { RowStore } from '../ports/row-store.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { VersionSource } from '../ports/version-source.ts';
import type { AttemptBounds } from '../use-cases/throttle-attempts.ts';
import type { Log } from './log.ts';

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
  /** Bytes of segment files that one query may have to read; see `RunQueryPorts`. */
  readonly queryBytesMax?: number;
  /** Web pages of these origins may read answers; none unless given. */
  readonly corsOrigins?: readonly string[];
  /** A timer, unless given. */
  readonly pause?: Pause;
  /** Whether an error of this place's stores says that they are overloaded, and passes; none does, unless given. */
  readonly isOverload?: (error: unknown) => boolean;
  /** Whether the place can bear more requests; it always can, unless given. */
  readonly pressure?: PressureGauge;
  /** What the place needs besides catalog and objects, for `/ready`. */
  readonly dependencies?: readonly Dependency[];
  /** The external issuer whose tokens open calls beside ours; none, unless given. */
  readonly foreignIssuer?: ForeignIssuer;
  /** `off`: nobody signs in by password, and those who did get no new tokens. */
  readonly passwordSignIn?: 'on' | 'off';
  /** How many sign-ins may fail; those of the product, unless given. */
  readonly attemptBounds?: AttemptBounds;
  /** Standard error, unless given. */
  readonly log?: Log;
  /** The address in `ingest_endpoint`; without it, the one that a request came to. */
  readonly publicUrl?: string;
}

export type ControlPorts = Omit<HandlerPorts, 'intake' | 'engine' | 'versions'>;
/** Functions that only check tokens get no secret. */
export type KeyReader = { readonly keys: Pick<SigningKeys, 'publicKeys'> };
export type IngestPorts = KeyReader &
  Pick<
    HandlerPorts,
    | 'catalog'
    | 'intake'
    | 'objects'
    | 'versions'
    | 'clock'
    | 'ids'
    | 'pause'
    | 'pressure'
    | 'log'
    | 'isOverload'
    | 'corsOrigins'
    | 'foreignIssuer'
  >;
export type QueryPorts = KeyReader &
  Pick<
    HandlerPorts,
    | 'catalog'
    | 'engine'
    | 'queryBytesMax'
    | 'rowStore'
    | 'objects'
    | 'clock'
    | 'ids'
    | 'log'
    | 'isOverload'
    | 'corsOrigins'
    | 'foreignIssuer'
  >;
