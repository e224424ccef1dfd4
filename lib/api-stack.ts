import { type App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { ControlEnv } from '../lambdas/handlers/control/env.ts';
import type { IngestEnv } from '../lambdas/handlers/ingest/env.ts';
import type { QueryEnv } from '../lambdas/handlers/query/env.ts';
import type { SetupEnv } from '../lambdas/handlers/setup/env.ts';
import { type CodeOf, makeFunction } from './constructs/headgate-function.ts';
import { type HttpApiParts, makeHttpApi } from './constructs/http-api.ts';
import { type DataPlaces, targetArns } from './places.ts';
import { stackProps } from './stack-props.ts';
import type { Stage } from './stages.ts';

/** What the API stack is made from. */
export interface ApiOptions extends Pick<HttpApiParts, 'corsOrigins' | 'makeLogRole'> {
  readonly data: DataPlaces;
  readonly codeOf: CodeOf;
}

/** What clients and operators reach: the REST API with its three functions, and the function that sets a stage up. */
export function makeApiStack(app: App, stage: Stage, options: ApiOptions): Stack {
  const { data, codeOf } = options;
  const stack = new Stack(app, 'Api', stackProps(stage, 'api', 'REST API, control, ingest, query, setup'));
  const parts = { stage, codeOf, arns: targetArns(stack, data) };
  const stores = { HEADGATE_CATALOG_TABLE: data.catalogTableName, HEADGATE_BUCKET: data.bucketName };
  const cors = { HEADGATE_CORS_ORIGINS: options.corsOrigins.join(',') || 'none' };
  const rows = { HEADGATE_ROW_TABLE_PREFIX: data.rowTablePrefix };
  const issuer = {
    HEADGATE_OIDC_ISSUER: stage.signIn?.issuer ?? 'none',
    HEADGATE_OIDC_AUDIENCE: stage.signIn?.audiences.join(',') || 'none',
    HEADGATE_OIDC_CLIENT_ID: stage.signIn?.clientIds?.join(',') || 'none',
  };

  const controlEnv: ControlEnv = {
    ...stores,
    ...rows,
    ...cors,
    ...issuer,
    HEADGATE_PASSWORD_SIGN_IN: stage.signIn?.passwords ?? 'on',
    HEADGATE_ROW_RECOVERY: stage.rowRecovery,
    HEADGATE_SIGNING_SECRET: data.signingSecretArn,
  };
  const ingestEnv: IngestEnv = { ...stores, ...cors, ...issuer, HEADGATE_QUEUE_URL: data.queueUrl };
  const queryEnv: QueryEnv = { ...stores, ...rows, ...cors, ...issuer };
  const setupEnv: SetupEnv = stores;
  const functions = {
    control: makeFunction(stack, 'control', { ...parts, environment: controlEnv }),
    ingest: makeFunction(stack, 'ingest', { ...parts, environment: ingestEnv }),
    query: makeFunction(stack, 'query', { ...parts, environment: queryEnv }),
  };
  const setup = makeFunction(stack, 'setup', { ...parts, environment: setupEnv });
  const api = makeHttpApi(stack, { stage, functions, ...options });

  new CfnOutput(stack, 'BaseUrl', { value: api.url });
  new CfnOutput(stack, 'ApiId', { value: api.restApiId });
  new CfnOutput(stack, 'ApiStage', { value: api.deploymentStage.stageName });
  new CfnOutput(stack, 'ControlFunctionName', { value: functions.control.functionName });
  new CfnOutput(stack, 'IngestFunctionName', { value: functions.ingest.functionName });
  new CfnOutput(stack, 'QueryFunctionName', { value: functions.query.functionName });
  new CfnOutput(stack, 'SetupFunctionName', { value: setup.functionName });
  return stack;
}
