/**
 * `npm run test:fuzz`: schemathesis reads the product's own OpenAPI document and calls an embedded product, started here,
 * with what the document allows and with what it does not, as two tenants (test/fuzz/fuzz_hooks.py). Every answer must be
 * as the document says; none may be a 5xx but a 503 with Retry-After, and none may hold another tenant's data.
 *
 * `-- --seed n` repeats a run, `--max-examples n` is the number of generated requests for each operation and phase,
 * `--minutes n` goes on generating for so long. Other arguments go to schemathesis.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type PreparedTenant, prepareTenant } from './fuzz/prepare-tenants.ts';
import { writeTenant } from './fuzz/second-tenant.ts';
import { pythonWith } from './support/python-environment.ts';
import { printOutcomes } from './support/run-suite.ts';
import { startEmbedded } from './support/start-embedded.ts';

const folder = fileURLToPath(new URL('fuzz', import.meta.url));
const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    'max-examples': { type: 'string', default: '30' },
    minutes: { type: 'string' },
  },
  allowPositionals: true,
});
/** Smallest part of the operations that must have succeeded at least once: a run that meets refusals only has seen nothing. */
const seenPartMin = 0.75;
const stranger = { email: 'stranger@example.com', password: 'another-horse-battery-staple' };

const started = performance.now();
const python = await pythonWith(join(folder, 'requirements.txt')).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const dataDir = await mkdtemp(join(tmpdir(), 'headgate-fuzz-'));
const tallyFile = join(dataDir, 'fuzz-tally.json');
try {
  // The first start makes the first tenant; the second is written while nothing runs.
  await (await startEmbedded({ dataDir })).stop();
  await writeTenant(dataDir, stranger.email, stranger.password);
  const product = await startEmbedded({ dataDir });
  try {
    const url = product.url.replace(/\/+$/, '');
    const tenants = [
      await prepareTenant(url, product.username, product.password),
      await prepareTenant(url, stranger.email, stranger.password),
    ];
    process.stdout.write(`fuzzing with --seed ${values.seed}\n`);
    const code = await fuzz(url, tenants);
    for (const tenant of tenants) await tenant.expectUnharmed();
    await expectSeen();
    const seconds = (performance.now() - started) / 1_000;
    printOutcomes([{ name: 'fuzz', seconds, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }]);
  } finally {
    await product.stop();
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

/** Prints how many answers of each status there were, and which operations never succeeded: there the fuzzer is blind. */
async function expectSeen(): Promise<void> {
  const tally = JSON.parse(await readFile(tallyFile, 'utf8')) as Record<string, Record<string, number>>;
  const byStatus = new Map<string, number>();
  for (const statuses of Object.values(tally))
    for (const [status, count] of Object.entries(statuses)) byStatus.set(status, (byStatus.get(status) ?? 0) + count);
  const counts = [...byStatus].sort().map(([status, count]) => `${status}: ${count}`);
  const operations = Object.keys(tally);
  const blind = operations.filter((name) => !Object.keys(tally[name]!).some((status) => status < '300'));
  process.stdout.write(`answers by status: ${counts.join(', ')}\n`);
  process.stdout.write(`operations that never succeeded: ${blind.join(', ') || 'none'}\n`);
  if (blind.length > operations.length * (1 - seenPartMin)) throw new Error('too few operations ever succeeded');
}

function fuzz(url: string, tenants: readonly PreparedTenant[]): Promise<number | null> {
  const checks = [
    'status_code_conformance',
    'content_type_conformance',
    'response_headers_conformance',
    'response_schema_conformance',
    'nothing_of_another_tenant',
    'no_server_error',
    'request_id_in_every_answer',
  ];
  const args = [
    ...['--config-file', join(folder, 'schemathesis.toml')],
    ...['run', `${url}/openapi.json`, '--url', url, '--seed', values.seed, '--max-examples', values['max-examples']],
    ...['--checks', checks.join(','), '--phases', 'examples,coverage,fuzzing', '--generation-database', 'none'],
    ...['--generation-with-security-parameters', 'false', '--request-timeout', '60', '--suppress-health-check', 'all'],
    ...['--warnings', 'off', '--no-color', '--continue-on-failure'],
    ...(values.minutes === undefined ? [] : ['--max-time', String(Math.round(Number(values.minutes) * 60))]),
    ...positionals,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(join(dirname(python), 'schemathesis'), args, {
      cwd: dataDir,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PYTHONPATH: folder,
        SCHEMATHESIS_HOOKS: 'fuzz_hooks',
        HEADGATE_FUZZ_TALLY: tallyFile,
        HEADGATE_FUZZ: JSON.stringify({ seed: values.seed, tenants }),
      },
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
