import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { functionNames, functionTable } from '../../lib/function-table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headgate-cdk-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of functionNames) {
  const asset = join(folder, 'functions', functionTable[name].asset);
  mkdirSync(asset, { recursive: true });
  writeFileSync(join(asset, `${name}.mjs`), 'export const handler = async () => undefined;\n');
}

describe('cdk synth', () => {
  it.each(['dev', 'prod'])('makes the stacks of %s without an account and without a network', (stage) => {
    const started = performance.now();
    const { status, stderr } = synth(stage);
    process.stderr.write(
      `cdk synth --context stage=${stage}: ${((performance.now() - started) / 1_000).toFixed(1)} s\n`,
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { artifacts } = JSON.parse(readFileSync(join(folder, stage, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { type: string; properties?: { stackName?: string } }>;
    };
    const stacks = Object.values(artifacts).filter(({ type }) => type === 'aws:cloudformation:stack');
    expect(stacks.map(({ properties }) => properties?.stackName).sort()).toEqual(
      ['api', 'ingest', 'storage'].map((part) => `headgate-${stage}-${part}`),
    );
  });

  it('says which stages there are when asked for another', () => {
    const { status, stderr } = synth('live');
    expect(status).toBe(1);
    expect(stderr).toContain('there is no stage "live"; --context stage= takes one of: dev, prod');
  });

  it('refuses an origin that browsers would never send', () => {
    const { status, stderr } = synth('dev', '--context', 'corsOrigins=https://a.example.com/,*');
    expect(status).toBe(1);
    expect(stderr).toContain('takes origins like https://console.example.com, not "https://a.example.com/"');
  });
});

/** The command as an operator types it, less the build; every way out of the machine leads nowhere. */
function synth(stage: string, ...more: string[]) {
  const bin = join(root, 'node_modules', '.bin');
  const nowhere = 'http://127.0.0.1:9';
  const args = ['synth', '--quiet', '--build', '', '--output', join(folder, stage), '--context', `stage=${stage}`];
  return spawnSync(join(bin, 'cdk'), [...args, '--context', `functions=${join(folder, 'functions')}`, ...more], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: {
      PATH: [dirname(process.execPath), bin, process.env['PATH']].join(delimiter),
      HOME: folder,
      CDK_DISABLE_CLI_TELEMETRY: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: nowhere,
      HTTP_PROXY: nowhere,
    },
  });
}
