/** `npm run localstack:down`: stops the LocalStack that `npm run localstack` started, and no other one. */
import { parseArgs } from 'node:util';
import { homeFolder } from './utils/home-folder.ts';
import { readRunRecords } from './utils/run-record.ts';
import { stopLocalStack } from './utils/stop-localstack.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    /** Every LocalStack of this home folder, those of a running test suite too. */
    all: { type: 'boolean', default: false },
  },
});

const home = homeFolder();
const ports = values.all ? (await readRunRecords(home)).map(({ port }) => port) : [Number(values.port)];
for (const port of ports) {
  try {
    const found = await stopLocalStack(home, port);
    if (found === 'stopped') console.log(`LocalStack on port ${port} is stopped.`);
    else if (found === 'had ended') console.log(`LocalStack on port ${port} had ended; what it left is cleared up.`);
    else console.log(`No LocalStack was started on port ${port} from here.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
