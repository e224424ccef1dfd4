/**
 * Every limit of the product: a named constant with its unit and its reason.
 * FeatureBase's figures are documented limits of the original service; the others are ours.
 */

/** Records in one POST to a sink of the /v1 and /v2 dialects (FeatureBase streaming overview). */
export const recordsPerRequestMax = 1_000;
/** Bytes of one records body as sent: the original service's 1 MB, one Kinesis put. */
export const recordsBodyBytesMax = 1_048_576;
/** Bytes of one records body after gzip: bounds what a small compressed body may unfold to. */
export const recordsBodyInflatedBytesMax = 10 * 1_048_576;
/** Bytes of a control or query body: the largest schema in the field is far below it. */
export const controlBodyBytesMax = 1_048_576;
/** Nesting of a JSON body: deep enough for real events, shallow enough that no walk can exhaust the stack. */
export const jsonDepthMax = 100;

/** Characters of a database name (FeatureBase naming standard). */
export const databaseNameLengthMax = 300;
/** Characters of a table, column or sink name (FeatureBase engine: 230). */
export const nameLengthMax = 230;
/** Columns of one table: keeps a row's statement and a segment's footer small. */
export const columnsPerTableMax = 500;
/** Steps of one mapping path. */
export const pathStepsMax = 32;
/** UTF-8 bytes of a row key: DynamoDB's partition key limit, kept in every place. */
export const rowKeyBytesMax = 2_048;
/** Databases of one tenant. */
export const databasesPerTenantMax = 100;
/** Characters of a database's shape, which is echoed only. */
export const shapeLengthMax = 64;

/** Largest integer of a cell: SQLite, Parquet and DuckDB columns are signed 64-bit integers. */
export const integerMax = 9_223_372_036_854_775_807n;
/** Smallest integer of a cell. */
export const integerMin = -9_223_372_036_854_775_808n;
/** Digits after the point of a decimal column: an int64 holds 18 whole digits (FeatureBase allows 0 to 19). */
export const decimalScaleMax = 18;

/** Receives of one batch before it is dead-lettered. */
export const batchReceivesMax = 5;
/** Milliseconds a leased batch stays hidden: six times the consumer's timeout. */
export const leaseMs = 180_000;
/** Milliseconds one consumer invocation may take. */
export const consumerTimeoutMs = 30_000;
/** Records that one flush takes together: sorted merges of this size cost a sixth of single rows. */
export const flushRecordsMax = 20_000;
/** Bytes of the messages of one flush: an SQS event stays below Lambda's 6 MB. */
export const flushBytesMax = 6_000_000;
/** Milliseconds between two flushes of one table under load, so that segments stay few. */
export const flushLingerMs = 200;
/** Segments of a table that start a compaction. */
export const compactionSegmentsMin = 64;
/** Milliseconds that replaced segments are kept for queries which still read them: longer than any query. */
export const segmentGraceMs = 120_000;

/** Seconds a query may run (API Gateway cuts at 29). */
export const querySecondsMax = 29;
/** Bytes of one query answer (API Gateway and Lambda carry 6 MB). */
export const queryAnswerBytesMax = 6_000_000;
/** Rows of one query answer: as many as could fit into its bytes. */
export const queryRowsMax = 1_000_000;
/** Nesting of a PQL call: deep enough for generated queries, shallow enough for every parser on the way. */
export const queryDepthMax = 100;
/** Literals of one compiled statement: the engine takes about two seconds to plan so many comparisons. */
export const queryValuesMax = 10_000;
/** Megabytes of memory that one query may use before DuckDB spills or fails. */
export const queryMemoryMegabytesMax = 1_024;

/** Seconds that Id and Access tokens live (Cognito's default, documented by FeatureBase). */
export const tokenSecondsMax = 3_600;
/** Seconds that a refresh token lives: 30 days. */
export const refreshTokenSecondsMax = 30 * 86_400;

/** Days that receipts are kept. */
export const receiptDaysMax = 90;
/** Days that idempotency keys, quarantined records and archived bodies are kept. */
export const retentionDays = 35;
