import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { issueTokens } from '../../use-cases/issue-tokens.ts';
import type { Host } from '../start-host.ts';
import { type DemoClient, makeDemoClient } from './demo-client.ts';
import { countSpecies, findIris, type IrisDemo, loadIris } from './load-iris.ts';

/** How long the demo waits for its own records to be visible. */
const visibleTimeoutMs = 30_000;
const flowersExpected = 150;

/** A mark is a file in the data folder: the sample was asked for at the first start; the sample is loaded. */
const markOf = (dataFolder: string, mark: 'demo-begun' | 'demo-loaded') => join(dataFolder, mark);

/** Notes that this first start is to load the sample; a start that was cut off before is made good by the next. */
export function beginDemo(dataFolder: string): void {
  writeFileSync(markOf(dataFolder, 'demo-begun'), new Date().toISOString());
}

/**
 * Loads the sample through HTTP where the first start asked for it, and prints what came of it and a request to try; later
 * starts print the counts again, from storage. Never touches a folder that was begun without it, and does nothing when
 * the sample was deleted.
 */
export async function runDemo(host: Host, print: (text: string) => void): Promise<void> {
  if (!existsSync(markOf(host.dataFolder, 'demo-begun'))) return;
  const mark = markOf(host.dataFolder, 'demo-loaded');
  const isFirst = !existsSync(mark);
  const user = await host.ports.catalog.findUserByEmail(host.administrator.email);
  if (!user) return;
  const { idToken } = await issueTokens(host.ports, user);
  const client = makeDemoClient(host.url, idToken);
  const demo = isFirst ? await loadIris(client) : await findIris(client);
  if (!demo) return;
  const counts = await countsOnceVisible(client, demo, isFirst ? flowersExpected : 0);
  if (isFirst) writeFileSync(mark, new Date().toISOString());
  print(
    `\n${isFirst ? 'Loaded the iris sample' : 'The iris sample is there'}: select species, count(*) from ${demo.tableName} group by species\n`,
  );
  for (const [species, count] of counts) print(`  ${species.padEnd(12)} ${count}\n`);
  print(isFirst ? tryIt(host.url, idToken, demo) : '\n');
}

async function countsOnceVisible(client: DemoClient, demo: IrisDemo, expected: number) {
  const deadline = Date.now() + visibleTimeoutMs;
  for (;;) {
    const counts = await countSpecies(client, demo);
    if (counts.reduce((sum, [, count]) => sum + count, 0) >= expected) return counts;
    if (Date.now() > deadline) throw new Error(`the sample's records are not visible after ${visibleTimeoutMs} ms`);
    await delay(20);
  }
}

function tryIt(url: string, token: string, demo: IrisDemo): string {
  const record =
    '{"id": 151, "sepalLength": "6.1", "sepalWidth": "2.9", "petalLength": "4.7", "petalWidth": "1.4", "species": "versicolor"}';
  return `
Send a record yourself (the token lives an hour):

curl -X POST '${url}/v1/sinks/${demo.sinkId}?ack=visible' \\
  -H 'Authorization: Bearer ${token}' \\
  -d '{"records": [{"value": ${record}}]}'

and ask again:

curl -X POST '${url}/v1/deployments/${demo.deploymentId}/query' \\
  -H 'Authorization: Bearer ${token}' \\
  -d '{"language": "sql", "statement": "select species, count(*) from ${demo.tableName} group by species"}'

`;
}
