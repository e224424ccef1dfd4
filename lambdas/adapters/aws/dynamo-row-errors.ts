import { createHash } from 'node:crypto';
import type { RowKey } from '../../domain/row.ts';

/** What a failure of a call, or of one statement of a batch, means for us. */
export type FailureKind =
  /** The item is not as the condition says. */
  | 'conflict'
  /** Not done, for want of capacity. */
  | 'throttled'
  /** No answer, or one that says nothing: it may have been done. */
  | 'lost'
  /** The request is wrong: it will fail again. */
  | 'invalid'
  | 'no_table'
  /** Rights, credentials, a bug of ours: for the caller to see. */
  | 'fatal';

/** By name, without the ending that exceptions (`...Exception`) and codes of statements (`...Error`) differ in. */
const kinds: Readonly<Record<string, FailureKind>> = {
  ConditionalCheckFailed: 'conflict',
  DuplicateItem: 'conflict',
  TransactionConflict: 'conflict',
  ProvisionedThroughputExceeded: 'throttled',
  RequestLimitExceeded: 'throttled',
  Throttling: 'throttled',
  InternalServer: 'lost',
  Validation: 'invalid',
  ResourceNotFound: 'no_table',
  TableNotFound: 'no_table',
};

/** Kind of the `Code` of a failed statement. */
export function kindOfCode(code: string | undefined): FailureKind {
  return kinds[(code ?? '').replace(/(?:Exception|Error)$/, '')] ?? 'fatal';
}

/**
 * Kind of an error that a call of the SDK rejected with. Where no answer came the error has metadata of its attempts but
 * no status; an error without any was thrown before a request was made.
 */
export function kindOfError(error: unknown): FailureKind {
  if (!(error instanceof Error)) return 'fatal';
  const known = kindOfCode(error.name);
  const metadata = metadataOf(error);
  if (known !== 'fatal' || metadata === undefined) return known;
  const { httpStatusCode: status } = metadata;
  return status === undefined || status >= 500 ? 'lost' : 'fatal';
}

/** How often the SDK sent a request: after more than once, an earlier attempt may have been done. */
export function attemptsOf(error: unknown): number {
  return (error instanceof Error ? metadataOf(error)?.attempts : undefined) ?? 1;
}

interface CallMetadata {
  readonly httpStatusCode?: number;
  readonly attempts?: number;
}

function metadataOf(error: Error): CallMetadata | undefined {
  return (error as { $metadata?: CallMetadata }).$metadata;
}

/** DynamoDB names an item over 400 KB in the message alone; its error is the one for every wrong request. */
export function saysTooLarge(message: string | undefined): boolean {
  return /item size/i.test(message ?? '');
}

/** A row in an error message: keys are the producer's data, so a hash stands for them. */
export function keyHash(key: RowKey): string {
  return createHash('sha256').update(String(key)).digest('hex').slice(0, 16);
}
