import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bodyFolders, expiringValueDays, keptBodyDays } from '../../lambdas/domain/limits.ts';
import { recoveryDays } from '../recovery.ts';
import { removalPolicyOf, type Stage } from '../stages.ts';

/** Days that the parts of an upload which nobody completed are kept. */
const incompleteUploadDays = 7;

/** Where objects have versions: the last version of a deleted one goes, and then the mark that it was deleted. */
const deletedObjects = {
  id: 'deleted-objects',
  noncurrentVersionExpiration: Duration.days(recoveryDays),
  expiredObjectDeleteMarker: true,
};

/**
 * Segments, bodies too large for a message, archived bodies. Encrypted with a key that S3 owns, for the reason that the
 * catalog has. Objects never change, so versions are kept for one purpose: what a compaction or a mistake deletes can be
 * had back for as long as the catalog can. A stage that nobody restores does without, so that it can be emptied and
 * deleted. Emptying is left to the operator: a custom resource would do it, at the price of a function that may delete
 * everything.
 */
export function makeDataBucket(scope: Construct, stage: Stage): Bucket {
  return new Bucket(scope, 'Data', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: stage.isProtected,
    lifecycleRules: [
      { id: 'incomplete-uploads', abortIncompleteMultipartUploadAfter: Duration.days(incompleteUploadDays) },
      { id: 'expiring-values', prefix: 'expiring-values/', expiration: Duration.days(expiringValueDays) },
      ...bodyFolders.map((id) => ({ id, prefix: `${id}/`, expiration: Duration.days(keptBodyDays) })),
      ...(stage.isProtected ? [deletedObjects] : []),
    ],
    removalPolicy: removalPolicyOf(stage),
  });
}
