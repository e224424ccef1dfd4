import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';

/** What differs between the stages. Everything else is the same in each, so that `dev` proves `prod`. */
export interface Stage {
  readonly name: string;
  /** Stacks and catalog refuse deletion, what a stack holds outlives it, and deleted objects can be had back. */
  readonly isProtected: boolean;
  /** `on`: tables of rows can be restored to any second of the last 35 days. */
  readonly rowRecovery: 'on' | 'off';
  readonly logRetention: RetentionDays;
  /** Requests a second that the API lets through on average, and at once. */
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  /** Consumers at once: more would leave the API less of the account's concurrent executions (1,000 unless raised). */
  readonly consumersMax: number;
  /**
   * Compactions at once. Setting it reserves part of the account's concurrency, which an account that still has the
   * first limit of 10 cannot give: `dev` must deploy there too.
   */
  readonly compactionsMax?: number;
  /** The external issuer whose tokens open calls (docs/oidc.md), and whether passwords do beside it. None, unless given. */
  readonly signIn?: {
    readonly issuer: string;
    readonly audiences: readonly string[];
    /** Any client of the issuer, unless given. */
    readonly clientIds?: readonly string[];
    readonly passwords: 'on' | 'off';
  };
}

/** Every stage there is. Its name is part of the names of stacks, functions and tables of rows. */
const stages: readonly Stage[] = [
  {
    name: 'dev',
    isProtected: false,
    rowRecovery: 'off',
    logRetention: RetentionDays.TWO_WEEKS,
    requestsPerSecond: 50,
    requestBurst: 100,
    consumersMax: 5,
  },
  {
    name: 'prod',
    isProtected: true,
    rowRecovery: 'on',
    logRetention: RetentionDays.THREE_MONTHS,
    requestsPerSecond: 1_000,
    requestBurst: 2_000,
    consumersMax: 50,
    compactionsMax: 1,
  },
];

/** @throws Error that lists the stages when there is none of this name */
export function stageNamed(name: string): Stage {
  const stage = stages.find((one) => one.name === name);
  if (stage) return stage;
  const known = stages.map((one) => one.name).join(', ');
  throw new Error(`there is no stage ${JSON.stringify(name)}; --context stage= takes one of: ${known}`);
}

/**
 * What becomes of data when its resource leaves the stack. Kept data goes all the same when the deployment that made it
 * fails and is rolled back, so that the next try does not meet it.
 */
export function removalPolicyOf(stage: Stage): RemovalPolicy {
  return stage.isProtected ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}

/** Prefix of the tables of rows, which the product makes and deletes while it runs. */
export function rowTablePrefixOf(stage: Stage): string {
  return `headgate-${stage.name}-rows-`;
}
