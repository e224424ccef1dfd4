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
       * id, ids, string, strings, int, decimal, bool, timestamp or recordTime (case-sensitive).
       */
      type: string;
      /**
       * Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, Epoch, Layout; keys in any case.
       */
      config?: {} | null;
    }[];
  };
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
     * Must map _id, and _timeQuantum where a column keeps time views. Other properties of an item are ignored.
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

export interface QueryBody {
  language: "sql" | "pql";
  /**
   * PQL begins with its table: [iris_table]Count(All()).
   */
  statement: string;
}
