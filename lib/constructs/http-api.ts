import {
  AccessLogField,
  AccessLogFormat,
  type CfnMethod,
  type CfnRestApi,
  EndpointType,
  Integration,
  IntegrationType,
  type IResource,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type HandlerFunction, routes } from '../../lambdas/http/route-table.ts';
import { apiResources } from '../api-resources.ts';
import type { Stage } from '../stages.ts';
import { addGatewayAnswers } from './gateway-answers.ts';

/** What the REST API is made from. */
export interface HttpApiParts {
  readonly stage: Stage;
  readonly functions: Readonly<Record<HandlerFunction, LambdaFunction>>;
  /** Origins of web pages that may call the API. None: browsers refuse such calls. */
  readonly corsOrigins: readonly string[];
  /** API Gateway writes logs with one role for all APIs of an account and region. False: the account has one. */
  readonly makeLogRole: boolean;
}

/** Seconds for which browsers keep the answer to a preflight: the longest that Chromium allows. */
const preflightSeconds = 7_200;

/**
 * The REST API in front of the three HTTP functions. Every body reaches them as base64, which alone keeps gzip whole.
 * Nothing is cached. API Gateway's own log of requests with bodies and headers is off.
 */
export function makeHttpApi(scope: Construct, parts: HttpApiParts): RestApi {
  const { stage, functions } = parts;
  const place = new Construct(scope, 'Http');
  const accessLog = new LogGroup(place, 'AccessLog', {
    logGroupName: `/headgate/${stage.name}/api-access`,
    retention: stage.logRetention,
    // As those of the functions.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const api = new RestApi(place, 'Api', {
    restApiName: `headgate-${stage.name}`,
    description: `Headgate, stage ${stage.name}`,
    endpointTypes: [EndpointType.REGIONAL],
    binaryMediaTypes: ['*/*'],
    cloudWatchRole: parts.makeLogRole,
    // Another API of the account may write its logs with it.
    ...(parts.makeLogRole && { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }),
    deployOptions: {
      stageName: stage.name,
      throttlingRateLimit: stage.requestsPerSecond,
      throttlingBurstLimit: stage.requestBurst,
      loggingLevel: MethodLoggingLevel.OFF,
      dataTraceEnabled: false,
      metricsEnabled: false,
      tracingEnabled: false,
      cachingEnabled: false,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: accessLogFormat(),
    },
  });
  // CDK's own construct has no property for it. Without one, a regional API takes TLS 1.0 too.
  (api.node.defaultChild as CfnRestApi).securityPolicy = SecurityPolicy.TLS_1_2;
  // Its own output, beside ours.
  api.node.tryRemoveChild('Endpoint');
  addMethods(api, parts);
  addGatewayAnswers(api, parts.corsOrigins);
  for (const [name, target] of Object.entries(functions)) allowCalls(place, api, name, target);
  return api;
}

/**
 * One line of JSON a request. The path is logged as its resource's pattern: a path as sent may hold a row's key, and a
 * query string or header a credential.
 */
function accessLogFormat(): AccessLogFormat {
  const fields = {
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTimeEpoch(),
    ip: AccessLogField.contextIdentitySourceIp(),
    method: AccessLogField.contextHttpMethod(),
    resource: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    bytes: AccessLogField.contextResponseLength(),
    ms: AccessLogField.contextResponseLatency(),
    functionMs: AccessLogField.contextIntegrationLatency(),
    fault: AccessLogField.contextErrorResponseType(),
  };
  return AccessLogFormat.custom(JSON.stringify(fields));
}

function addMethods(api: RestApi, { functions, corsOrigins }: HttpApiParts): void {
  const made = new Map<string, IResource>([['', api.root]]);
  for (const { segments, methods } of apiResources(routes)) {
    const path = segments.join('/');
    const resource = made.get(path) ?? made.get(segments.slice(0, -1).join('/'))!.addResource(segments.at(-1)!);
    made.set(path, resource);
    for (const [verb, to] of Object.entries(methods)) resource.addMethod(verb, call(api, functions[to]));
    if (corsOrigins.length > 0) addPreflight(resource, corsOrigins);
  }
}

/**
 * Answers browsers' preflight requests at the gateway. The answers to the calls themselves come from the functions, which
 * name the origin too (`lambdas/http/cors.ts`). Where every body is binary, the gateway can only answer by itself if it is
 * told to read one as text; without that a preflight fails with 500.
 */
function addPreflight(resource: IResource, origins: readonly string[]): void {
  const method = resource.addCorsPreflight({
    allowOrigins: [...origins],
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: [
      'authorization',
      'content-type',
      'content-encoding',
      'idempotency-key',
      'if-match',
      'if-none-match',
      'x-api-key',
      'x-headgate-request-id',
      'x-headgate-sql',
    ],
    maxAge: Duration.seconds(preflightSeconds),
  });
  (method.node.defaultChild as CfnMethod).addPropertyOverride('Integration.ContentHandling', 'CONVERT_TO_TEXT');
}

/** CDK's own integration adds a permission for each method; a function's policy holds 20 KB. See `allowCalls`. */
function call(api: RestApi, target: LambdaFunction): Integration {
  const { partition, region } = Stack.of(api);
  return new Integration({
    type: IntegrationType.AWS_PROXY,
    integrationHttpMethod: 'POST',
    uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${target.functionArn}/invocations`,
  });
}

/** Lets the API call a function for every method and path of its one stage. */
function allowCalls(scope: Construct, api: RestApi, name: string, target: LambdaFunction): void {
  new CfnPermission(scope, `Calls-${name}`, {
    action: 'lambda:InvokeFunction',
    functionName: target.functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: api.arnForExecuteApi('*', '/*', api.deploymentStage.stageName),
  });
}
