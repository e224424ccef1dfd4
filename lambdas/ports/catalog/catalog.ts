import type { Archive } from './archive.ts';
import type { AttemptCounters } from './attempts.ts';
import type { AuditLog } from './audit.ts';
import type { Identities } from './identities.ts';
import type { Metrics } from './metrics.ts';
import type { Quotas } from './quotas.ts';
import type { Receipts } from './receipts.ts';
import type { Replays } from './replays.ts';
import type { Databases, Sinks, Tables } from './resources.ts';
import type { Quarantine, Segments } from './segments.ts';

/** All that Headgate knows besides rows and objects. Use cases ask for the parts they need. */
export interface Catalog
  extends Identities,
    Databases,
    Tables,
    Sinks,
    Receipts,
    Segments,
    Quarantine,
    Archive,
    Metrics,
    Replays,
    Quotas,
    AuditLog,
    AttemptCounters {}
