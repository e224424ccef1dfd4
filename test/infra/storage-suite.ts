import { describe, expect, it } from '@jest/globals';
import { expiringValueDays, keptBodyDays, queueRetentionDays, retentionDays } from '../../lambdas/domain/limits.ts';
import { listOf, resourcesOf, type Stacks, type Statement, statementsOf, theResource } from './templates.ts';

const stateful = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue'];

/** What holds data: catalog, bucket, queues, signing secret; and that production keeps it. */
export function storageSuite({ dev, prod }: Record<'dev' | 'prod', Stacks>): void {
  describe('the catalog table', () => {
    it('has the keys and the expiry that the item store writes, is paid by use and can be restored', () => {
      expect(theResource(dev, 'AWS::DynamoDB::Table').Properties).toMatchObject({
        KeySchema: [
          { AttributeName: 'p', KeyType: 'HASH' },
          { AttributeName: 's', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'p', AttributeType: 'S' },
          { AttributeName: 's', AttributeType: 'S' },
        ],
        TimeToLiveSpecification: { AttributeName: 'e', Enabled: true },
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
      });
    });

    it('cannot be deleted in prod', () => {
      expect(theResource(prod, 'AWS::DynamoDB::Table').Properties['DeletionProtectionEnabled']).toBe(true);
      expect(theResource(dev, 'AWS::DynamoDB::Table').Properties['DeletionProtectionEnabled']).toBe(false);
    });
  });

  describe('the data bucket', () => {
    const bucket = (stacks: Stacks) => theResource(stacks, 'AWS::S3::Bucket').Properties;

    it('is private, encrypted, and belongs to its owner alone', () => {
      expect(bucket(dev)).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      });
    });

    it('refuses plain HTTP and TLS below 1.2, on itself and on every object', () => {
      const denials = statementsOf(theResource(dev, 'AWS::S3::BucketPolicy').Properties['PolicyDocument']);
      const refuses = (condition: object) =>
        denials.some(
          (one: Statement) =>
            one.Effect === 'Deny' &&
            one.Action === 's3:*' &&
            listOf(one.Resource).length === 2 &&
            JSON.stringify(one.Condition) === JSON.stringify(condition),
        );
      expect(refuses({ Bool: { 'aws:SecureTransport': 'false' } })).toBe(true);
      expect(refuses({ NumericLessThan: { 's3:TlsVersion': 1.2 } })).toBe(true);
    });

    it('drops what nobody completes, values that have expired, and bodies that nobody can ask for any more', () => {
      const rules = (stacks: Stacks) =>
        (bucket(stacks)['LifecycleConfiguration'] as { Rules: Record<string, unknown>[] }).Rules;
      expect(rules(dev)).toEqual([
        { Id: 'incomplete-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        { Id: 'expiring-values', Status: 'Enabled', Prefix: 'expiring-values/', ExpirationInDays: expiringValueDays },
        ...['archive', 'bodies', 'dead-letters', 'unreadable-messages'].map((Id) => ({
          Id,
          Status: 'Enabled',
          Prefix: `${Id}/`,
          ExpirationInDays: keptBodyDays,
        })),
      ]);
      expect(rules(prod).at(-1)).toEqual({
        Id: 'deleted-objects',
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
        ExpiredObjectDeleteMarker: true,
      });
    });

    it('keeps a body while it waits, while its archive entry stands, and while it waits again when it is redriven', () => {
      expect(keptBodyDays).toBeGreaterThan(queueRetentionDays + retentionDays + queueRetentionDays);
    });

    it('keeps versions in prod, for as long as the catalog can be restored', () => {
      expect(bucket(prod)['VersioningConfiguration']).toEqual({ Status: 'Enabled' });
      expect(bucket(dev)['VersioningConfiguration']).toBeUndefined();
    });
  });

  it('leaves the signing secret without a value', () => {
    const secret = theResource(dev, 'AWS::SecretsManager::Secret').Properties;
    expect(Object.keys(secret).sort()).toEqual(['Description', 'Tags']);
  });

  it('is all there is of data: the other stacks hold none', () => {
    for (const { Ingest, Api } of [dev, prod]) {
      const types = [Ingest, Api].flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
      expect(types.filter((type) => stateful.includes(type))).toEqual([]);
    }
    expect(Object.keys(dev.Storage.Outputs)).toEqual(
      expect.arrayContaining(['CatalogTableName', 'BucketName', 'QueueUrl', 'DeadLetterQueueUrl', 'SigningSecretArn']),
    );
  });

  it('is deployed first and taken away last; who reads the queue is deployed before who writes it', () => {
    const order = ({ Storage, Ingest, Api }: Stacks) => [Storage, Ingest, Api].map(({ needs }) => needs);
    expect([order(dev), order(prod)]).toEqual(Array(2).fill([[], ['Storage'], ['Ingest', 'Storage']]));
  });

  it.each(stateful)('prod keeps each %s when it leaves the stack, and dev does not', (type) => {
    const policies = (stacks: Stacks) =>
      resourcesOf(stacks, type).map(({ resource }) => [resource.DeletionPolicy, resource.UpdateReplacePolicy]);
    expect(policies(prod).length).toBeGreaterThan(0);
    for (const policy of policies(prod)) expect(policy).toEqual(['RetainExceptOnCreate', 'Retain']);
    for (const policy of policies(dev)) expect(policy).toEqual(['Delete', 'Delete']);
  });

  it.each([
    ['prod', prod, true],
    ['dev', dev, false],
  ])('termination protection of the stacks of %s', (_name, stacks, expected) => {
    expect(Object.values(stacks).map(({ terminationProtection }) => terminationProtection)).toEqual(
      Array(3).fill(expected),
    );
  });
}
