import type { Stack } from 'aws-cdk-lib/core';
import type { Permission, Target } from './permissions.ts';

/** Where the data is, batches that wait included. Stacks that need it take this, not the storage stack. */
export interface DataPlaces {
  readonly catalogTableName: string;
  readonly catalogTableArn: string;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly signingSecretArn: string;
  readonly rowTablePrefix: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
}

/** The resources that permissions are given on, by the names which `permissions.ts` uses. */
export type TargetArns = Readonly<Record<Target, string>>;

/** @param stack whose account and region the tables of rows, which no stack knows, are in */
export function targetArns(stack: Stack, data: DataPlaces): TargetArns {
  const rowTables = { service: 'dynamodb', resource: 'table', resourceName: `${data.rowTablePrefix}*` };
  return {
    catalog: data.catalogTableArn,
    'row-tables': stack.formatArn(rowTables),
    bucket: data.bucketArn,
    objects: data.bucketArn,
    queue: data.queueArn,
    'dead-letter-queue': data.deadLetterQueueArn,
    'signing-secret': data.signingSecretArn,
  };
}

/**
 * The partitions that a permission is bound to, as IAM writes it. Each key of a request must match one; every write of items
 * has a key, so that none passes for want of one.
 */
export function conditionsOf({ partitions }: Permission): Record<string, Record<string, string[]>> {
  return partitions === undefined ? {} : { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } };
}

/** The resources that one permission is on. */
export function resourcesOf({ on, below }: Permission, arns: TargetArns): string[] {
  return below === undefined ? [arns[on]] : below.map((pattern) => `${arns[on]}/${pattern}`);
}
