/** Takes batches durably and gives each to a consumer at least once, in no promised order. */
export interface BatchQueue {
  /**
   * Durable when the promise resolves.
   * @param group the sink's id: a busy sink does not hold up the others
   * @param body at most `messageBytesMax` of the adapter
   */
  send(group: string, body: string): Promise<void>;
}

export interface LeasedMessage {
  readonly messageId: string;
  /** Names this lease. */
  readonly handle: string;
  readonly group: string;
  readonly body: string;
  /** 1 at the first lease. */
  readonly receives: number;
  readonly sentAtMs: number;
}

/**
 * The receiving side. On AWS Lambda's event source does this work; the embedded host and the conformance suite use it
 * directly. A message whose lease ran out `receivesMax` times moves to the dead-letter queue instead of being leased again.
 *
 * The embedded queue promises more than a port over SQS can: it leases the oldest messages of a group first, lets no
 * group hold up another, and ignores the handle of a lease once its message is leased again. SQS may delete or hide a
 * message by such a handle. Both are harmless, because who held the lease has written the batch, or somebody else will.
 */
export interface BatchLeases {
  /** Leases up to `messagesMax` messages and about `bytesMax` bytes (at least one message). */
  receive(options: { messagesMax: number; bytesMax: number; leaseMs: number }): Promise<readonly LeasedMessage[]>;
  /** Deletes; a handle whose message is gone, or that is none of this queue, is ignored. */
  acknowledge(handles: readonly string[]): Promise<void>;
  /** Gives messages back, to be leased again after `delayMs`. */
  release(handles: readonly string[], delayMs: number): Promise<void>;
  /** Messages that wait or are leased, dead letters not counted. */
  depth(): Promise<number>;
}

/** Queue and dead-letter queue have the same receiving side. */
export interface BatchQueues {
  readonly queue: BatchQueue & BatchLeases;
  readonly deadLetters: BatchLeases;
}
