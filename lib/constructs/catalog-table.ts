import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { recoveryDays } from '../recovery.ts';
import { removalPolicyOf, type Stage } from '../stages.ts';

/**
 * The one table of everything but rows: keys `p` and `s`, items with `e` expire at that second. Paid by use. Encrypted with
 * a key that DynamoDB owns, which costs nothing; a key of our own would cost a call to KMS every few minutes from every
 * function and one more service that accepting waits for, and protect against nobody who may use the table.
 */
export function makeCatalogTable(scope: Construct, stage: Stage): Table {
  return new Table(scope, 'Catalog', {
    partitionKey: { name: 'p', type: AttributeType.STRING },
    sortKey: { name: 's', type: AttributeType.STRING },
    timeToLiveAttribute: 'e',
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: recoveryDays },
    deletionProtection: stage.isProtected,
    removalPolicy: removalPolicyOf(stage),
  });
}
