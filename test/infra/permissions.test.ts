import { expect, it } from '@jest/globals';
import { permissions } from '../../lib/permissions.ts';
import { repositorySources } from '../support/repository-files.ts';

/** Actions that IAM asks for when the SDK sends a command. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  BatchExecuteStatement: ['dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
  BatchGetItem: ['dynamodb:BatchGetItem'],
  BatchWriteItem: ['dynamodb:BatchWriteItem'],
  CreateTable: ['dynamodb:CreateTable', 'dynamodb:TagResource'],
  DeleteObjects: ['s3:DeleteObject'],
  DeleteTable: ['dynamodb:DeleteTable'],
  DescribeTable: ['dynamodb:DescribeTable'],
  GetObject: ['s3:GetObject', 's3:ListBucket'],
  GetSecretValue: ['secretsmanager:GetSecretValue'],
  HeadObject: ['s3:GetObject', 's3:ListBucket'],
  PutItem: ['dynamodb:PutItem'],
  PutObject: ['s3:PutObject'],
  PutSecretValue: ['secretsmanager:PutSecretValue'],
  Query: ['dynamodb:Query'],
  SendMessage: ['sqs:SendMessage'],
  TransactWriteItems: ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
  UpdateContinuousBackups: ['dynamodb:UpdateContinuousBackups'],
};
/** What Lambda does for an event source. */
const byEventSources = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
/** In adapters, but called by no function. */
const unused: Readonly<Record<string, string>> = {
  ChangeMessageVisibilityBatch: 'tools and tests receive; functions are handed their messages',
  DeleteMessageBatch: 'as above',
  GetQueueAttributes: 'as above',
  ReceiveMessage: 'as above',
  Scan: 'tests alone read the rows of a whole table',
};

const sources = repositorySources(/^lambdas\/(?:adapters\/aws|handlers)\/.*\.ts$/);
const commands = [
  ...new Set(sources.flatMap(({ text }) => Array.from(text.matchAll(/new (\w+)Command\(/g), ([, name]) => name!))),
].sort();

it('the functions together may do what the adapters call, and nothing that none calls', () => {
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((name) => !(name in actionsOf) && !(name in unused))).toEqual([]);
  const called = commands.flatMap((name) => actionsOf[name] ?? []);
  const allowed = Object.values(permissions).flatMap((of) => of.flatMap(({ actions }) => actions));
  expect([...new Set(allowed)].sort()).toEqual([...new Set([...called, ...byEventSources])].sort());
});

it('the exceptions are needed', () => {
  expect(Object.keys(unused).filter((name) => !commands.includes(name))).toEqual([]);
});
