// Generated from schemas/openapi.yaml by `npm run generate`.

/** E-mail address and password, bare as FeatureBase's quick start sends them, or in Cognito's InitiateAuth envelope. */
export interface SignIn {
  /** E-mail address. */
  readonly USERNAME?: string;
  readonly PASSWORD?: string;
  /** Without it, a refresh when REFRESH_TOKEN is there, else a sign-in. */
  readonly AuthFlow?: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN';
  readonly AuthParameters?: {
    readonly USERNAME?: string;
    readonly PASSWORD?: string;
    readonly REFRESH_TOKEN?: string;
  };
}

export interface V1CreateDeployment {
  /** a-z, then a-z, 0-9, - and _; at most 300 characters. */
  readonly name: string;
  readonly deployment_options?: {
    /** Echoed; there are no machines to size. */
    readonly shape?: string | null;
  } | null;
}

export interface V1PutDeployment {
  /** a-z, then a-z, 0-9, - and _; at most 300 characters. Left out: stays as it is. */
  readonly name?: string;
  readonly deployment_options?: {
    /** Echoed; there are no machines to size. */
    readonly shape?: string | null;
  } | null;
}

/** A table without columns: its sinks bring them, and its first sink decides how rows are named. */
export interface V1CreateTable {
  /** a-z, then a-z, 0-9, - and _; at most 230 characters. */
  readonly name: string;
  readonly description?: string | null;
}

/** A sink that carries types: columns that the table lacks are added to it. */
export interface V1CreateSink {
  /** a-z, 0-9, - and _; unique within the deployment. */
  readonly name: string;
  /** deployment_id and database_id are two names of one thing; one of them is needed. */
  readonly sink_details: {
    readonly deployment_id?: string | null;
    readonly database_id?: string | null;
    readonly table: string;
  };
  /** Exactly one of id_field and primary_key_fields. */
  readonly schema: {
    readonly type?: 'json' | null;
    /** Item of type id or int whose value names the row. */
    readonly id_field?: string | null;
    /** Items whose values, joined by |, name the row. */
    readonly primary_key_fields?: string[] | null;
    /** False: a record without a mapped field discards the whole request. */
    readonly allow_missing_fields: boolean;
    /** True: where a mapped field must not be missing, only the records without it are rejected. */
    readonly partial_acceptance?: boolean;
    /**
     * Onto a table that has the option version (made by /v2), an item named _version must map it, of any type; else
     * 409.
     */
    readonly definition: ({
      /** Name of the column. */
      readonly name: string;
      /** Object keys from the record's root; the name alone if left out. */
      readonly path?: string[] | null;
      /**
       * id, ids, string, strings, int, decimal, bool, timestamp, dateInt, signedIntBoolKey or recordTime
       * (case-sensitive).
       */
      readonly type: string;
      /**
       * Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, CustomUnit, Epoch, Layout; keys in any case.
       */
      readonly config?: Readonly<Record<string, unknown>> | null;
    })[];
  };
}

export interface CreateDatabase {
  /** a-z, then a-z, 0-9, - and _; at most 300 characters. */
  readonly name: string;
  readonly database_options?: {
    /** Echoed; there are no machines to size. */
    readonly shape?: string | null;
    /** What SQL means where the two differ; featurebase if left out. */
    readonly sql_dialect?: 'featurebase' | 'duckdb' | null;
  } | null;
}

export interface PutDatabase {
  /** a-z, then a-z, 0-9, - and _; at most 300 characters. Left out: stays as it is. */
  readonly name?: string;
  readonly database_options?: {
    /** Echoed; there are no machines to size. */
    readonly shape?: string | null;
    /** What SQL means where the two differ. */
    readonly sql_dialect?: 'featurebase' | 'duckdb' | null;
  } | null;
}

export interface CreateTable {
  /** a-z, then a-z, 0-9, - and _; at most 230 characters. */
  readonly name: string;
  readonly description?: string | null;
  readonly options?: {
    /** True: rows are named by text. False (if left out): by whole numbers. */
    readonly keys?: boolean | null;
    /** True if left out. */
    readonly trackExistence?: boolean | null;
    /**
     * Producers have a clock of their own: every sink maps _version, and a record takes its place in the order by it;
     * the order of acceptance only breaks ties. number: a whole number of 64 bits. time: RFC 3339 to nanoseconds, or
     * whole milliseconds since 1970. Fixed at creation; if left out, the order is that of acceptance.
     */
    readonly version?: 'number' | 'time' | null;
  } | null;
  readonly columns?: ({
    readonly name: string;
    /** ID, IDSET, IDSETQ, INT, DECIMAL(2), TIMESTAMP, STRING, STRINGSET, STRINGSETQ or BOOL, in any case. */
    readonly type?: string;
    /** min, max, scale, timeUnit, epoch, timeQuantum, ttl; or the form of the column call, with its type. */
    readonly options?: (ColumnOptions | null);
  })[] | null;
}

export interface PutTable {
  /** Left out: stays as it is. */
  readonly description?: string | null;
}

export interface CreateColumn {
  /** Name of an SQL type, where options has no type of its own. */
  readonly type?: string | null;
  /** type is int, decimal, timestamp, bool, mutex, set or time (with keys: text), or the name of an SQL type. */
  readonly options?: (ColumnOptions | null);
}

/** A sink that maps paths of records to columns of a table; the types are the table's. */
export interface CreateSink {
  /** a-z, then a-z, 0-9, - and _; unique within the database. */
  readonly name: string;
  readonly sink_details: {
    readonly database_id: string;
    readonly table: string;
  };
  /** Exactly one of id_field ("_id") and primary_key_fields (["_id"]). */
  readonly schema: {
    readonly type?: 'json' | null;
    readonly id_field?: string | null;
    readonly primary_key_fields?: string[] | null;
    /** False: a record without a mapped field discards the whole request. */
    readonly allow_missing_fields: boolean;
    /** True: where a mapped field must not be missing, only the records without it are rejected. */
    readonly partial_acceptance?: boolean;
    /**
     * Must map _id, and _timeQuantum where a column keeps time views; _version where the table has the option version,
     * and only there (else 409). Other properties of an item are ignored.
     */
    readonly definition: ({
      /** Name of the column. */
      readonly name: string;
      /** Object keys from the record's root; the name alone if left out. */
      readonly path?: string[] | null;
    })[];
  };
}

/** At least one of the rates; null is as if it were left out. */
export interface SetQuota {
  readonly records_per_second?: number | null;
  /** Of bodies, after gzip. */
  readonly bytes_per_second?: number | null;
  readonly requests_per_second?: number | null;
  /**
   * So many seconds' worth may pass at once. A request larger than that passes alone, when nothing passed for so long.
   */
  readonly burst_seconds?: number | null;
  /** In answers; ignored in requests. */
  readonly set_at?: string | null;
  /** In answers; ignored in requests. */
  readonly set_by?: string | null;
}

/** Who is invited. */
export interface Invite {
  readonly email: string;
  /** User, if left out. */
  readonly role?: 'Administrator' | 'User';
}

/** The secret of an invite or of a password reset, and the password to be set. */
export interface AcceptInvite {
  readonly token: string;
  /** 12 characters at least and 256 at most, none of the common ones. */
  readonly password: string;
}

/** A user as GET shows it: role and status can be changed, all else must be as it is, or left out. */
export interface PutUser {
  readonly role?: 'Administrator' | 'User';
  /** Active or Deactivated; another one only if it is what it was. */
  readonly status?: 'Active' | 'Deactivated' | 'Open' | 'Left';
}

/** The old password and the new one. */
export interface PutPassword {
  readonly current_password: string;
  /** 12 characters at least and 256 at most, none of the common ones. */
  readonly new_password: string;
}

/** An API key of a user, or a token of the tenant. */
export interface CreateKey {
  /** What uses it, for people: 1 to 200 characters. */
  readonly description: string;
  /** What the key is good for, within what its user may do. */
  readonly scope?: {
    /** All but account and administer, if left out. */
    readonly verbs?: ('ingest' | 'read' | 'query' | 'replay' | 'manage' | 'account' | 'administer')[];
    /** Ids: only these sinks, and nothing that is not of a sink. All, if left out. */
    readonly sinks?: string[] | null;
  };
  /** RFC 3339, to come, at most 3,660 days ahead. No end, if left out. */
  readonly expires_at?: string | null;
}

/** A key as GET shows it: its description can be changed, all else must be as it is, or left out. */
export interface PutKey {
  /** 1 to 200 characters. */
  readonly description: string;
}

/**
 * The schema of a sink with types, which replaces the one it has. Exactly one of id_field and primary_key_fields;
 * columns that the table lacks are added to it.
 */
export interface V1SinkSchema {
  readonly type?: 'json' | null;
  /** Item of type id or int whose value names the row. */
  readonly id_field?: string | null;
  /** Items whose values, joined by |, name the row. */
  readonly primary_key_fields?: string[] | null;
  /** False: a record without a mapped field discards the whole request. */
  readonly allow_missing_fields: boolean;
  /** True: where a mapped field must not be missing, only the records without it are rejected. */
  readonly partial_acceptance?: boolean;
  /**
   * Onto a table that has the option version (made by /v2), an item named _version must map it, of any type; else 409.
   */
  readonly definition: ({
    /** Name of the column. */
    readonly name: string;
    /** Object keys from the record's root; the name alone if left out. */
    readonly path?: string[] | null;
    /**
     * id, ids, string, strings, int, decimal, bool, timestamp, dateInt, signedIntBoolKey or recordTime
     * (case-sensitive).
     */
    readonly type: string;
    /** Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, CustomUnit, Epoch, Layout; keys in any case. */
    readonly config?: Readonly<Record<string, unknown>> | null;
  })[];
}

/** The schema of a sink, which replaces the one it has. */
export interface SinkSchema {
  readonly type?: 'json' | null;
  readonly id_field?: string | null;
  readonly primary_key_fields?: string[] | null;
  /** False: a record without a mapped field discards the whole request. */
  readonly allow_missing_fields: boolean;
  /** True: where a mapped field must not be missing, only the records without it are rejected. */
  readonly partial_acceptance?: boolean;
  /**
   * Must map _id, and _timeQuantum where a column keeps time views; _version where the table has the option version,
   * and only there (else 409). Other properties of an item are ignored.
   */
  readonly definition: ({
    /** Name of the column. */
    readonly name: string;
    /** Object keys from the record's root; the name alone if left out. */
    readonly path?: string[] | null;
  })[];
}

/** The record as it should have come; null goes back to what came. */
export interface EditQuarantined {
  /** As in a request: {"value": {...}}. */
  readonly record: Readonly<Record<string, unknown>> | null;
}

/** Which stored records are to go through a sink once more. Records are chosen to which all that is given applies. */
export interface CreateReplay {
  /** archive: whole requests that were accepted. quarantine: records that were refused or could not be written. */
  readonly from: 'archive' | 'quarantine';
  /** Entries of the archive or the quarantine, by id. */
  readonly ids?: string[];
  /** Of quarantined records. */
  readonly reason?: string;
  readonly receipt_id?: string;
  /** RFC 3339, inclusive. */
  readonly accepted_from?: string;
  /** RFC 3339, exclusive. */
  readonly accepted_to?: string;
  /** The sink that takes the records: this one, if left out. */
  readonly into?: string;
  /** True: nothing is sent; the answer says what would be accepted and what refused. */
  readonly dry_run?: boolean;
}

export interface Query {
  readonly language: 'sql' | 'pql';
  /** PQL begins with its table: [iris_table]Count(All()). */
  readonly statement: string;
}

/**
 * Up to 1,000 records, 1,048,576 bytes as sent (gzip allowed), 10 MiB inflated. Of two fields of one object that have
 * the same name, the last counts; no name is special, __proto__ and constructor included.
 */
export interface Records {
  readonly records: ({
    /**
     * delete: the row that the mapped key names goes; value needs the key and, where the sink maps one, the version.
     * put, or left out: the record is written.
     */
    readonly op?: 'put' | 'delete';
    /** The record; the sink's paths begin here. */
    readonly value: Readonly<Record<string, unknown>>;
  })[];
}

export interface Tokens {
  readonly AuthenticationResult: {
    readonly AccessToken: string;
    readonly IdToken: string;
    /** Good for 30 days. */
    readonly RefreshToken: string;
    readonly TokenType: 'Bearer';
    /** Seconds. */
    readonly ExpiresIn: number;
  };
  readonly ChallengeParameters: Readonly<Record<string, unknown>>;
}

export interface Health {
  readonly status: 'ok';
  readonly time_ms: number;
}

/**
 * The members of RFC 9457 behind those of FeatureBase; as application/problem+json where Accept names it. What API
 * Gateway itself answers may lack instance and status.
 */
export interface Problem {
  readonly code: 'InvalidParameter' | 'MissingParameter' | 'InvalidBody' | 'ResourceLimitExceeded' | 'RelatedResourceNotFound' | 'Bad Request' | 'BadRequest' | 'Unauthorized' | 'MissingAuthenticationToken' | 'Forbidden' | 'ResourceNotFound' | 'MethodNotAllowed' | 'RequestTimeout' | 'ResourceAlreadyExists' | 'IncorrectState' | 'IdempotencyKeyInUse' | 'PreconditionFailed' | 'PayloadTooLarge' | 'IdempotencyKeyReused' | 'TooManyRequests' | 'InternalError' | 'ServiceUnavailable';
  /** Names the place, what came and what was wanted. */
  readonly message: string;
  /** What a program may want to know; which members are there goes by the kind of error. */
  readonly details?: {
    /** Place of what is wrong: schema.definition[2].path. */
    readonly parameter?: string;
    /** The methods that the path takes. */
    readonly allowed?: string[];
    /** When the same request may succeed. */
    readonly retry_after_seconds?: number;
  };
  /** Path of what there is to know of this kind of error. */
  readonly type: string;
  /** The same for every error of this kind. */
  readonly title: string;
  /** The message once more. */
  readonly detail: string;
  /** Path of the request, or its beginning. */
  readonly instance?: string;
  readonly request_id?: string;
  /** The status of the answer. */
  readonly status?: number;
}

export interface ProblemKind {
  readonly kind: string;
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly meaning: string;
  readonly what_to_do: string;
  readonly status: number;
}

export interface Ready {
  readonly status: 'ready' | 'not_ready';
  /** How much the place takes of what is sent to it. */
  readonly pressure?: 'none' | 'slow' | 'refuse';
  readonly checks: ({
    readonly name: string;
    readonly state: 'up' | 'down';
    readonly took_ms: number;
  })[];
}

/** `after` of the next page; absent: there is no more. */
export type NextPage = string;

export interface V1Deployment {
  readonly id: string;
  readonly name: string;
  readonly deployment_status: DatabaseStatus;
  /** Why it FAILED. */
  readonly cause?: string;
  readonly deployment_options: {
    readonly shape: string;
  };
  readonly owner: string;
  readonly created_at: string;
  readonly revision: number;
}

export type V1ListedDeployment = V1Deployment & {
  readonly sinks: ({
    readonly id: string;
    readonly name: string;
    readonly status: SinkStatus;
    readonly table: string;
    readonly mapping_revision: number;
  })[];
};

export interface V1Table {
  readonly id: string;
  readonly name: string;
  readonly status: TableStatus;
  readonly cause?: string;
  readonly description: string;
  readonly deployment_id: string;
  readonly owner: string;
  readonly created_at: string;
  readonly fields: Column[];
}

export type V1Sink = AnySink & {
  /** The first where the sink was made by /v1. As sent, with whole numbers beyond 2^53 as text. */
  readonly schema: (V1SinkSchema | SinkSchema);
  readonly sink_details: {
    readonly deployment_id: string;
    readonly database_id: string;
    readonly table: string;
  };
};

export interface Database {
  readonly id: string;
  readonly name: string;
  readonly database_status: DatabaseStatus;
  /** Why it FAILED. */
  readonly cause?: string;
  readonly database_options: {
    readonly shape: string;
    readonly sql_dialect: 'featurebase' | 'duckdb';
  };
  readonly owner: string;
  readonly created_at: string;
  readonly revision: number;
}

export interface Table {
  readonly id: string;
  readonly name: string;
  readonly status: TableStatus;
  readonly cause?: string;
  readonly description: string;
  readonly database_id: string;
  readonly options: {
    readonly keys: boolean;
    readonly trackExistence: boolean;
    /** There only where producers give versions. */
    readonly version?: 'number' | 'time';
  };
  readonly owner: string;
  readonly created_at: string;
  readonly columns: Column[];
}

export interface Column {
  readonly name: string;
  /** SQL type: id, decimal(2), stringsetq. */
  readonly type: string;
  readonly options: ColumnOptions;
}

/**
 * The type of a column in the original's words. In requests names are taken in any case, null is as if left out, and an
 * option that does not belong to the type is a 400; answers have what the column call takes back. The column _id has
 * keys alone.
 */
export interface ColumnOptions {
  /**
   * int, decimal, timestamp, bool, mutex (one value), set (many) or time (many, with times). Requests may name an SQL
   * type instead, in any case: id, idset, idsetq, int, decimal(2), timestamp, string, stringset, stringsetq, bool.
   */
  readonly type?: string | null;
  /** Of mutex, set and time. True: the values are texts. False (if left out): whole numbers from 0. */
  readonly keys?: boolean | null;
  /** Of int. The smallest value; text where it is beyond 2^53. */
  readonly min?: number | string | null;
  /** Of int. The largest value; text where it is beyond 2^53. */
  readonly max?: number | string | null;
  /** Of decimal, which wants it. Digits after the point. */
  readonly scale?: number | null;
  /** Of timestamp. s (if left out), ms, us or ns. */
  readonly timeUnit?: string | null;
  /** Of timestamp. The time, RFC 3339, that numbers count from; 1970-01-01T00:00:00Z if left out. */
  readonly epoch?: string | null;
  /** Of time, which wants it. The spans by which values can be asked for: YMDH or a part of it, like YMD. */
  readonly timeQuantum?: string | null;
  /** Of time. How long values stay, like 720h; for ever, if left out. */
  readonly ttl?: string | null;
  /** Of time. True: values are found by their times alone. */
  readonly noStandardView?: boolean | null;
  /** Taken and without effect; never in answers. */
  readonly cacheType?: string | null;
  /** Taken and without effect; never in answers. */
  readonly cacheSize?: number | null;
  /** Of int. Not supported; empty text is taken. */
  readonly foreignIndex?: string | null;
}

export type Sink = AnySink & {
  readonly schema: SinkSchema;
  readonly sink_details: {
    readonly database_id: string;
    readonly table: string;
  };
};

/** What sinks have in both dialects. */
export interface AnySink {
  readonly id: string;
  readonly name: string;
  readonly status: SinkStatus;
  /** Why it FAILED. */
  readonly cause?: string;
  /**
   * Columns of the schema that were dropped since: values for them go nowhere, also where a column of this name was
   * made again, until the schema is sent once more. There only where there are some.
   */
  readonly lost_columns?: string[];
  /** Absolute address that takes its records. */
  readonly ingest_endpoint: string;
  readonly owner: string;
  readonly created_at: string;
  readonly mapping_revision: number;
}

export type DatabaseStatus = 'CREATING' | 'RUNNING' | 'UPDATING' | 'DELETING' | 'FAILED';

export type TableStatus = 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED';

/**
 * ACTIVE and RESTARTING take records. A sink is RESTARTING (in /v1 UPDATING) from a change of its schema until what was
 * accepted under an older one is written; what it takes meanwhile is read by the new one.
 */
export type SinkStatus = 'CREATING' | 'ACTIVE' | 'RESTARTING' | 'UPDATING' | 'DELETING' | 'FAILED';

export interface RecordsAnswer {
  readonly success_count: number;
  readonly error_count: number;
  readonly records: RecordAnswer[];
  /** There only where the request has an Idempotency-Key or ack. */
  readonly receipt?: {
    readonly id: string;
    readonly state: ReceiptState;
  };
}

export interface RecordAnswer {
  readonly status: 'success' | 'error';
  readonly error_code?: 'InvalidBody' | 'ProvisionedThroughputExceededException';
  readonly error_message?: string;
  /** Code of the registry of reasons; on a success, why the record was dropped. */
  readonly reason?: string;
  /** JSON pointer within the record. */
  readonly pointer?: string;
  readonly got?: string;
  readonly want?: string;
  readonly hint?: string;
}

export interface Jwks {
  readonly keys: ({
    /** Names the key in the head of a token. */
    readonly kid: string;
    readonly kty: 'RSA';
    readonly alg: 'RS256';
    readonly use: 'sig';
    readonly n: string;
    readonly e: string;
  })[];
}

export type Role = 'Administrator' | 'User';

/** What somebody may do. */
export type Verbs = ('ingest' | 'read' | 'query' | 'replay' | 'manage' | 'account' | 'administer')[];

export interface Scope {
  readonly verbs: Verbs;
  /** Only these, if it is there. */
  readonly sinks?: string[];
}

export interface User {
  readonly id: string;
  readonly type: 'user';
  readonly email: string;
  readonly role: Role;
  /** Open: invited, and has not come. Only Active users get in. */
  readonly status: 'Open' | 'Active' | 'Deactivated' | 'Left';
  readonly tenant_id: string;
  readonly created_at: string;
  /** False for who signs in at the external issuer. */
  readonly has_password: boolean;
  /** Who they are at the external issuer. */
  readonly external?: {
    readonly issuer?: string;
    readonly subject?: string;
  };
  readonly invite?: InviteTimes;
  readonly revision: number;
}

/** An invite or a password reset that stands. */
export interface InviteTimes {
  readonly kind: 'invite' | 'reset';
  readonly expires_at: string;
  readonly invited_at: string;
  readonly invited_by: string;
}

/** A user, with the key that was used if one was; or a token of the tenant, which is nobody's. */
export type CurrentUser = unknown & {
  readonly id: string;
  readonly type: 'user' | 'token';
  /** Of a user. */
  readonly email?: string;
  /** Of a token. */
  readonly description?: string;
  readonly role: Role;
  readonly status: 'Active';
  readonly tenant_id: string;
  readonly verbs: Verbs;
  /** The key or token that was used. */
  readonly key_id?: string;
  readonly scope?: Scope;
  readonly revision: number;
};

export interface InviteShown {
  /** Of the user. */
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly role: Role;
  /** Active: of a reset. */
  readonly status: 'Open' | 'Active';
  readonly kind?: 'invite' | 'reset';
  readonly expires_at?: string;
  readonly invited_at?: string;
  readonly invited_by?: string;
}

export interface NewInvite {
  /** Of the user. */
  readonly id: string;
  readonly user_id: string;
  /** Shown this once. */
  readonly token: string;
  readonly email: string;
  readonly role: Role;
  readonly status: 'Open' | 'Active';
  readonly kind: 'invite' | 'reset';
  readonly expires_at: string;
  readonly invited_at: string;
  readonly invited_by: string;
}

export interface Key {
  readonly id: string;
  readonly description: string;
  readonly status: 'Active' | 'Expired' | 'Revoked';
  readonly scope: Scope;
  /** Of a key; a token is the tenant's. */
  readonly user_id?: string;
  readonly created_at: string;
  readonly created_by: string | null;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly revision: number;
}

export interface NewKey {
  readonly id: string;
  /** Shown this once. */
  readonly secret: string;
  readonly description: string;
  readonly status: 'Active';
  readonly scope: Scope;
  readonly user_id?: string;
  readonly created_at: string;
  readonly created_by: string | null;
  readonly expires_at: string | null;
  readonly revoked_at: null;
  readonly revision: number;
}

export interface Quota {
  readonly records_per_second: number | null;
  readonly bytes_per_second: number | null;
  readonly requests_per_second: number | null;
  readonly burst_seconds: number | null;
  readonly set_at: string | null;
  readonly set_by: string | null;
}

export interface Limits {
  readonly limits: ({
    /** Stable. */
    readonly name: string;
    /** Text where it is beyond 2^53. */
    readonly value: number | string;
    readonly unit: string;
    readonly of: string;
    readonly meaning: string;
    /** What whoever passes it is told. */
    readonly answer: string;
  })[];
}

export interface Receipt {
  readonly id: string;
  readonly state: ReceiptState;
  /** Absent where rows were deleted by their keys. */
  readonly sink_id?: string;
  /** The receipt of the request that first brought a replay's records. */
  readonly replay_of?: string;
  readonly database_id: string;
  readonly table_id: string;
  readonly mapping_revision: number;
  /** accepted + rejected + dropped */
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  /** Of the accepted, those that changed at least one cell. */
  readonly written?: number;
  /** Of the accepted, those that changed none. */
  readonly superseded?: number;
  /** Of the accepted, those in quarantine. accepted = written + superseded + quarantined */
  readonly quarantined?: number;
  /** Records stored without the values of columns dropped meanwhile. */
  readonly changed?: number;
  /** Why records were stored otherwise than sent, where some were. */
  readonly changes?: ({
    readonly reason: string;
    readonly records: number;
    readonly hint: string;
  })[];
  readonly queued_at: string;
  readonly visible_at?: string;
  readonly failed_at?: string;
  readonly cause?: string;
  readonly exceptions: ({
    readonly position: number;
    readonly reason: string;
    readonly pointer: string;
    readonly column?: string;
    readonly got: string;
    readonly want: string;
    readonly message: string;
    readonly hint: string;
  })[];
}

/** rejected: not one record was accepted. failed: the records are in quarantine. */
export type ReceiptState = 'queued' | 'visible' | 'failed' | 'rejected';

export interface AuditEntry {
  readonly id: string;
  /** When it began. */
  readonly at: string;
  /** Absent where nobody has said how it ended. */
  readonly ended_at?: string;
  readonly actor: {
    /** Absent where a token of the tenant was used. */
    readonly user_id?: string;
    /** The key or token, where one was used. */
    readonly token_id?: string;
    /** Address of the user then, or the name of the token. */
    readonly email: string;
  };
  /** Address that the connection came from. */
  readonly source: string;
  /** An operationId of this document, or bindIdentity: the first call with a token of the external issuer. */
  readonly operation: string;
  /** What it was on, by the names of path parameters. DROP TABLE has table and statement. */
  readonly target: Readonly<Record<string, string>>;
  /** The id of what was made. */
  readonly made?: string;
  readonly request_id: string;
  /**
   * begun: it may have been done or not. refused: nothing was changed. failed: by a fault of the service; a part may
   * have been done.
   */
  readonly outcome: 'begun' | 'done' | 'refused' | 'failed';
  /** Of the HTTP answer, where that tells the outcome. */
  readonly status?: number;
}

export interface Quarantined {
  /** After an edit: whether the sink would take the record now. */
  readonly accepted?: boolean;
  readonly id: string;
  readonly receipt_id: string;
  /** Place in its request. */
  readonly position: number;
  /** Code of the registry of reasons. */
  readonly reason: string;
  /** JSON pointer within the record. */
  readonly pointer: string;
  readonly message?: string;
  readonly got?: string;
  readonly want?: string;
  readonly hint: string;
  /** Of the mapping that refused it last. */
  readonly mapping_revision: number;
  /** When its request was accepted. */
  readonly accepted_at: string;
  readonly quarantined_at: string;
  /** The record as it came. After a change, it and what quotes it are there for those who may query alone. */
  readonly record?: unknown;
  /** The record as it was mended. */
  readonly edited?: unknown;
}

export interface Archived {
  readonly id: string;
  readonly receipt_id: string;
  readonly records: number;
  readonly bytes: number;
  readonly accepted_at: string;
  readonly archived_at: string;
  /** Those that have made rows of it. */
  readonly mapping_revisions: number[];
  /** write_failed: it could not be written. */
  readonly reason?: string;
}

export interface Replay {
  readonly id: string;
  readonly state: 'running' | 'completed' | 'cancelled' | 'failed';
  /** Why it failed. */
  readonly cause?: string;
  readonly from: 'archive' | 'quarantine';
  readonly sink_id: string;
  /** The sink that takes the records. */
  readonly into: string;
  /** Which records: those to which all of this applies; all of them, where it is empty. */
  readonly selection: {
    /** Entries of the archive or the quarantine. */
    readonly ids?: string[];
    /** Of quarantined records. */
    readonly reason?: string;
    readonly receipt_id?: string;
    /** Inclusive. */
    readonly accepted_from?: string;
    /** Exclusive. */
    readonly accepted_to?: string;
  };
  readonly batches: number;
  /** accepted + rejected + dropped */
  readonly received: number;
  /** written + superseded + quarantined + failed */
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  readonly written: number;
  readonly superseded: number;
  readonly quarantined: number;
  /** Records of batches that could not be written. */
  readonly failed: number;
  readonly started_at: string;
  readonly started_by: string;
  readonly ended_at?: string;
}

export interface ReplayTrial {
  readonly dry_run: true;
  /** False: the time was up before all was looked at. */
  readonly complete: boolean;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  readonly reasons: ({
    readonly reason: string;
    readonly records: number;
    /** The first such record. */
    readonly first: {
      /** JSON pointer within the record. */
      readonly pointer?: string;
      readonly got?: string;
      readonly want?: string;
      readonly message?: string;
    };
    readonly hint: string;
  })[];
}

export interface SinkMetrics {
  readonly resources: SinkMetric[];
  /**
   * False where there was too much to count in one call: newest entries are missing, the last one may be a part of an
   * hour, and the same call again goes on.
   */
  readonly complete: boolean;
}

export interface SinkMetric {
  /** Start of the minute or hour. */
  readonly timestamp: string;
  /** Records accepted for ingest in it, also updates, and those that could not be written later on. */
  readonly ingest_rate: number;
  /** POSTs in it. */
  readonly request_rate: number;
  /** Records in it that failed validation. */
  readonly error_rate: number;
  /** Size of the bodies, unpacked. */
  readonly bytes: number;
}

export interface Shapes {
  readonly resources: ({
    readonly name: string;
    readonly environment: 'development' | 'production';
    readonly memory_gb: number;
    readonly volume_gb?: number;
    readonly vcpu?: number;
  })[];
}

export interface SinkError {
  readonly sink_id: string;
  /** Error: the data. Panic: they could not be written. */
  readonly error_type: 'Error' | 'Panic';
  readonly error_msg: string;
  /** When the records went to quarantine. */
  readonly time: string;
  readonly receipt_id: string;
  /** Code of the registry of reasons. */
  readonly reason: string;
  /** JSON pointer within the record. */
  readonly pointer: string;
  /** Place of the first such record in its request. */
  readonly position: number;
  /** Records of the request with this error. */
  readonly record_count: number;
  readonly mapping_revision: number;
  readonly hint: string;
}

/** Then one key a column; sets are lists, timestamps RFC 3339 in UTC, decimals numbers of their scale. */
export interface Row {
  readonly _id: number | string;
}

/**
 * One value, under the key of its kind. Whole numbers and decimals have all their digits: 64 bits are more than a
 * double of JavaScript holds.
 */
export interface Cell {
  /** Also what no column can hold, as JSON. */
  readonly StringVal?: string;
  /** Ids and counts. */
  readonly Uint64Val?: number;
  readonly Int64Val?: number;
  readonly BoolVal?: boolean;
  readonly Uint64ArrayVal?: {
    readonly vals: (number | null)[];
  };
  readonly StringArrayVal?: {
    readonly vals: (string | null)[];
  };
  /** Null for what JSON has no number for. */
  readonly Float64Val?: number | null;
  /** value / 10^scale: 5.10 is {value: 510, scale: 2}. */
  readonly DecimalVal?: {
    readonly value: number;
    readonly scale: number;
  };
  /** RFC 3339, in UTC. */
  readonly TimestampVal?: string;
}

export interface TableResponse {
  readonly results: {
    readonly headers: ({
      readonly name: string;
      readonly datatype: string;
    })[];
    readonly rows: ({
      readonly columns: ({
        /** Null where the row has no value. */
        readonly ColumnVal: (Cell | null);
      })[];
    })[];
    /** Nanoseconds. */
    readonly duration: number;
  };
}

export interface SchemaData {
  readonly schema?: {
    readonly fields: ({
      readonly name: string;
      readonly type: string;
      readonly 'base-type': string;
      /** Of decimals; else null. */
      readonly 'type-info': {
        readonly scale?: number;
      } | null;
    })[];
  };
  readonly data?: (unknown[])[];
  /** There only when the statement failed. */
  readonly error?: string;
  /** Microseconds. */
  readonly 'execution-time': number;
}

/** Every route, as openapi-fetch wants it. */
export interface paths {
  '/': {
    /**
     * Sign in, or refresh. After too many failures 429, whatever the password, with the time after which to come again.
     * 403 where an external issuer has taken the place of passwords.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': SignIn } };
      responses: {
        200: {
          content: { 'application/json': Tokens };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/health': {
    /** Whether the service answers. It asks no store: /ready does. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Health };
        };
      };
    };
  };
  '/ready': {
    /**
     * Whether what the service needs answers. For load balancers. Looks within a second are one. pressure is there
     * where the place has a bound of its own on what it takes; it does not make it unready.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Ready };
        };
        503: {
          content: { 'application/json': Ready };
        };
      };
    };
  };
  '/problems/{kind}': {
    /** What an error means, and what to do about it */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The end of the `type` of an error. */
          readonly kind: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': ProblemKind };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/openapi.json': {
    /** This document */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly openapi: string;
            readonly paths: Readonly<Record<string, unknown>>;
          } };
        };
        304: {
          content: never;
        };
      };
    };
  };
  '/v1/deployments': {
    /** Create a deployment. It is RUNNING at once. A name that is taken is a 409. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': V1CreateDeployment } };
      responses: {
        201: {
          content: { 'application/json': V1Deployment };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List deployments, each with its sinks and their status */
    get: {
      parameters: {
        query?: {
          /** Resources of one page. Without it and without `after`, the list is whole. */
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
          /** Those of this name; with * at its end, those whose name begins so. */
          readonly name?: string;
          /** Those in it. */
          readonly status?: DatabaseStatus;
          /** The order; - is the other way round. A page's `next` is for the same order and filter. */
          readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
        };
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: V1ListedDeployment[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/deployments/{database_id}': {
    /** Read a deployment */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly database_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': V1Deployment };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Change name or shape of a deployment. What is left out stays as it is. Take what GET shows, change name or
     * options, and send it back: members that cannot be changed (id, owner, created_at) may be there as they are;
     * status, cause and revision play no part. The change is in force when it is answered; the answer shows it as
     * UPDATING, and the next look as RUNNING.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'application/json': V1PutDeployment } };
      responses: {
        200: {
          content: { 'application/json': V1Deployment };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a deployment that has no tables. While it has tables the answer is a 409 that names them. Gone at once: a
     * second DELETE is a 404.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': V1Deployment };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/deployments/{database_id}/query': {
    /** Run SQL or PQL */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** What SQL means in this query, over the database's own choice. */
          readonly 'X-Headgate-SQL'?: 'featurebase' | 'duckdb';
        };
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'application/json': Query } };
      responses: {
        200: {
          content: { 'application/json': TableResponse };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/tables/{database_id}': {
    /**
     * Create a table; its sinks bring the columns. ACTIVE where its store is there at once; else CREATING, and it takes
     * rows once a GET shows ACTIVE, or FAILED with the cause. A name that is taken is a 409. Its first sink decides
     * whether rows are named by texts or by whole numbers.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'application/json': V1CreateTable } };
      responses: {
        201: {
          content: { 'application/json': V1Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List the tables of a deployment */
    get: {
      parameters: {
        query?: {
          /** Resources of one page. Without it and without `after`, the list is whole. */
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
          /** Those of this name; with * at its end, those whose name begins so. */
          readonly name?: string;
          /** Those in it. */
          readonly status?: TableStatus;
          /** The order; - is the other way round. A page's `next` is for the same order and filter. */
          readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
        };
        header?: never;
        path: {
          readonly database_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: V1Table[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/tables/{database_id}/{table}': {
    /** Read a table */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': V1Table };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a table that has no sinks, with its rows, for good. While it has sinks the answer is a 409 that names
     * them.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': V1Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/sinks': {
    /**
     * Create a sink; columns that the table lacks are added. ACTIVE takes records. CREATING waits for the table, and
     * FAILED has the cause: poll GET. A name that is taken in the database is a 409. What was added to the table stays
     * where the call fails later; the same call again goes on.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': V1CreateSink } };
      responses: {
        201: {
          content: { 'application/json': V1Sink };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List all sinks */
    get: {
      parameters: {
        query?: {
          /** Resources of one page. Without it and without `after`, the list is whole. */
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
          /** Those of this name; with * at its end, those whose name begins so. */
          readonly name?: string;
          /** Those in it. */
          readonly status?: SinkStatus;
          /** The order; - is the other way round. A page's `next` is for the same order and filter. */
          readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
        };
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: V1Sink[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/sinks/{sink_id}': {
    /** Read a sink */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': V1Sink };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a sink; what it took becomes visible first. From now on it takes no records: DELETING until what it took
     * is visible, then 404. DELETE once more is harmless meanwhile.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': V1Sink };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Send records */
    post: {
      parameters: {
        query?: {
          /**
           * visible: answers once queries see the records, or after 25 s at the latest; X-Headgate-Receipt-State says
           * which.
           */
          readonly ack?: 'queued' | 'visible';
        };
        header?: {
          /**
           * Makes the request happen once for 35 days, however often it is sent to this sink: the same body under the
           * same key has the same answer and receipt. Another body is a 422. While the first is under way, a second
           * waits up to 25 s, then gets a 409 with Retry-After. A request that is refused whole binds no key.
           */
          readonly 'Idempotency-Key'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      requestBody: { content: { 'application/json': Records } };
      responses: {
        200: {
          content: { 'application/json': RecordsAnswer };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/sinks/{sink_id}/schema': {
    /**
     * Change the schema of a sink; columns that the table lacks are added. As the call of /v2, for sinks whose items
     * carry types. The call of /v2 on such a sink reads its values by the types of the columns alone.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      requestBody: { content: { 'application/json': V1SinkSchema } };
      responses: {
        200: {
          content: { 'application/json': V1Sink };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/sinks/{sink_id}/errors': {
    /**
     * Read the log of errors of a sink, newest first. One entry for each cause of each request: refused records,
     * requests that were discarded whole, batches that could not be written. Entries are there once the request has
     * been written, as long as its records are in quarantine.
     */
    get: {
      parameters: {
        query?: {
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: SinkError[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/sinks/{sink_id}/metrics': {
    /**
     * Read what a sink took in, by the minute. Counted from the requests that were written or could not be: what was
     * accepted a moment ago follows within seconds. Each request counts once, however often it is delivered, in the
     * minute in which it was accepted; a request of no good record counts too. Not counted are requests that got no
     * receipt (400, 401, 409, 413, 429, 503, and those over a quota), requests without records, and replays.
     */
    get: {
      parameters: {
        query?: {
          /** The first minute; an hour before to, unless given. */
          readonly from?: string;
          /** Minutes that begin before it; now, unless given. At most 24 hours after from. */
          readonly to?: string;
          /** What one entry stands for. With hour, the first and last hours are whole ones. */
          readonly resolution?: 'minute' | 'hour';
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': SinkMetrics };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/service-properties/deployment:shapes': {
    /**
     * The shapes that a deployment may have. Sizes of the original's machines. A shape is checked and shown as it was
     * sent; it has no other effect.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Shapes };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/databases': {
    /** Create a database. It is RUNNING at once. A name that is taken is a 409. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': CreateDatabase } };
      responses: {
        201: {
          content: { 'application/json': Database };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List databases */
    get: {
      parameters: {
        query?: {
          /** Resources of one page. Without it and without `after`, the list is whole. */
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
          /** Those of this name; with * at its end, those whose name begins so. */
          readonly name?: string;
          /** Those in it. */
          readonly status?: DatabaseStatus;
          /** The order; - is the other way round. A page's `next` is for the same order and filter. */
          readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
        };
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Database[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/databases/{database_id}': {
    /** Read a database */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly database_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Database };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Change name, shape or SQL dialect of a database. What is left out stays as it is. Take what GET shows, change
     * name or options, and send it back: members that cannot be changed (id, owner, created_at) may be there as they
     * are; status, cause and revision play no part. The change is in force when it is answered; the answer shows it as
     * UPDATING, and the next look as RUNNING.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'application/json': PutDatabase } };
      responses: {
        200: {
          content: { 'application/json': Database };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a database that has no tables. While it has tables the answer is a 409 that names them. Gone at once: a
     * second DELETE is a 404.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': Database };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/databases/{database_id}/query': {
    /** Run SQL or PQL; a bad statement is a 400 */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** What SQL means in this query, over the database's own choice. */
          readonly 'X-Headgate-SQL'?: 'featurebase' | 'duckdb';
        };
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'application/json': Query } };
      responses: {
        200: {
          content: { 'application/json': TableResponse };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/databases/{database_id}/query/sql': {
    /** Run SQL; a bad statement is a 200 with error */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** What SQL means in this query, over the database's own choice. */
          readonly 'X-Headgate-SQL'?: 'featurebase' | 'duckdb';
        };
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'text/plain': string } };
      responses: {
        200: {
          content: { 'application/json': SchemaData };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/databases/{database_id}/sql': {
    /** Run SQL; another name of query/sql */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** What SQL means in this query, over the database's own choice. */
          readonly 'X-Headgate-SQL'?: 'featurebase' | 'duckdb';
        };
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'text/plain': string } };
      responses: {
        200: {
          content: { 'application/json': SchemaData };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sql': {
    /** Run SQL that is of no database, which is SHOW DATABASES */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'text/plain': string } };
      responses: {
        200: {
          content: { 'application/json': SchemaData };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/databases/{database_id}/query/pql': {
    /** Run PQL; a bad statement is a 200 with error */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'text/plain': string } };
      responses: {
        200: {
          content: { 'application/json': SchemaData };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/tables/{database_id}': {
    /**
     * Create a table, with columns if wanted. ACTIVE where its store is there at once; else CREATING, and it takes rows
     * once a GET shows ACTIVE, or FAILED with the cause. A name that is taken is a 409. The columns cannot change their
     * types later; more can be added.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly database_id: string;
        };
      };
      requestBody: { content: { 'application/json': CreateTable } };
      responses: {
        201: {
          content: { 'application/json': Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List the tables of a database */
    get: {
      parameters: {
        query?: {
          /** Resources of one page. Without it and without `after`, the list is whole. */
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
          /** Those of this name; with * at its end, those whose name begins so. */
          readonly name?: string;
          /** Those in it. */
          readonly status?: TableStatus;
          /** The order; - is the other way round. A page's `next` is for the same order and filter. */
          readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
        };
        header?: never;
        path: {
          readonly database_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Table[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/tables/{database_id}/{table}': {
    /** Read a table */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Table };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Change the description of a table. What is left out stays as it is. What else GET shows may be there as it is;
     * where it differs, the answer is a 400 that names it. Columns have calls of their own.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
        };
      };
      requestBody: { content: { 'application/json': PutTable } };
      responses: {
        200: {
          content: { 'application/json': Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a table that has no sinks, with its rows, for good. While it has sinks the answer is a 409 that names
     * them.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/tables/{database_id}/{table}/fields/{column}': {
    /**
     * Add a column. In force when it is answered. A name that is taken is a 409; sinks do not fill the column until
     * their schema maps it.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
          readonly column: string;
        };
      };
      requestBody: { content: { 'application/json': CreateColumn } };
      responses: {
        201: {
          content: { 'application/json': Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Drop a column with its values, for good. Sinks that map it go on: their values for it are left out and counted as
     * changed on the receipts. A column of the same name that is added later begins empty.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
          readonly column: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': Table };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/tables/{database_id}/{table}/rows/{row_id}': {
    /**
     * Read a row by its key. What a query would see: what is queued is not in it yet. 404 where there is no row of this
     * key.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
          /** The row's _id, percent-encoded. */
          readonly row_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Row };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a row by its key, whether it is there or not. Queued like records, with a place in the order like theirs:
     * it beats all that was accepted before it. 202 while queued, 200 once the row is gone.
     */
    delete: {
      parameters: {
        query?: {
          /**
           * visible: answers once queries see the records, or after 25 s at the latest; X-Headgate-Receipt-State says
           * which.
           */
          readonly ack?: 'queued' | 'visible';
          /** The version of the delete, where the table has the option version, and only there. */
          readonly version?: string;
        };
        header?: never;
        path: {
          readonly database_id: string;
          /** Name of the table. */
          readonly table: string;
          /** The row's _id, percent-encoded. */
          readonly row_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Receipt };
        };
        202: {
          content: { 'application/json': Receipt };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks': {
    /**
     * Create a sink onto a table's columns. ACTIVE takes records. CREATING waits for the table, and FAILED has the
     * cause: poll GET. A name that is taken in the database is a 409. What the items name must be columns of the table.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': CreateSink } };
      responses: {
        201: {
          content: { 'application/json': Sink };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List all sinks */
    get: {
      parameters: {
        query?: {
          /** Resources of one page. Without it and without `after`, the list is whole. */
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
          /** Those of this name; with * at its end, those whose name begins so. */
          readonly name?: string;
          /** Those in it. */
          readonly status?: SinkStatus;
          /** The order; - is the other way round. A page's `next` is for the same order and filter. */
          readonly sort?: 'created_at' | '-created_at' | 'name' | '-name';
        };
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Sink[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}': {
    /** Read a sink */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Sink };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Delete a sink; what it took becomes visible first. From now on it takes no records: DELETING until what it took
     * is visible, then 404. DELETE once more is harmless meanwhile.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': Sink };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Send records. 200 also where some records, or all of them, were refused: look at error_count and at each status.
     * What has success is durable and becomes visible within seconds. Who gets no answer, or a 5xx, sends the same
     * again: by key it makes the same rows, and with an Idempotency-Key it is the same request.
     */
    post: {
      parameters: {
        query?: {
          /**
           * visible: answers once queries see the records, or after 25 s at the latest; X-Headgate-Receipt-State says
           * which.
           */
          readonly ack?: 'queued' | 'visible';
        };
        header?: {
          /**
           * Makes the request happen once for 35 days, however often it is sent to this sink: the same body under the
           * same key has the same answer and receipt. Another body is a 422. While the first is under way, a second
           * waits up to 25 s, then gets a 409 with Retry-After. A request that is refused whole binds no key.
           */
          readonly 'Idempotency-Key'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      requestBody: { content: { 'application/json': Records } };
      responses: {
        200: {
          content: { 'application/json': RecordsAnswer };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/errors': {
    /**
     * Read the log of errors of a sink, newest first. One entry for each cause of each request: refused records,
     * requests that were discarded whole, batches that could not be written. Entries are there once the request has
     * been written, as long as its records are in quarantine.
     */
    get: {
      parameters: {
        query?: {
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: SinkError[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/metrics': {
    /**
     * Read what a sink took in, by the minute. Counted from the requests that were written or could not be: what was
     * accepted a moment ago follows within seconds. Each request counts once, however often it is delivered, in the
     * minute in which it was accepted; a request of no good record counts too. Not counted are requests that got no
     * receipt (400, 401, 409, 413, 429, 503, and those over a quota), requests without records, and replays.
     */
    get: {
      parameters: {
        query?: {
          /** The first minute; an hour before to, unless given. */
          readonly from?: string;
          /** Minutes that begin before it; now, unless given. At most 24 hours after from. */
          readonly to?: string;
          /** What one entry stands for. With hour, the first and last hours are whole ones. */
          readonly resolution?: 'minute' | 'hour';
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': SinkMetrics };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/quota': {
    /** Read the quota of a sink */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Quota };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Set the quota of a sink; for administrators, and from the next request on. Replaces the quota that stands, and
     * begins full: a rate that is left out is not bounded. The tenant's quota bounds it too.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      requestBody: { content: { 'application/json': SetQuota } };
      responses: {
        200: {
          content: { 'application/json': Quota };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Take the quota of a sink away; for administrators. The answer is the quota as it is then: all null. Again is
     * harmless.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Quota };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/audit': {
    /**
     * List what was changed, and by whom, newest first; for administrators. Whoever changes something leaves an entry,
     * and so does a request that was refused for want of rights, DROP TABLE, and whoever signs in or tries to. Records
     * and queries leave none: receipts tell of records. Entries hold names and ids, never bodies, and go after 365
     * days.
     */
    get: {
      parameters: {
        query?: {
          /** E-mail address or id of a user, or the id of a key or token. */
          readonly actor?: string;
          /** An operationId of this document. */
          readonly operation?: string;
          /** Begun then or later. */
          readonly from?: string;
          /** Begun before. */
          readonly to?: string;
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
        };
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: AuditEntry[];
            readonly next?: string;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/schema': {
    /**
     * Change the schema of a sink. Makes the next mapping revision. Records accepted before are written as they were
     * accepted; a replay brings them under the new revision. Until they are written the sink is RESTARTING, and takes
     * records under the new one.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly sink_id: string;
        };
      };
      requestBody: { content: { 'application/json': SinkSchema } };
      responses: {
        200: {
          content: { 'application/json': Sink };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/quarantine': {
    /** List the records of a sink that were refused or could not be written, newest first */
    get: {
      parameters: {
        query?: {
          readonly reason?: string;
          readonly receipt_id?: string;
          /** JSON pointer within the record. */
          readonly pointer?: string;
          readonly mapping_revision?: number;
          readonly accepted_from?: string;
          /** Exclusive. */
          readonly accepted_to?: string;
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Quarantined[];
            readonly next?: string;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/quarantine/{entry_id}': {
    /** Read a record in quarantine */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
          readonly entry_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Quarantined };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Mend a record in quarantine; a replay accepts it as a new one */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
          readonly entry_id: string;
        };
      };
      requestBody: { content: { 'application/json': EditQuarantined } };
      responses: {
        200: {
          content: { 'application/json': Quarantined };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Take a record out of quarantine for good. The answer shows the record for the last time. Its receipt keeps its
     * counts.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
          readonly entry_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Quarantined };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/archive': {
    /** List the archived requests of a sink, oldest first */
    get: {
      parameters: {
        query?: {
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Archived[];
            readonly next?: string;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/archive/{entry_id}': {
    /** Read the body of a request as it was sent */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
          readonly entry_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': unknown };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/replays': {
    /** List the replays of a sink's records, newest first */
    get: {
      parameters: {
        query?: {
          readonly limit?: number;
          /** `next` of the page before. */
          readonly after?: string;
        };
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Replay[];
            readonly next?: NextPage;
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Send stored records through a sink once more. Records keep the places in the order that they were accepted with,
     * so that what was written since stays. Under a newer mapping revision of their own sink, what older ones made of
     * them is taken back. Records that somebody mended are accepted as new ones. 202: the replay goes on; read it to
     * see how far it is.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
        };
      };
      requestBody: { content: { 'application/json': CreateReplay } };
      responses: {
        200: {
          content: { 'application/json': (Replay | ReplayTrial) };
        };
        202: {
          content: { 'application/json': Replay };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/sinks/{sink_id}/replays/{replay_id}': {
    /** Read how far a replay is */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
          readonly replay_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Replay };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * End a replay; what was sent is written. What was sent stays sent. One that has ended already is answered as it
     * is.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly sink_id: string;
          readonly replay_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Replay };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/.well-known/jwks.json': {
    /** The public keys that tokens of ours are checked with */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Jwks };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v1/invites': {
    /** Invite somebody; as in /v2 */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': Invite } };
      responses: {
        201: {
          content: { 'application/json': NewInvite };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/invites': {
    /**
     * Invite somebody, who sets a password with the token within seven days. The token is shown this once; no mail is
     * sent. Somebody who is invited already gets another token in place of the first, and who has left is invited
     * again.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': Invite } };
      responses: {
        201: {
          content: { 'application/json': NewInvite };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** List those who are invited and have not come */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: InviteShown[];
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/invites/accept': {
    /**
     * Set a password with the token of an invite or of a password reset. The token opens this call once, and an invite
     * makes its user Active. A password that is too weak is a 400, after which the token is still good. After too many
     * failures 429.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': AcceptInvite } };
      responses: {
        200: {
          content: { 'application/json': User };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/invites/{user_id}': {
    /** Take an invite back; the user is gone and the address free */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': InviteShown };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users': {
    /** List the users of the tenant; for administrators */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: User[];
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/current': {
    /** Who asks, and what they may */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': CurrentUser };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/{user_id}': {
    /** Read a user; oneself, or as an administrator anybody */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': User };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Change role or status of a user; for administrators. It holds from the next request on. The last active
     * administrator stays one.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      requestBody: { content: { 'application/json': PutUser } };
      responses: {
        200: {
          content: { 'application/json': User };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Let a user go; oneself, or as an administrator anybody. Password, sessions and keys end. An invite brings them
     * back, without the keys.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': User };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/{user_id}/password': {
    /**
     * Change one's own password; all tokens end. For the user alone. A wrong current_password changes nothing and
     * counts as a failed sign-in.
     */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      requestBody: { content: { 'application/json': PutPassword } };
      responses: {
        200: {
          content: { 'application/json': User };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/{user_id}/password-reset': {
    /** Let a user set a password within a day; for administrators */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      responses: {
        201: {
          content: { 'application/json': NewInvite };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/{user_id}/sign-out': {
    /**
     * End all sessions of a user; keys stay. Oneself, or as an administrator anybody. Who is signed out signs in again
     * with the password.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': User };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/{user_id}/keys': {
    /** List the API keys of a user */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Key[];
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Make an API key of a user. The secret is shown this once. Nobody gives a key more than they may themselves. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
        };
      };
      requestBody: { content: { 'application/json': CreateKey } };
      responses: {
        201: {
          content: { 'application/json': NewKey };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/users/{user_id}/keys/{key_id}': {
    /** Read a key */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
          readonly key_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Key };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Give a key another description */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
          readonly key_id: string;
        };
      };
      requestBody: { content: { 'application/json': PutKey } };
      responses: {
        200: {
          content: { 'application/json': Key };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Revoke a key, from the next request on */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          /** `current` is whoever asks. */
          readonly user_id: string;
          readonly key_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Key };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/tokens': {
    /** List the tokens of the tenant; for administrators */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': {
            readonly resources: Key[];
          } };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Make a token of the tenant, which outlives whoever makes it; for administrators. The secret is shown this once. A
     * token never administers, and has no account.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: { content: { 'application/json': CreateKey } };
      responses: {
        201: {
          content: { 'application/json': NewKey };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/tokens/{token_id}': {
    /** Read a token */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path: {
          readonly token_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Key };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Give a token another description */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly token_id: string;
        };
      };
      requestBody: { content: { 'application/json': PutKey } };
      responses: {
        200: {
          content: { 'application/json': Key };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /** Revoke a token, from the next request on */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path: {
          readonly token_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Key };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/quota': {
    /** Read the tenant's quota, which all its sinks share */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The answer is 304 without a body while the ETag is one of these. */
          readonly 'If-None-Match'?: string;
        };
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Quota };
        };
        304: {
          content: never;
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Set the tenant's quota; for administrators, and within 5 s. Replaces the quota that stands, and begins full: a
     * rate that is left out is not bounded.
     */
    put: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path?: never;
      };
      requestBody: { content: { 'application/json': SetQuota } };
      responses: {
        200: {
          content: { 'application/json': Quota };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
    /**
     * Take the tenant's quota away; for administrators. The answer is the quota as it is then: all null. Again is
     * harmless.
     */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /**
           * Does it only to one of these ETags (or *, to whatever is there); else the answer is 412 PreconditionFailed.
           */
          readonly 'If-Match'?: string;
        };
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Quota };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/service-properties/database:shapes': {
    /**
     * The shapes that a database may have. Sizes of the original's machines. A shape is checked and shown as it was
     * sent; it has no other effect.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Shapes };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/limits': {
    /** The limits that a client can meet and nobody can change */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      responses: {
        200: {
          content: { 'application/json': Limits };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/receipts/{receipt_id}': {
    /**
     * Read what became of a records call. queued until the records are written, then visible, or failed with the cause.
     * Kept for 90 days. The counts of written, superseded and quarantined are there once it is visible.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** X-Headgate-Receipt of a records call. */
          readonly receipt_id: string;
        };
      };
      responses: {
        200: {
          content: { 'application/json': Receipt };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
  '/v2/receipts/{receipt_id}/redrive': {
    /**
     * Queue a batch again that could not be written. It takes its old place in the order. The receipt is failed until
     * it is visible.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          readonly receipt_id: string;
        };
      };
      responses: {
        202: {
          content: { 'application/json': Receipt };
        };
        '4XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
        '5XX': {
          content: { 'application/json': Problem; 'application/problem+json': Problem };
        };
      };
    };
  };
}
