import type { StackProps } from 'aws-cdk-lib/core';
import type { Stage } from './stages.ts';

/** Tags of every stack and of every resource that takes tags. */
export function tagsOf(stage: Stage): Record<string, string> {
  return { product: 'headgate', stage: stage.name };
}

/** Properties that all stacks share. No account and no region: one template serves every one. */
export function stackProps(stage: Stage, part: string, holds: string): StackProps {
  return {
    stackName: `headgate-${stage.name}-${part}`,
    description: `Headgate, stage ${stage.name}: ${holds}`,
    terminationProtection: stage.isProtected,
    tags: tagsOf(stage),
  };
}
