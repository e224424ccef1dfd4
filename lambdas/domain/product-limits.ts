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
    ['invite_seconds', limits.inviteSecondsMax, 'seconds', 'Life of an invite.', '401 Unauthorized'],
    ['reset_seconds', limits.resetSecondsMax, 'seconds', 'Life of a password reset.', '401 Unauthorized'],
    ['password_length_min', limits.passwordLengthMin, 'characters', 'Shortest password.', '400 InvalidParameter'],
    ['password_length', limits.passwordLengthMax, 'characters', 'Longest password.', '400 InvalidParameter'],
    ['email_length', limits.emailLengthMax, 'characters', 'An e-mail address.', '400 InvalidParameter'],
    [
      'users',
      limits.usersPerTenantMax,
      'users',
      'Users of a tenant who have not left. Of many invites at once a few more may pass.',
      '400 ResourceLimitExceeded',
    ],
    [
      'keys',
      limits.keysPerUserMax,
      'keys',
      'API keys of a user that are good for calls. Of many at once a few more may pass.',
      '400 ResourceLimitExceeded',
    ],
    ['tokens', limits.tokensPerTenantMax, 'tokens', 'The same of the tokens of a tenant.', '400 ResourceLimitExceeded'],
    ['key_expiry_days', limits.keyExpiryDaysMax, 'days', 'How far ahead a key may expire.', '400 InvalidParameter'],
    [
      'key_description_length',
      limits.keyDescriptionLengthMax,
      'characters',
      'Description of a key.',
      '400 InvalidParameter',
    ],
    ['sinks_per_key', limits.sinksPerKeyMax, 'sinks', 'Sinks that a key is limited to.', '400 InvalidParameter'],
    [
      'failures_of_pair',
      limits.pairFailuresMax,
      'failed sign-ins',
      'Of an address from one source, within 15 minutes of the first; a right one begins anew.',
      '429 TooManyRequests',
    ],
    [
      'failures_of_source',
      limits.sourceFailuresMax,
      'failed sign-ins',
      'From one source (an IPv4 address, or a /64 of IPv6), within 15 minutes of the first.',
      '429 TooManyRequests',
    ],
    [
      'failures_of_address',
      limits.addressFailuresMax,
      'failed sign-ins',
      'Of an address from everywhere, within an hour of the first.',
      '429 TooManyRequests',
    ],
  ],
  kept: [
    ['receipt_days', limits.receiptDaysMax, 'days', 'How long receipts are kept.', '404 ResourceNotFound'],
    ['dead_key_days', limits.deadKeyDays, 'days', 'How long revoked and expired keys are listed.', 'not listed'],
    [
      'retention_days',
      limits.retentionDays,
      'days',
      'How long Idempotency-Keys, quarantined records and archived bodies are kept.',
      'an unknown key is a new one',
    ],
    [
      'metrics_hours',
      limits.metricsHoursMax,
      'hours',
      'What one call for the metrics of a sink may span; they go back as far as the archive.',
      '400 InvalidParameter',
    ],
    [
      'metrics_batches',
      limits.metricsEntriesMax,
      'requests',
      'Requests that one call for metrics counts anew before it stops at a full minute; minutes counted before are free.',
      'complete: false; the next call goes on',
    ],
    ['audit_days', limits.auditDays, 'days', 'How long entries of the audit log are kept.', 'not listed'],
    ['list_page', limits.listEntriesMax, 'entries', 'One page of any list or log (`?limit=`).', '400 InvalidParameter'],
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
