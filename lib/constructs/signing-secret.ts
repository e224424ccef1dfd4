import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { removalPolicyOf, type Stage } from '../stages.ts';

/**
 * The place of the key that signs tokens, without a value: the control function makes the key at first use, so that it is
 * never in a template or on an operator's machine. CDK's own `Secret` would generate a password into it, hence the plain
 * resource. Encrypted with the account's key for Secrets Manager, which costs nothing.
 * @returns its ARN
 */
export function makeSigningSecret(scope: Construct, stage: Stage): string {
  const secret = new CfnSecret(scope, 'SigningSecret', {
    description: `Key that signs the tokens of Headgate's stage ${stage.name}; made by the product at first use`,
  });
  secret.applyRemovalPolicy(removalPolicyOf(stage));
  return secret.ref;
}
