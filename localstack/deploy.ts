/** `npm run deploy:local`: deploys to the LocalStack that runs, and says how to reach what it deployed. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApiProxy } from './utils/api-proxy.ts';
import { apiStages } from './utils/api-stages.ts';
import { connectLocalStack } from './utils/connect-localstack.ts';
import { deployToLocalStack } from './utils/deploy-to-localstack.ts';
import { makeFirstAdministrator } from './utils/first-administrator.ts';
import { homeFolder } from './utils/home-folder.ts';
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
  const { HEADGATE_USERNAME, HEADGATE_PASSWORD } = process.env;
  const { email, password, created } = await makeFirstAdministrator(place, outputs, {
    ...(HEADGATE_USERNAME && { email: HEADGATE_USERNAME }),
    ...(HEADGATE_PASSWORD && { password: HEADGATE_PASSWORD }),
  });
  const how = password === undefined ? '' : `, password ${password} (shown this once)`;
  console.log(`${created ? 'Made the first administrator' : 'The first administrator is'} ${email}${how}`);
  if (values.proxy) {
    const proxy = await startApiProxy(place, outputs, Number(values['proxy-port']));
    console.log(`The API is at ${proxy.url} until Ctrl-C.`);
  } else {
    console.log(`Clients that want it at the root of a server: npm run deploy:local -- --proxy`);
    console.log(`Try it: curl -i ${first.url}/`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
