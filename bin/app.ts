/**
 * The CDK app: the stacks of one stage. `--context stage=prod` chooses it (`dev` by default); `lib/add-stacks.ts` says what
 * else the context holds. Functions are taken from `dist/functions`, or from the folder that `--context functions=` names.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { addStacks } from '../lib/add-stacks.ts';
import { stageNamed } from '../lib/stages.ts';

const app = new App();
const stage = stageNamed(String(app.node.tryGetContext('stage') ?? 'dev'));
const built = fileURLToPath(new URL('../dist/functions', import.meta.url));
const functions = String(app.node.tryGetContext('functions') ?? built);
addStacks(app, stage, (asset) => Code.fromAsset(join(functions, asset)));
app.synth();
