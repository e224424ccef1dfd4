import { describe, expect, it } from '@jest/globals';
import { resourcesOf, type Stacks } from './templates.ts';

/** CloudFormation takes 500 resources a stack; the rest is room to grow. */
const resourcesMax = 400;
/** API Gateway takes 300 resources a REST API. */
const apiResourcesMax = 100;
/** IAM takes 10,240 characters of policies in a role, SQS and S3 take 20 KB and more. */
const policyCharactersMax = 10_240;
/** Lambda takes 20 KB of permissions a function; one statement takes some 400 bytes. */
const permissionsMax = 3;
/** CloudFormation takes 1 MB from S3. */
const templateBytesMax = 500_000;

/** Limits of AWS that a growing product runs into at the worst time: when it deploys. */
export function boundsSuite(variants: Readonly<Record<string, Stacks>>): void {
  const templates = Object.entries(variants).flatMap(([variant, stacks]) =>
    Object.entries(stacks).map(([stack, template]) => [`${variant} ${stack}`, template] as const),
  );

  describe.each(templates)('%s', (_name, template) => {
    it('stays far below the resources and the size of a stack', () => {
      expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(resourcesMax);
      expect(JSON.stringify(template).length).toBeLessThanOrEqual(templateBytesMax);
      expect(resourcesOf(template, 'AWS::ApiGateway::Resource').length).toBeLessThanOrEqual(apiResourcesMax);
    });

    it('has small policies', () => {
      for (const { Properties } of Object.values(template.Resources)) {
        const { Policies, PolicyDocument } = Properties;
        expect(JSON.stringify(Policies ?? PolicyDocument ?? '').length).toBeLessThanOrEqual(policyCharactersMax);
      }
      const permissions = Map.groupBy(resourcesOf(template, 'AWS::Lambda::Permission'), ({ resource }) =>
        JSON.stringify(resource.Properties['FunctionName']),
      );
      for (const of of permissions.values()) expect(of.length).toBeLessThanOrEqual(permissionsMax);
    });

    it('holds nothing that LocalStack passes over silently', () => {
      const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
      expect([...types].filter((type) => !supportedTypes.has(type))).toEqual([]);
    });

    it('tags all that takes tags, and itself', () => {
      const wanted = { product: 'headgate', stage: template.stackName.split('-')[1] };
      expect(template.tags).toEqual(wanted);
      for (const [id, { Properties, Type }] of Object.entries(template.Resources)) {
        if (untagged.has(Type)) continue;
        const tags = (Properties['Tags'] ?? []) as { Key: string; Value: string }[];
        expect({ id, tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) }).toEqual({
          id,
          tags: wanted,
        });
      }
    });
  });
}

/** Types without tags. */
const untagged = new Set([
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Types that LocalStack's last free release makes (its list of resource providers, 4.14) and that were seen there. */
const supportedTypes = new Set([
  ...untagged,
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);
