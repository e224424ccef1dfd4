import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchReceivesMax, leaseMs } from '../../lambdas/domain/limits.ts';
import { functionNames } from '../../lib/function-table.ts';
import { outputNamed } from '../../localstack/utils/deploy-to-localstack.ts';
import { deployedStage } from '../support/deployed-place.ts';
import { type DeployedStores, openDeployedStores } from '../support/deployed-stores.ts';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** Stands for nothing: CDK's note of what made the template. */
const ignoredTypes = new Set(['AWS::CDK::Metadata']);

describe('what LocalStack made of the templates', () => {
  const formation = new CloudFormationClient();
  const lambda = new LambdaClient();
  let stores: DeployedStores;
  beforeAll(() => {
    stores = openDeployedStores();
  });
  afterAll(() => {
    formation.destroy();
    lambda.destroy();
    stores.close();
  });

  it.each(['storage', 'ingest', 'api'])(
    'is all of %s: a type that it does not support it skips without a word',
    async (part) => {
      const StackName = `headgate-${deployedStage}-${part}`;
      const { TemplateBody } = await formation.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
      const template = JSON.parse(TemplateBody!) as Template;
      const wanted = Object.entries(template.Resources).filter(([, { Type }]) => !ignoredTypes.has(Type));
      const { StackResources = [] } = await formation.send(new DescribeStackResourcesCommand({ StackName }));
      const made = new Map(StackResources.map((resource) => [resource.LogicalResourceId, resource]));
      const missing = wanted.filter(([id]) => !isMade(made.get(id)));
      expect(missing.map(([id, { Type }]) => `${id} (${Type})`)).toEqual([]);
      expect(wanted.length).toBeGreaterThan(2);
    },
  );

  it('gives the queue the constants that the writer counts on', async () => {
    const attributesOf = async (url: string) => {
      const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
      return (await stores.sqs.send(command)).Attributes!;
    };
    const [queue, letters] = await Promise.all([attributesOf(stores.queueUrl), attributesOf(stores.deadLetterUrl)]);
    expect(Number(queue['VisibilityTimeout'])).toBe(leaseMs / 1_000);
    expect(JSON.parse(queue['RedrivePolicy']!)).toEqual({
      deadLetterTargetArn: letters['QueueArn'],
      maxReceiveCount: batchReceivesMax,
    });
  });

  it('empties both queues into functions that may hand single messages back', async () => {
    for (const name of ['ConsumeFunctionName', 'DeadLettersFunctionName']) {
      const FunctionName = outputNamed(stores.outputs, name);
      const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
      expect(EventSourceMappings).toMatchObject([{ FunctionResponseTypes: ['ReportBatchItemFailures'] }]);
    }
  });

  it('runs every function on the Node of its template', async () => {
    const names = Object.values(stores.outputs).flatMap((values) =>
      Object.entries(values).flatMap(([name, value]) => (name.endsWith('FunctionName') ? [value] : [])),
    );
    expect(names).toHaveLength(functionNames.length);
    for (const FunctionName of names) {
      const { Runtime, State } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      expect([FunctionName, Runtime, State]).toEqual([FunctionName, 'nodejs24.x', 'Active']);
    }
  });
});

function isMade(resource: StackResource | undefined): boolean {
  const { PhysicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason } = resource ?? {};
  return id !== undefined && id !== 'unknown' && status === 'CREATE_COMPLETE' && !/not supported/.test(reason ?? '');
}
