import { describe, expect, it } from '@jest/globals';
import { apiTimeoutMs, querySecondsMax } from '../../lambdas/domain/limits.ts';
import { compactEnvNames } from '../../lambdas/handlers/compact/env.ts';
import { consumeEnvNames } from '../../lambdas/handlers/consume/env.ts';
import { controlEnvNames } from '../../lambdas/handlers/control/env.ts';
import { deadLettersEnvNames } from '../../lambdas/handlers/dead-letters/env.ts';
import { ingestEnvNames } from '../../lambdas/handlers/ingest/env.ts';
import { queryEnvNames } from '../../lambdas/handlers/query/env.ts';
import { replayEnvNames } from '../../lambdas/handlers/replay/env.ts';
import { setupEnvNames } from '../../lambdas/handlers/setup/env.ts';
import { type FunctionName, functionNames } from '../../lib/function-table.ts';
import { permissions } from '../../lib/permissions.ts';
import { functionNamed, listOf, resourcesOf, type Stacks, type Statement, statementsOf, textOf } from './templates.ts';

const envNames: Readonly<Record<FunctionName, readonly string[]>> = {
  control: controlEnvNames,
  ingest: ingestEnvNames,
  query: queryEnvNames,
  consume: consumeEnvNames,
  'dead-letters': deadLettersEnvNames,
  compact: compactEnvNames,
  replay: replayEnvNames,
  setup: setupEnvNames,
};

const rowTables = 'arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/headgate-dev-rows-*';
/** Where replays, and readers of the archive, find bodies. */
const storedBodies = ['<Data.Arn>/archive/*', '<Data.Arn>/bodies/*', '<Data.Arn>/dead-letters/*'];
/** Resources beside its log and the catalog with its values that each function may touch. */
const touched: Readonly<Record<FunctionName, readonly string[]>> = {
  control: [rowTables, '<Data.Arn>/*/segments/*', ...storedBodies, '<SigningSecret>'],
  ingest: [...storedBodies, '<BatchesQueue.Arn>'],
  replay: [...storedBodies, '<BatchesQueue.Arn>'],
  query: [rowTables, '<Data.Arn>/*/segments/*'],
  consume: [
    rowTables,
    '<Data.Arn>/bodies/*',
    '<Data.Arn>/dead-letters/*',
    '<Data.Arn>/archive/*',
    '<Data.Arn>/*/segments/*',
    '<BatchesQueue.Arn>',
  ],
  'dead-letters': [
    '<Data.Arn>/bodies/*',
    '<Data.Arn>/dead-letters/*',
    '<Data.Arn>/unreadable-messages/*',
    '<BatchesDeadLetters.Arn>',
  ],
  compact: [rowTables, '<Data.Arn>/*/segments/*'],
  setup: [],
};
const everyone = ['<Catalog.Arn>', '<Data.Arn>', '<Data.Arn>/values/*', '<Data.Arn>/expiring-values/*'];

/** Seconds that the query function needs beside the engine: to load, to read the catalog, to plan, to send 6 MB. */
const answerSecondsMin = 4;

/** Statements on `*`, each with its reason. There is none, and a new one needs to be argued for here. */
const wildcards: readonly string[] = [];

/** Every function: its variables, its log, and that it may do nothing more than it needs. */
export function functionsSuite({ dev, prod }: Record<'dev' | 'prod', Stacks>): void {
  const properties = (name: string) => functionNamed(dev, name).resource.Properties;
  const roleOf = (name: string) => {
    const [id] = (properties(name)['Role'] as { 'Fn::GetAtt': [string] })['Fn::GetAtt'];
    return resourcesOf(dev, 'AWS::IAM::Role').find((role) => role.id === id)!.resource.Properties;
  };
  const statementsOfRole = (name: string): readonly Statement[] =>
    (roleOf(name)['Policies'] as { PolicyDocument: unknown }[]).flatMap(({ PolicyDocument }) =>
      statementsOf(PolicyDocument),
    );

  it('are those of the table, and no more', () => {
    const names = resourcesOf(dev, 'AWS::Lambda::Function').map(({ resource }) => resource.Properties['FunctionName']);
    expect(names.sort()).toEqual(functionNames.map((name) => `headgate-dev-${name}`).sort());
  });

  describe.each(functionNames.map((name) => [name]))('%s', (name) => {
    it('has exactly the variables that its env.ts names', () => {
      const { Variables } = properties(name)['Environment'] as { Variables: Record<string, unknown> };
      expect(Object.keys(Variables).sort()).toEqual([...envNames[name]].sort());
      for (const value of Object.values(Variables)) expect(textOf(dev, value)).not.toBe('');
    });

    it('runs on Node 24, and on arm64 unless it holds the native binding', () => {
      expect(properties(name)['Runtime']).toBe('nodejs24.x');
      expect(properties(name)['Handler']).toBe(`${name}.handler`);
      const isNative = ['query', 'consume', 'compact'].includes(name);
      expect(properties(name)['Architectures']).toEqual([isNative ? 'x86_64' : 'arm64']);
    });

    it('stays below the memory of a new account and writes to a log group of its own', () => {
      expect(properties(name)['MemorySize']).toBeLessThanOrEqual(3_008);
      const { LogGroup } = properties(name)['LoggingConfig'] as { LogGroup: { Ref: string } };
      const group = resourcesOf(dev, 'AWS::Logs::LogGroup').find(({ id }) => id === LogGroup.Ref)!;
      expect(group.resource.Properties['LogGroupName']).toBe(`/aws/lambda/headgate-dev-${name}`);
    });

    it('may touch what it needs and nothing else', () => {
      const own = new RegExp(`^<${name.replaceAll('-', '')}Log\\.Arn>$`, 'i');
      const resources = new Set(
        statementsOfRole(name)
          .flatMap(({ Resource }) => listOf(Resource))
          .map((resource) => textOf(dev, resource))
          .filter((resource) => !own.test(resource)),
      );
      expect([...resources].sort()).toEqual([...everyone, ...touched[name]].sort());
    });

    it('may write items of the partitions that its permissions name, and of no others', () => {
      const writing = statementsOfRole(name).filter(({ Action }) =>
        listOf(Action).some((one) => /^dynamodb:(?:BatchWrite|Put|Update|Delete)Item$/.test(one)),
      );
      const onCatalog = writing.filter(({ Resource }) => textOf(dev, Resource) === '<Catalog.Arn>');
      const partitions = permissions[name].find(({ actions }) =>
        actions.includes('dynamodb:BatchWriteItem'),
      )!.partitions;
      const condition = partitions && { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } };
      expect(onCatalog.map(({ Condition }) => Condition)).toEqual([condition]);
      expect(partitions === undefined).toBe(name === 'control');
    });

    it('is no role that anything but Lambda takes, with no managed policy', () => {
      expect(roleOf(name)['ManagedPolicyArns']).toBeUndefined();
      expect(statementsOf(roleOf(name)['AssumeRolePolicyDocument'])).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    });
  });

  it.each([
    ['reads and writes the signing secret', /^secretsmanager:/, ['control']],
    ['makes tables', /^dynamodb:CreateTable$/, ['control']],
    ['writes rows', /^dynamodb:PartiQL/, ['consume']],
    ['sends to a queue', /^sqs:SendMessage$/, ['ingest', 'replay']],
    ['receives from a queue', /^sqs:ReceiveMessage$/, ['consume', 'dead-letters']],
    ['deletes tables', /^dynamodb:DeleteTable$/, ['control', 'query', 'compact']],
  ])('which functions may do what: %s', (_what, action, expected) => {
    const may = functionNames.filter((name) =>
      statementsOfRole(name).some(({ Action }) => listOf(Action).some((one) => action.test(one))),
    );
    expect(may).toEqual(expected);
  });

  it('no statement of any policy allows something on everything', () => {
    const allowed = [dev, prod]
      .flatMap((stacks) => Object.values(stacks).flatMap(({ Resources }) => Object.entries(Resources)))
      .flatMap(([id, { Properties }]) =>
        policiesIn(Properties)
          .flatMap(statementsOf)
          .map((one) => ({ id, one })),
      )
      .filter(({ one }) => one.Effect === 'Allow')
      .filter(
        ({ one }) => listOf(one.Resource).includes('*') || listOf(one.Action).some((action) => /\*/.test(action)),
      );
    expect(allowed.map(({ id }) => id)).toEqual(wildcards);
  });

  it('a query that runs as long as it may is answered before its function ends', () => {
    expect(properties('query')['Timeout']).toBe(apiTimeoutMs / 1_000);
    expect(querySecondsMax + answerSecondsMin).toBeLessThanOrEqual(apiTimeoutMs / 1_000);
  });

  it('every log group goes with its stack, whose name for it is fixed', () => {
    for (const { resource } of resourcesOf(prod, 'AWS::Logs::LogGroup')) {
      expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
    }
  });

  it('every log group has a retention', () => {
    const retentions = (stacks: Stacks) =>
      resourcesOf(stacks, 'AWS::Logs::LogGroup').map(({ resource }) => resource.Properties['RetentionInDays']);
    expect(retentions(dev)).toEqual(Array(functionNames.length + 1).fill(14));
    expect(retentions(prod)).toEqual(Array(functionNames.length + 1).fill(90));
  });

  it('rows can be restored in prod only', () => {
    const recovery = (stacks: Stacks) =>
      (functionNamed(stacks, 'control').resource.Properties['Environment'] as { Variables: Record<string, unknown> })
        .Variables['HEADGATE_ROW_RECOVERY'];
    expect([recovery(dev), recovery(prod)]).toEqual(['off', 'on']);
  });
}

/** Policy documents anywhere in a resource, but not who may take a role. */
function policiesIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, of]) => {
    if (name === 'PolicyDocument') return [of];
    return name === 'AssumeRolePolicyDocument' ? [] : policiesIn(of);
  });
}
