// Generated from schemas/*.schema.json by `npm run generate`.

/**
 * E-mail address and password, bare as FeatureBase's quick start sends them, or in Cognito's InitiateAuth envelope.
 */
export interface SignInBody {
  /**
   * E-mail address.
   */
  USERNAME?: string;
  PASSWORD?: string;
  /**
   * Without it, a refresh when REFRESH_TOKEN is there, else a sign-in.
   */
  AuthFlow?: "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN";
  AuthParameters?: {
    USERNAME?: string;
    PASSWORD?: string;
    REFRESH_TOKEN?: string;
  };
}

export interface V1CreateDeploymentBody {
  /**
   * a-z, then a-z, 0-9, - and _; at most 300 characters.
   */
  name: string;
  deployment_options?: {
    /**
     * Echoed; there are no machines to size.
     */
    shape?: string | null;
  } | null;
}

/**
 * A table without columns: its sinks bring them, and its first sink decides how rows are named.
 */
export interface V1CreateTableBody {
  /**
   * a-z, then a-z, 0-9, - and _; at most 230 characters.
   */
  name: string;
  description?: string | null;
}

/**
 * A sink that carries types: columns that the table lacks are added to it.
 */
export interface V1CreateSinkBody {
  /**
   * a-z, 0-9, - and _; unique within the deployment.
   */
  name: string;
  /**
   * deployment_id and database_id are two names of one thing; one of them is needed.
   */
  sink_details: {
    deployment_id?: string | null;
    database_id?: string | null;
    table: string;
  };
  /**
   * Exactly one of id_field and primary_key_fields.
   */
  schema: {
    type?: "json" | null;
    /**
     * Item of type id or int whose value names the row.
     */
    id_field?: string | null;
    /**
     * Items whose values, joined by |, name the row.
     */
    primary_key_fields?: string[] | null;
    /**
     * False: a record without a mapped field discards the whole request.
     */
    allow_missing_fields: boolean;
    /**
     * True: where a mapped field must not be missing, only the records without it are rejected.
     */
    partial_acceptance?: boolean;
    /**
     * Onto a table that has the option version (made by /v2), an item named _version must map it, of any type; else 409.
     */
    definition: {
      /**
       * Name of the column.
       */
      name: string;
      /**
       * Object keys from the record's root; the name alone if left out.
       */
      path?: string[] | null;
      /**
       * id, ids, string, strings, int, decimal, bool, timestamp, dateInt, signedIntBoolKey or recordTime (case-sensitive).
       */
      type: string;
      /**
       * Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, CustomUnit, Epoch, Layout; keys in any case.
       */
      config?: {} | null;
    }[];
  };
}

export interface V1PutDeploymentBody {
  /**
   * a-z, then a-z, 0-9, - and _; at most 300 characters. Left out: stays as it is.
   */
  name?: string;
  deployment_options?: {
    /**
     * Echoed; there are no machines to size.
     */
    shape?: string | null;
  } | null;
}

export interface V2CreateDatabaseBody {
  /**
   * a-z, then a-z, 0-9, - and _; at most 300 characters.
   */
  name: string;
  database_options?: {
    /**
     * Echoed; there are no machines to size.
     */
    shape?: string | null;
    /**
     * What SQL means where the two differ; featurebase if left out.
     */
    sql_dialect?: "featurebase" | "duckdb" | null;
  } | null;
}

export interface V2CreateTableBody {
  /**
   * a-z, then a-z, 0-9, - and _; at most 230 characters.
   */
  name: string;
  description?: string | null;
  options?: {
    /**
     * True: rows are named by text. False (if left out): by whole numbers.
     */
    keys?: boolean | null;
    /**
     * True if left out.
     */
    trackExistence?: boolean | null;
    /**
     * Producers have a clock of their own: every sink maps _version, and a record takes its place in the order by it; the order of acceptance only breaks ties. number: a whole number of 64 bits. time: RFC 3339 to nanoseconds, or whole milliseconds since 1970. Fixed at creation; if left out, the order is that of acceptance.
     */
    version?: "number" | "time" | null;
  } | null;
  columns?:
    | {
        name: string;
        /**
         * ID, IDSET, IDSETQ, INT, DECIMAL(2), TIMESTAMP, STRING, STRINGSET, STRINGSETQ or BOOL, in any case.
         */
        type?: string;
        /**
         * min, max, scale, timeUnit, epoch, timeQuantum, ttl; or the form of the column call, with its type.
         */
        options?: {} | null;
      }[]
    | null;
}

export interface V2PutDatabaseBody {
  /**
   * a-z, then a-z, 0-9, - and _; at most 300 characters. Left out: stays as it is.
   */
  name?: string;
  database_options?: {
    /**
     * Echoed; there are no machines to size.
     */
    shape?: string | null;
    /**
     * What SQL means where the two differ.
     */
    sql_dialect?: "featurebase" | "duckdb" | null;
  } | null;
}

export interface V2PutTableBody {
  /**
   * Left out: stays as it is.
   */
  description?: string | null;
}

export interface V2CreateColumnBody {
  /**
   * Name of an SQL type, where options has no type of its own.
   */
  type?: string | null;
  /**
   * type is int, decimal, timestamp, bool, mutex, set or time (with keys: text), or the name of an SQL type.
   */
  options?: {} | null;
}

/**
 * A sink that maps paths of records to columns of a table; the types are the table's.
 */
export interface V2CreateSinkBody {
  /**
   * a-z, then a-z, 0-9, - and _; unique within the database.
   */
  name: string;
  sink_details: {
    database_id: string;
    table: string;
  };
  /**
   * Exactly one of id_field ("_id") and primary_key_fields (["_id"]).
   */
  schema: {
    type?: "json" | null;
    id_field?: string | null;
    primary_key_fields?: string[] | null;
    /**
     * False: a record without a mapped field discards the whole request.
     */
    allow_missing_fields: boolean;
    /**
     * True: where a mapped field must not be missing, only the records without it are rejected.
     */
    partial_acceptance?: boolean;
    /**
     * Must map _id, and _timeQuantum where a column keeps time views; _version where the table has the option version, and only there (else 409). Other properties of an item are ignored.
     */
    definition: {
      /**
       * Name of the column.
       */
      name: string;
      /**
       * Object keys from the record's root; the name alone if left out.
       */
      path?: string[] | null;
    }[];
  };
}

/**
 * At least one of the rates; null is as if it were left out.
 */
export interface V2QuotaBody {
  records_per_second?: number | null;
  /**
   * Of bodies, after gzip.
   */
  bytes_per_second?: number | null;
  requests_per_second?: number | null;
  /**
   * So many seconds' worth may pass at once. A request larger than that passes alone, when nothing passed for so long.
   */
  burst_seconds?: number | null;
  /**
   * In answers; ignored in requests.
   */
  set_at?: string | null;
  /**
   * In answers; ignored in requests.
   */
  set_by?: string | null;
}

/**
 * The schema of a sink with types, which replaces the one it has. Exactly one of id_field and primary_key_fields; columns that the table lacks are added to it.
 */
export interface V1SinkSchemaBody {
  type?: "json" | null;
  /**
   * Item of type id or int whose value names the row.
   */
  id_field?: string | null;
  /**
   * Items whose values, joined by |, name the row.
   */
  primary_key_fields?: string[] | null;
  /**
   * False: a record without a mapped field discards the whole request.
   */
  allow_missing_fields: boolean;
  /**
   * True: where a mapped field must not be missing, only the records without it are rejected.
   */
  partial_acceptance?: boolean;
  /**
   * Onto a table that has the option version (made by /v2), an item named _version must map it, of any type; else 409.
   */
  definition: {
    /**
     * Name of the column.
     */
    name: string;
    /**
     * Object keys from the record's root; the name alone if left out.
     */
    path?: string[] | null;
    /**
     * id, ids, string, strings, int, decimal, bool, timestamp, dateInt, signedIntBoolKey or recordTime (case-sensitive).
     */
    type: string;
    /**
     * Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, CustomUnit, Epoch, Layout; keys in any case.
     */
    config?: {} | null;
  }[];
}

/**
 * The schema of a sink, which replaces the one it has.
 */
export interface V2SinkSchemaBody {
  type?: "json" | null;
  id_field?: string | null;
  primary_key_fields?: string[] | null;
  /**
   * False: a record without a mapped field discards the whole request.
   */
  allow_missing_fields: boolean;
  /**
   * True: where a mapped field must not be missing, only the records without it are rejected.
   */
  partial_acceptance?: boolean;
  /**
   * Must map _id, and _timeQuantum where a column keeps time views; _version where the table has the option version, and only there (else 409). Other properties of an item are ignored.
   */
  definition: {
    /**
     * Name of the column.
     */
    name: string;
    /**
     * Object keys from the record's root; the name alone if left out.
     */
    path?: string[] | null;
  }[];
}

/**
 * The record as it should have come; null goes back to what came.
 */
export interface V2EditQuarantinedBody {
  /**
   * As in a request: {"value": {...}}.
   */
  record: {} | null;
}

/**
 * Which stored records are to go through a sink once more. Records are chosen to which all that is given applies.
 */
export interface V2ReplayBody {
  /**
   * archive: whole requests that were accepted. quarantine: records that were refused or could not be written.
   */
  from: "archive" | "quarantine";
  /**
   * Entries of the archive or the quarantine, by id.
   *
   * @minItems 1
   * @maxItems 1000
   */
  ids?: [string, ...string[]];
  /**
   * Of quarantined records.
   */
  reason?: string;
  receipt_id?: string;
  /**
   * RFC 3339, inclusive.
   */
  accepted_from?: string;
  /**
   * RFC 3339, exclusive.
   */
  accepted_to?: string;
  /**
   * The sink that takes the records: this one, if left out.
   */
  into?: string;
  /**
   * True: nothing is sent; the answer says what would be accepted and what refused.
   */
  dry_run?: boolean;
}

/**
 * The secret of an invite or of a password reset, and the password to be set.
 */
export interface V2AcceptInviteBody {
  token: string;
  /**
   * 12 characters at least and 256 at most, none of the common ones.
   */
  password: string;
}

/**
 * Who is invited.
 */
export interface V2InviteBody {
  email: string;
  /**
   * User, if left out.
   */
  role?: "Administrator" | "User";
}

/**
 * A user as GET shows it: role and status can be changed, all else must be as it is, or left out.
 */
export interface V2UserBody {
  role?: "Administrator" | "User";
  /**
   * Active or Deactivated; another one only if it is what it was.
   */
  status?: "Active" | "Deactivated" | "Open" | "Left";
}

/**
 * The old password and the new one.
 */
export interface V2PasswordBody {
  current_password: string;
  /**
   * 12 characters at least and 256 at most, none of the common ones.
   */
  new_password: string;
}

/**
 * An API key of a user, or a token of the tenant.
 */
export interface V2CreateKeyBody {
  /**
   * What uses it, for people: 1 to 200 characters.
   */
  description: string;
  /**
   * What the key is good for, within what its user may do.
   */
  scope?: {
    /**
     * All but account and administer, if left out.
     *
     * @minItems 1
     * @maxItems 7
     */
    verbs?:
      | ["ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"]
      | [
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"
        ]
      | [
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"
        ]
      | [
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"
        ]
      | [
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"
        ]
      | [
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"
        ]
      | [
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer",
          "ingest" | "read" | "query" | "replay" | "manage" | "account" | "administer"
        ];
    /**
     * Ids: only these sinks, and nothing that is not of a sink. All, if left out.
     *
     * @minItems 1
     * @maxItems 100
     */
    sinks?: [string, ...string[]] | null;
  };
  /**
   * RFC 3339, to come, at most 3,660 days ahead. No end, if left out.
   */
  expires_at?: string | null;
}

/**
 * A key as GET shows it: its description can be changed, all else must be as it is, or left out.
 */
export interface V2KeyBody {
  /**
   * 1 to 200 characters.
   */
  description: string;
}

export interface QueryBody {
  language: "sql" | "pql";
  /**
   * PQL begins with its table: [iris_table]Count(All()).
   */
  statement: string;
}
