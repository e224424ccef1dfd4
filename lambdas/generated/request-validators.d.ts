// Generated from schemas/*.schema.json by `npm run generate`.
import type { SignInBody, V1CreateDeploymentBody, V1CreateTableBody, V1CreateSinkBody, V1PutDeploymentBody, V2CreateDatabaseBody, V2CreateTableBody, V2PutDatabaseBody, V2PutTableBody, V2CreateColumnBody, V2CreateSinkBody, V2QuotaBody, V1SinkSchemaBody, V2SinkSchemaBody, V2EditQuarantinedBody, V2ReplayBody, V2AcceptInviteBody, V2InviteBody, V2UserBody, V2PasswordBody, V2CreateKeyBody, V2KeyBody, QueryBody } from './request-bodies.ts';

/** What is wrong with a body, in ajv's form. */
export interface SchemaError {
  /** JSON pointer of the place. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Says whether data is of the schema; `errors` is about the last call. */
export interface Validator<T> {
  (data: unknown): data is T;
  readonly errors?: readonly SchemaError[] | null;
}

export declare const isSignInBody: Validator<SignInBody>;
export declare const isV1CreateDeploymentBody: Validator<V1CreateDeploymentBody>;
export declare const isV1CreateTableBody: Validator<V1CreateTableBody>;
export declare const isV1CreateSinkBody: Validator<V1CreateSinkBody>;
export declare const isV1PutDeploymentBody: Validator<V1PutDeploymentBody>;
export declare const isV2CreateDatabaseBody: Validator<V2CreateDatabaseBody>;
export declare const isV2CreateTableBody: Validator<V2CreateTableBody>;
export declare const isV2PutDatabaseBody: Validator<V2PutDatabaseBody>;
export declare const isV2PutTableBody: Validator<V2PutTableBody>;
export declare const isV2CreateColumnBody: Validator<V2CreateColumnBody>;
export declare const isV2CreateSinkBody: Validator<V2CreateSinkBody>;
export declare const isV2QuotaBody: Validator<V2QuotaBody>;
export declare const isV1SinkSchemaBody: Validator<V1SinkSchemaBody>;
export declare const isV2SinkSchemaBody: Validator<V2SinkSchemaBody>;
export declare const isV2EditQuarantinedBody: Validator<V2EditQuarantinedBody>;
export declare const isV2ReplayBody: Validator<V2ReplayBody>;
export declare const isV2AcceptInviteBody: Validator<V2AcceptInviteBody>;
export declare const isV2InviteBody: Validator<V2InviteBody>;
export declare const isV2UserBody: Validator<V2UserBody>;
export declare const isV2PasswordBody: Validator<V2PasswordBody>;
export declare const isV2CreateKeyBody: Validator<V2CreateKeyBody>;
export declare const isV2KeyBody: Validator<V2KeyBody>;
export declare const isQueryBody: Validator<QueryBody>;
