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

/** Milliseconds that a function behind API Gateway has: it cuts at 29 s, and what ends later answers nobody. */
export const apiTimeoutMs = 29_000;
/**
 * Milliseconds that a records request may wait, for its records to be visible or for another try under its key. The rest
 * of `apiTimeoutMs` is for taking and answering it.
 */
export const recordsWaitMsMax = 25_000;
/** Characters of an Idempotency-Key: those of the field's other services. */
export const idempotencyKeyLengthMax = 255;
/**
 * Milliseconds after which a try that bound an Idempotency-Key can be under way no longer, so that another takes it up:
 * its function's time, and a second by which clocks may differ.
 */
export const idempotencyHeldMs = apiTimeoutMs + 1_000;

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
/**
 * Bytes of one row, as `rowBytes` counts them: what passes fits DynamoDB's 409,600 bytes of an item, with room for cells
 * of dropped columns. Kept in every place.
 */
export const rowBytesMax = 380_000;
/** Databases of one tenant. */
export const databasesPerTenantMax = 100;

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
/**
 * Bytes that one queued message takes within an SQS event, packed and escaped as JSON. A larger body goes to the object
 * store first, so that a full event (`queueBatchMessagesMax`) stays below Lambda's 6 MB.
 */
export const queueInlineBytesMax = 240_000;
/** Messages that Lambda hands to one consumer invocation: enough of the usual 100 records for a worthwhile flush. */
export const queueBatchMessagesMax = 20;
/**
 * Messages that Lambda hands to one dead-letter invocation. One body may inflate to 10 MiB and is kept record by record,
 * which alone can take most of the function's time and memory.
 */
export const deadLetterMessagesMax = 1;
/** Seconds that Lambda gathers messages before it invokes the consumer: what a segment of a quiet sink waits for. */
export const queueWindowSeconds = 1;
/** Days that SQS keeps a message, the longest it can; a dead letter keeps its first clock. */
export const queueRetentionDays = 14;
/** Records that one flush takes together: sorted merges of this size cost a sixth of single rows. */
export const flushRecordsMax = 20_000;
/** Bytes of the messages of one flush: an SQS event stays below Lambda's 6 MB. */
export const flushBytesMax = 6_000_000;
/** Milliseconds of a consumer's time that must be left to begin a flush: most take a tenth of it. */
export const flushMsMin = 5_000;
/** Milliseconds of its time that a consumer keeps to say which messages are to come again. */
export const consumerAnswerMs = 1_500;
/** Milliseconds between two flushes of one table under load, so that segments stay few. */
export const flushLingerMs = 200;
/** Segments of a table that start a compaction. */
export const compactionSegmentsMin = 64;
/**
 * Bytes of the segments that one compaction merges where they are copied first: copies, result and what the merge spills
 * fit into the compact function's 4 GB of /tmp. It makes no segment that a query could not read.
 */
export const compactionBytesMax = 1_073_741_824;
/** Milliseconds that must be left of a function's time to start one more compaction: most take a tenth of it. */
export const compactionMsMin = 120_000;
/** Milliseconds after which a segment file that nothing names is no write under way any more: far longer than any. */
export const sweepAgeMs = 86_400_000;
/**
 * Milliseconds after which nothing works on a deleted table any more: ten times what the functions may take that make its
 * store, merge its rows or delete it.
 */
export const leftoverAgeMs = 300_000;
/** Milliseconds that replaced segments are kept for queries which still read them: longer than any query. */
export const segmentGraceMs = 120_000;

/**
 * Seconds the engine may run. Its function has 29 (`apiTimeoutMs`), and needs the rest for reading the catalog, planning and
 * sending the answer: the engine's own message is to reach the client before the function ends.
 */
export const querySecondsMax = 25;
/**
 * Bytes of one query answer. Lambda carries 6,291,556, with the body as a string of JSON: its quotes and backslashes count
 * twice.
 */
export const queryAnswerBytesMax = 6_000_000;
/** Rows of one query answer: as many as could fit into its bytes. */
export const queryRowsMax = 1_000_000;
/** Nesting of a PQL call: deep enough for generated queries, shallow enough for every parser on the way. */
export const queryDepthMax = 100;
/** Literals of one compiled statement: the engine takes about two seconds to plan so many comparisons. */
export const queryValuesMax = 10_000;
/** Megabytes of the query function's /tmp. Those above 512 are paid by the time that queries take. */
export const queryStorageMegabytes = 2_048;
/**
 * Bytes of segment files that one query may have to read where they are copied first: at the 100 MB/s that a function has
 * from S3, less than half of the time that a query may take, and half of the function's /tmp.
 */
export const queryBytesMax = 1_073_741_824;
/** The same where files are read in place: more than any disk reads in the time of a query. Time decides there. */
export const queryBytesInPlaceMax = 64 * 1_073_741_824;
/** Bytes of copied segment files that stay for later queries: with what one query reads they leave a quarter of /tmp free. */
export const queryCacheBytesMax = 536_870_912;
/** Megabytes of memory that one query may use before DuckDB spills or fails. */
export const queryMemoryMegabytesMax = 1_024;

/** Seconds that Id and Access tokens live (Cognito's default, documented by FeatureBase). */
export const tokenSecondsMax = 3_600;
/** Seconds that a refresh token lives: 30 days. */
export const refreshTokenSecondsMax = 30 * 86_400;

/** Characters of a password (NIST SP 800-63B-4: 15 where it stands alone, 8 beside a second factor; ours may be typed). */
export const passwordLengthMin = 12;
/** The same: whole sentences fit, and no body makes the hash work on megabytes. */
export const passwordLengthMax = 256;
/** Characters of an e-mail address (RFC 5321 section 4.5.3.1.3, less the brackets). */
export const emailLengthMax = 254;
/** Seconds that an invite may be accepted: 7 days, as FeatureBase documents. */
export const inviteSecondsMax = 7 * 86_400;
/** Seconds that a password reset is good for: a day, since it opens an account that has something in it. */
export const resetSecondsMax = 86_400;
/** Users of a tenant who have not left: they are read as one list. */
export const usersPerTenantMax = 1_000;
/** Keys of one user that are good for calls: one a machine and two while one is rotated. */
export const keysPerUserMax = 50;
/** Tokens of a tenant that are good for calls. */
export const tokensPerTenantMax = 200;
/** Days ahead at most that a key may expire: ten years. What is meant to last longer has no expiry. */
export const keyExpiryDaysMax = 3_660;
/** Days that a key is still listed once it is revoked or has expired, so that what used it can be found. */
export const deadKeyDays = 90;
/** Characters of a key's description. */
export const keyDescriptionLengthMax = 200;
/** Sinks that one key may be limited to; they stand in the key, which every request reads. */
export const sinksPerKeyMax = 100;

/** Days that entries of the audit log are kept: a year, as audits of one look back. */
export const auditDays = 365;
/** Characters of a name or id that an entry of the audit log keeps: every name that there can be. */
export const auditTextLengthMax = 300;
/** Failed sign-ins of an address from one source in `signInWindowSeconds`: a person errs, and a guesser gets nowhere. */
export const pairFailuresMax = 5;
/** Failed sign-ins from one source in `signInWindowSeconds`, whatever the addresses: an office has one source. */
export const sourceFailuresMax = 50;
/** Seconds from the first failure in which those two are counted. */
export const signInWindowSeconds = 900;
/** Failed sign-ins of an address from all sources in `addressWindowSeconds`: what many sources at once may try. */
export const addressFailuresMax = 100;
/** Seconds from the first failure in which those are counted, and for which at most an address can be locked out. */
export const addressWindowSeconds = 3_600;

/** Days that receipts are kept. */
export const receiptDaysMax = 90;
/** Days that idempotency keys, quarantined records and archived bodies are kept. */
export const retentionDays = 35;
/**
 * Bytes of the bodies in one archive object, unpacked: those of a flush, of which the last may be as large as a body
 * inflates to. Bounds what reading one may take.
 */
export const archiveObjectBytesMax = 4 * flushBytesMax + recordsBodyInflatedBytesMax;
/**
 * Milliseconds after the end of a minute within which what was accepted in it usually is in the archive. Metrics keep a
 * minute open that long (and by how much clocks may differ); what is archived later has it counted again.
 */
export const metricsLateMs = 60_000;
/** Minutes that metrics show if nothing is asked for. */
export const metricsMinutesDefault = 60;
/** Hours that one call for metrics may ask for. */
export const metricsHoursMax = 24;
/**
 * Archive entries after which a call for metrics stops at the next full minute: about eight minutes of a sink with a
 * hundred POSTs a second, and 25 MB of reading.
 */
export const metricsEntriesMax = 50_000;
/** Milliseconds after which it does so too: a fifth of what a function has. */
export const metricsMsMax = 6_000;
/** Entries that one answer of a list (errors, quarantine, archive, replays) shows at most, and if nothing is asked for. */
export const listEntriesMax = 1_000;
export const listEntriesDefault = 100;
/** Days after which S3 removes values that were too large for an item that expires: more than any such item lives. */
export const expiringValueDays = 100;
/**
 * Days after which S3 removes bodies that were put aside, bodies of dead letters, and messages that nobody could read. A
 * body is needed for the queue's 14 days, for the 35 of its archive entry, and for 14 more in the queue when it is
 * redriven on the last of them: 63, and a week to notice. One that is redriven again after that is reported as lost.
 */
export const keptBodyDays = 70;
/** Folders of the object store with bodies that go after `keptBodyDays`: by a rule of the bucket, or by a sweep. */
export const bodyFolders = ['archive', 'bodies', 'dead-letters', 'unreadable-messages'] as const;

/** What a quota may allow in a second: far above what any place takes, and a whole number in every place. */
export const quotaRateMax = 1_000_000_000_000;
/** Seconds' worth of a quota that may pass at once. */
export const quotaBurstSecondsMax = 3_600;
/** The same where a quota does not say: a producer that sends every few seconds gets its average, and leases are few. */
export const quotaBurstSecondsDefault = 10;
/** Milliseconds that an instance goes by a tenant's quota before it reads it again: a change holds everywhere after them. */
export const tenantQuotaAgeMs = 5_000;
/** Milliseconds that an instance may spend what it leased of a quota. What it did not spend comes back to all by itself. */
export const quotaLeaseMs = 1_000;
/** Leases that an instance needs in `quotaLeaseMs` when it goes on as before: few enough to cost little. */
export const quotaLeasesPerPeriod = 4;
/**
 * Into so many parts the burst is cut: none leases more ahead of need. Four instances are over by four of them at most,
 * 5 %, which leaves as much for clocks that differ.
 */
export const quotaLeasesOfBurst = 80;
/** Tries to lease from a bucket that other instances lease from at the same moment. */
export const quotaLeaseTriesMax = 10;
/** Milliseconds by which the clocks of instances may differ and a quota still hold between them. */
export const quotaClockSkewMsMax = 5_000;

/** Current segments of a table from which on accepting slows: twice what starts a compaction, which is then behind. */
export const slowSegments = 128;
/** Current segments of a table at which accepting stops: with those of the batches on their way it stays near 200. */
export const refuseSegments = 192;
/** Milliseconds that a request waits at most before it is accepted: the wait just below `refuseSegments`. */
export const slowMsMax = 2_000;
/** Seconds after which a request may come again that the place had no room for: about what a compaction takes. */
export const pressureRetrySeconds = 5;
