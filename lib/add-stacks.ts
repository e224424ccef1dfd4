import { type App, Tags } from 'aws-cdk-lib/core';
import { makeApiStack } from './api-stack.ts';
import type { CodeOf } from './constructs/headgate-function.ts';
import { makeIngestStack } from './ingest-stack.ts';
import { tagsOf } from './stack-props.ts';
import type { Stage } from './stages.ts';
import { makeStorageStack } from './storage-stack.ts';

/**
 * Adds the three stacks of a stage. They are deployed as storage, ingest, API, and taken away the other way round: so a new
 * consumer may meet batches of the old API, and never an old one those of the new. Two more things are read from the context:
 *
 *   --context corsOrigins=https://console.example.com,https://...   web pages that may call the API; none by default
 *   --context apiLogRole=account    the account has a role for API Gateway's logs; without it the stack sets one
 */
export function addStacks(app: App, stage: Stage, codeOf: CodeOf): void {
  const data = makeStorageStack(app, stage);
  const ingest = makeIngestStack(app, stage, data, codeOf);
  const api = makeApiStack(app, stage, {
    data,
    codeOf,
    corsOrigins: originsOf(app.node.tryGetContext('corsOrigins')),
    makeLogRole: app.node.tryGetContext('apiLogRole') !== 'account',
  });
  api.addStackDependency(ingest, 'who reads batches is new before who writes them');
  for (const [name, value] of Object.entries(tagsOf(stage))) Tags.of(app).add(name, value);
}

/** @throws Error for what is no origin: a browser sends a scheme and a host, and compares it letter by letter */
function originsOf(context: unknown): string[] {
  if (context === undefined || context === '') return [];
  const origins = String(context).split(',');
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong !== undefined)
    throw new Error(
      `--context corsOrigins= takes origins like https://console.example.com, not ${JSON.stringify(wrong)}`,
    );
  return origins;
}
