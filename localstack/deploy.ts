/** `npm run deploy:local`: deploys to the LocalStack that runs, and says how to reach what it deployed. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apiStages } from './utils/api-stages.ts';
import { connectLocalStack } from './utils/connect-localstack.ts';
import { deployToLocalStack } from './utils/deploy-to-localstack.ts';
import { homeFolder } from './utils/home-folder.ts';
import { startRootProxy } from './utils/root-proxy.ts';
import { skippedResources } from './utils/skipped-resources.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    stage: { type: 'string', default: 'dev' },
    /** Goes on as a proxy with the first API at its root, until Ctrl-C. */
    proxy: { type: 'boolean', default: false },
    'proxy-port': { type: 'string', default: '4570' },
  },
});

try {
  const place = await connectLocalStack(Number(values.port));
  const outputs = await deployToLocalStack(place, {
    stage: values.stage,
    outputFolder: join(homeFolder().path, 'deployments', values.port),
    onOutput: (text) => void process.stderr.write(text),
  });
  for (const { stack, type, logicalId } of await skippedResources(place, Object.keys(outputs))) {
    console.log(`LocalStack has not made ${stack}.${logicalId}: it does not know ${type}.`);
  }
  const stages = apiStages(place, outputs);
  for (const { output, url } of stages) console.log(`${output}: ${url}`);
  const [first] = stages;
  if (first === undefined) throw new Error('no output of the stacks names an API');
  if (values.proxy) {
    const proxy = await startRootProxy({ target: first.url, port: Number(values['proxy-port']) });
    console.log(`The API is at ${proxy.url} until Ctrl-C.`);
  } else {
    console.log(`Clients that want it at the root of a server: npm run deploy:local -- --proxy`);
    console.log(`Try it: curl -i ${first.url}/`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
