import * as limits from './limits.ts';

/** A limit that a client can meet. `GET /v2/limits` and `docs/limits.md` are made of these. */
export interface ProductLimit {
  /** Stable, for programs. */
  readonly name: string;
  /** Text where a number of JSON would lose digits. */
  readonly value: number | string;
  readonly unit: string;
  readonly of: 'records' | 'rows' | 'names' | 'queries' | 'tokens' | 'kept' | 'quotas' | 'back-pressure';
  readonly meaning: string;
  /** What whoever passes it is told. */
  readonly answer: string;
}

type Row = readonly [name: string, value: number | bigint, unit: string, meaning: string, answer: string];

const rows: Readonly<Record<ProductLimit['of'], readonly Row[]>> = {
  records: [
    ['records_per_request', limits.recordsPerRequestMax, 'records', 'Records of one POST.', '413 PayloadTooLarge'],
    ['body_bytes', limits.recordsBodyBytesMax, 'bytes', 'One body of records as sent.', '413 PayloadTooLarge'],
    ['inflated_body_bytes', limits.recordsBodyInflatedBytesMax, 'bytes', 'The same after gzip.', '413 PayloadTooLarge'],
    ['json_depth', limits.jsonDepthMax, 'lists and objects', 'How deep a body may nest.', '400 InvalidBody'],
    [
      'idempotency_key_length',
      limits.idempotencyKeyLengthMax,
      'characters',
      'An Idempotency-Key, of visible ASCII.',
      '400 InvalidParameter',
    ],
    [
      'wait_milliseconds',
      limits.recordsWaitMsMax,
      'milliseconds',
      'How long a POST waits with ?ack=visible, or for another under its Idempotency-Key.',
      'the receipt as it then is; 409 IdempotencyKeyInUse',
    ],
    ['control_body_bytes', limits.controlBodyBytesMax, 'bytes', 'Body of any other call.', '413 PayloadTooLarge'],
  ],
  rows: [
    [
      'row_bytes',
      limits.rowBytesMax,
      'bytes',
      'One row, with what is kept of its versions. It alone bounds a text value or a set: there is no limit of their own.',
      'row_too_large, in quarantine',
    ],
    ['row_key_bytes', limits.rowKeyBytesMax, 'bytes of UTF-8', "A row's key, all its parts together.", 'key_too_long'],
    ['columns_per_table', limits.columnsPerTableMax, 'columns', 'Columns of one table.', '400 ResourceLimitExceeded'],
    ['path_steps', limits.pathStepsMax, 'steps', 'Steps of one path of a mapping.', '400 InvalidParameter'],
    ['integer_max', limits.integerMax, '', 'Largest whole number of a cell.', 'out_of_range'],
    ['integer_min', limits.integerMin, '', 'Smallest whole number of a cell.', 'out_of_range'],
    ['decimal_scale', limits.decimalScaleMax, 'digits', 'Digits after the point of a decimal.', '400 InvalidParameter'],
  ],
  names: [
    ['database_name_length', limits.databaseNameLengthMax, 'characters', 'Name of a database.', '400 InvalidParameter'],
    ['name_length', limits.nameLengthMax, 'characters', 'Name of a table, column or sink.', '400 InvalidParameter'],
    ['databases', limits.databasesPerTenantMax, 'databases', 'Databases of a tenant.', '400 ResourceLimitExceeded'],
  ],
  queries: [
    ['query_seconds', limits.querySecondsMax, 'seconds', 'Time of one query.', 'an error that names it'],
    ['query_rows', limits.queryRowsMax, 'rows', 'Rows of one answer.', 'an error that names it'],
    ['query_answer_bytes', limits.queryAnswerBytesMax, 'bytes', 'Size of one answer.', 'an error that names it'],
    ['query_depth', limits.queryDepthMax, 'calls', 'How deep PQL may nest.', '400 Bad Request'],
    ['query_values', limits.queryValuesMax, 'literals', 'Literals of one statement.', '400 Bad Request'],
    [
      'query_bytes',
      limits.queryBytesMax,
      'bytes',
      'Files that one query may have to read on AWS, after those that its conditions on _id exclude.',
      'an error that names it',
    ],
  ],
  tokens: [
    ['token_seconds', limits.tokenSecondsMax, 'seconds', 'Life of an Id or Access token.', '401 Unauthorized'],
    ['refresh_token_seconds', limits.refreshTokenSecondsMax, 'seconds', 'Life of a refresh token.', '401 Unauthorized'],
  ],
  kept: [
    ['receipt_days', limits.receiptDaysMax, 'days', 'How long receipts are kept.', '404 ResourceNotFound'],
    [
      'retention_days',
      limits.retentionDays,
      'days',
      'How long Idempotency-Keys, quarantined records and archived bodies are kept.',
      'an unknown key is a new one',
    ],
    ['sink_errors', limits.listEntriesMax, 'entries', "One read of a sink's errors.", '400 InvalidParameter'],
  ],
  quotas: [
    ['quota_rate', limits.quotaRateMax, 'a second', 'Highest rate of a quota.', '400 InvalidParameter'],
    [
      'quota_burst_seconds',
      limits.quotaBurstSecondsMax,
      'seconds',
      'Longest burst of a quota.',
      '400 InvalidParameter',
    ],
    [
      'tenant_quota_age_milliseconds',
      limits.tenantQuotaAgeMs,
      'milliseconds',
      "After which a change of the tenant's quota holds everywhere. That of a sink holds at once.",
      'the quota before',
    ],
  ],
  'back-pressure': [
    [
      'slow_segments',
      limits.slowSegments,
      'segments',
      'Uncompacted segments of a table from which on its requests wait before they are accepted.',
      'up to slow_milliseconds later',
    ],
    ['slow_milliseconds', limits.slowMsMax, 'milliseconds', 'The longest such wait.', 'a later answer'],
    [
      'refuse_segments',
      limits.refuseSegments,
      'segments',
      'Uncompacted segments of a table at which its requests are refused.',
      '503 ServiceUnavailable',
    ],
  ],
};

/** All of them, by what they are of. */
export const productLimits: readonly ProductLimit[] = (Object.keys(rows) as ProductLimit['of'][]).flatMap((of) =>
  rows[of].map(([name, value, unit, meaning, answer]) => ({ name, value: exact(value), unit, of, meaning, answer })),
);

function exact(value: number | bigint): number | string {
  return typeof value === 'bigint' ? String(value) : value;
}
