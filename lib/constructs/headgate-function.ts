import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type FunctionName, functionTable, nativeAsset } from '../function-table.ts';
import { permissions } from '../permissions.ts';
import { conditionsOf, resourcesOf, type TargetArns } from '../places.ts';
import type { Stage } from '../stages.ts';

/** Where the code of an asset is: built by `bin/build-functions.ts`, or a stand-in. */
export type CodeOf = (asset: string) => Code;

/** What makes a function of the table one of a stage. */
export interface FunctionParts {
  readonly stage: Stage;
  readonly codeOf: CodeOf;
  readonly arns: TargetArns;
  /** The variables that the function's `env.ts` names. */
  readonly environment: Readonly<Record<string, string>>;
  readonly executionsMax?: number;
}

/**
 * One function with its log and a role that holds exactly its permissions. The log group is there before the function and
 * has Lambda's usual name, where everyone looks. It goes with the stack in every stage: one that stayed would hold the name,
 * and the stack could not be made again. Traces are off: no code here sends any. Source maps are not in the asset,
 * hence no NODE_OPTIONS.
 */
export function makeFunction(scope: Construct, name: FunctionName, parts: FunctionParts): LambdaFunction {
  const { stage, codeOf, environment, arns, executionsMax } = parts;
  const spec = functionTable[name];
  const place = new Construct(scope, pascalCase(name));
  const functionName = `headgate-${stage.name}-${name}`;
  const logGroup = new LogGroup(place, 'Log', {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new LambdaFunction(place, 'Function', {
    functionName,
    description: spec.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: spec.asset === nativeAsset ? Architecture.X86_64 : Architecture.ARM_64,
    code: codeOf(spec.asset),
    handler: `${name}.handler`,
    memorySize: spec.memoryMegabytes,
    timeout: Duration.seconds(spec.timeoutSeconds),
    ephemeralStorageSize: Size.mebibytes(spec.temporaryMegabytes),
    environment: { ...environment },
    role: makeRole(place, name, logGroup, arns),
    logGroup,
    ...(executionsMax !== undefined && { reservedConcurrentExecutions: executionsMax }),
  });
}

/** Permissions are in the role itself: it has them from its first second, and no event source comes too early. */
function makeRole(scope: Construct, name: FunctionName, logGroup: LogGroup, arns: TargetArns): Role {
  const log = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] };
  const granted = permissions[name].map((permission) => ({
    actions: [...permission.actions],
    resources: resourcesOf(permission, arns),
    conditions: conditionsOf(permission),
  }));
  const statements = [log, ...granted].map((one) => new PolicyStatement({ effect: Effect.ALLOW, ...one }));
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `What the function ${name} may do`,
    inlinePolicies: { permissions: new PolicyDocument({ statements }) },
  });
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
