/** `npm run localstack`: starts LocalStack, waits until it answers, and leaves it running. */
import { parseArgs } from 'node:util';
import type { PlaceMode } from './utils/place.ts';
import { startLocalStack } from './utils/start-localstack.ts';

const usage = 'usage: npm run localstack -- [--port 4566] [--mode docker|host]';
const { values } = parseArgs({ options: { port: { type: 'string', default: '4566' }, mode: { type: 'string' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535 || !isMode(values.mode)) {
  console.error(usage);
  process.exit(2);
}

try {
  const place = await startLocalStack({
    port,
    outlives: true,
    ...(values.mode === undefined ? {} : { mode: values.mode }),
  });
  const pid = place.pid === undefined ? '' : `, process ${place.pid}`;
  const stopArgs = port === 4566 ? '' : ` -- --port ${port}`;
  console.log(`LocalStack runs at ${place.url} (${place.mode}: ${place.why}${pid}).`);
  console.log(`Log: ${place.log}`);
  if (place.functionLogs !== undefined) console.log(`Logs of the functions: ${place.functionLogs}`);
  console.log(`Deploy to it: npm run deploy:local${stopArgs}    stop it: npm run localstack:down${stopArgs}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function isMode(mode: string | undefined): mode is PlaceMode | undefined {
  return mode === undefined || mode === 'docker' || mode === 'host';
}
