import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { region } from './client-environment.ts';
import type { LocalStackPlace } from './place.ts';

/** A resource of a template that LocalStack reports as made and has not made. */
export interface SkippedResource {
  readonly stack: string;
  readonly type: string;
  readonly logicalId: string;
}

/** What LocalStack writes beside CREATE_COMPLETE. */
const skipped = /is not supported but was deployed as a fallback/;

/** The resources of some stacks whose type LocalStack does not know; its free edition knows no custom resources. */
export async function skippedResources(
  { url }: LocalStackPlace,
  stacks: readonly string[],
): Promise<SkippedResource[]> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CloudFormationClient({ endpoint: url, region, credentials });
  const found: SkippedResource[] = [];
  try {
    for (const stack of stacks) {
      for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
        for (const {
          ResourceType: type,
          LogicalResourceId: logicalId,
          ResourceStatusReason: reason,
        } of page.StackResourceSummaries ?? []) {
          if (reason !== undefined && skipped.test(reason)) found.push({ stack, type: type!, logicalId: logicalId! });
        }
      }
    }
  } finally {
    client.destroy();
  }
  return found;
}
