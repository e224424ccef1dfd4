/** What happened in the histories that were played: whether they are what the property is about. */
export interface Seen {
  runs: number;
  sinks: number;
  requests: number;
  records: number;
  /** Accepted records, and those of them whose key an accepted record had before. */
  accepted: number;
  collisions: number;
  rejected: number;
  /** Requests that nobody was answered, and that were queued all the same. */
  unanswered: number;
  /** Deliveries of messages, and those of messages that had been delivered before. */
  deliveries: number;
  redeliveries: number;
  flushes: number;
  /** Processes that ended, and calls that failed. */
  crashes: number;
  errors: number;
  resent: number;
  buried: number;
  redriven: number;
  compactions: number;
  replays: number;
  /** Batches that replays sent, and those that take something back. */
  sentAgain: number;
  takenBack: number;
  schemaChanges: number;
  /** Records whose values for a column that was dropped meanwhile were left out. */
  changed: number;
}

export function nothingSeen(): Seen {
  return {
    ...{ runs: 0, sinks: 0, requests: 0, records: 0, accepted: 0, collisions: 0, rejected: 0, unanswered: 0 },
    ...{ deliveries: 0, redeliveries: 0, flushes: 0, crashes: 0, errors: 0, resent: 0 },
    ...{ buried: 0, redriven: 0, compactions: 0, replays: 0, sentAgain: 0, takenBack: 0, schemaChanges: 0, changed: 0 },
  };
}

/** Both together. */
export function addSeen(a: Seen, b: Seen): Seen {
  const names = Object.keys(a) as (keyof Seen)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Seen;
}
