/**
 * Synthesizes stacks with stand-ins for the functions' code and prints the templates as JSON. Runs in a process of its
 * own: within jest every import of the CDK costs seconds.
 *
 *   node test/infra/synthesize.ts '{"dev":{"stage":"dev"}, ...}'     context of each variant, by name
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { addStacks } from '../../lib/add-stacks.ts';
import { stageNamed } from '../../lib/stages.ts';

const variants = JSON.parse(process.argv[2]!) as Record<string, Record<string, string>>;
const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};
const folder = mkdtempSync(join(tmpdir(), 'headgate-synth-'));

const templates = Object.entries(variants).map(([name, own]) => {
  const app = new App({ outdir: join(folder, name), context: { ...context, ...own }, analyticsReporting: false });
  addStacks(app, stageNamed(own['stage']!), standIn);
  const { stacks } = app.synth();
  const stackIds = Object.fromEntries(stacks.map(({ id }) => [id, true]));
  const of = stacks.map((stack) => [
    stack.id,
    {
      ...(stack.template as object),
      stackName: stack.stackName,
      terminationProtection: stack.terminationProtection ?? false,
      tags: stack.tags,
      needs: stack.dependencies.flatMap(({ id }) => (id in stackIds ? [id] : [])).sort(),
    },
  ]);
  return [name, Object.fromEntries(of)];
});
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify(Object.fromEntries(templates)));

function standIn(asset: string): Code {
  const place = join(folder, 'code', asset);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'stand-in.mjs'), `// Stands for ${asset}.\n`);
  return Code.fromAsset(place);
}
