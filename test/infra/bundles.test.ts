import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type BuildReport, buildFunctions } from '../../bin/functions/build-functions.ts';
import { bundleAsset } from '../../bin/functions/bundle-asset.ts';
import { bundleFaults } from '../../bin/functions/bundle-rules.ts';
import { bundleSize, sizeTable } from '../../bin/functions/bundle-sizes.ts';
import { functionNames, nativeAsset } from '../../lib/function-table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headgate-build-'));
// Entries that tests write find packages where sources find them.
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
afterAll(() => rmSync(folder, { recursive: true }));

/** Bytes that a function may load before its first request. */
const firstBytesMax = 600 * 1_024;
/** Bytes of DuckDB's own JavaScript, which the functions that hold its native binding load as well. */
const duckdbBytesMax = 210 * 1_024;
/** Bytes of an asset, unzipped (Lambda's limit). */
const assetBytesMax = 250 * 1_048_576;

describe('the functions as they are built', () => {
  const built = buildFunctions({ root, out: join(folder, 'first') });

  it('load at most 600 KB before the first request', async () => {
    const { sizes } = await built;
    expect(sizes.map(({ name }) => name).sort()).toEqual([...functionNames].sort());
    const bytesMax = (asset: string) => firstBytesMax + (asset === nativeAsset ? duckdbBytesMax : 0);
    expect(sizes.filter(({ asset, firstBytes }) => firstBytes > bytesMax(asset))).toEqual([]);
    expect(Math.min(...sizes.map(({ firstBytes }) => firstBytes))).toBeGreaterThan(100 * 1_024);
  });

  it('fit into Lambda, and only one asset holds the native binding', async () => {
    const { assetBytes } = await built;
    expect(Object.entries(assetBytes).filter(([, bytes]) => bytes > assetBytesMax)).toEqual([]);
    const large = Object.entries(assetBytes).filter(([, bytes]) => bytes > 10 * 1_048_576);
    expect(large.map(([asset]) => asset)).toEqual([nativeAsset]);
    const binding = join(folder, 'first', 'functions', nativeAsset, 'node_modules/@duckdb/node-bindings-linux-x64');
    expect(readdirSync(binding).sort()).toEqual(['LICENSE', 'duckdb.node', 'libduckdb.so', 'package.json'].sort());
  });

  it('keep source maps out of the assets, one for each file of code', async () => {
    await built;
    const code = filesBelow(join(folder, 'first', 'functions')).filter((path) => path.endsWith('.mjs'));
    expect(filesBelow(join(folder, 'first', 'functions')).filter((path) => path.endsWith('.map'))).toEqual([]);
    expect(filesBelow(join(folder, 'first', 'maps'))).toEqual(code.map((path) => `${path}.map`));
  });

  it('are the same bytes when built again, so that a deployment changes what has changed', async () => {
    await built;
    await buildFunctions({ root, out: join(folder, 'second') });
    const contents = (run: string) =>
      filesBelow(join(folder, run)).map((path) => `${path} ${hashOf(join(folder, run, path))}`);
    expect(contents('second')).toEqual(contents('first'));
  });
});

describe('the rules on bundles', () => {
  const bundle = async (text: string, asset: string) => {
    const entry = join(folder, `${asset}-entry.ts`);
    writeFileSync(entry, text);
    const folders = { root, functions: join(folder, 'rules'), maps: join(folder, 'rules-maps') };
    return bundleAsset({ name: asset, entries: { [asset]: entry } }, folders);
  };
  const imported = (path: string) => JSON.stringify(join(root, path));

  it.each([
    ['an embedded adapter', `export * from ${imported('lambdas/adapters/embedded/sync-folder.ts')};`],
    [
      'an embedded adapter',
      `export const load = () => import(${imported('lambdas/adapters/embedded/sync-folder.ts')});`,
    ],
    ['an embedded adapter', `export * from ${imported('lambdas/host/embedded-paths.ts')};`],
    ['SQLite', "import { DatabaseSync } from 'node:sqlite';\nexport const open = () => new DatabaseSync(':memory:');"],
    [
      'DuckDB',
      "import { DuckDBInstance } from '@duckdb/node-api';\nexport const open = () => DuckDBInstance.create();",
    ],
    ['DuckDB', "export const open = () => import('@duckdb/node-api');"],
  ])('find %s in %s', async (what, text) => {
    const faults = bundleFaults('control', await bundle(text, 'control'), nativeAsset);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toContain(`control holds ${what} (`);
  });

  it('let DuckDB be in its asset', async () => {
    const text =
      "import { DuckDBInstance } from '@duckdb/node-api';\nexport const open = () => DuckDBInstance.create();";
    expect(bundleFaults(nativeAsset, await bundle(text, nativeAsset), nativeAsset)).toEqual([]);
  });

  it('count what is loaded first and what is loaded when wanted', async () => {
    const text = [
      `import { systemClock } from ${imported('lambdas/adapters/system/system-clock.ts')};`,
      "export const load = () => import('ulid');",
      'export const now = () => systemClock.now();',
    ].join('\n');
    const size = bundleSize('setup', 'setup', await bundle(text, 'setup'));
    expect(size.firstBytes).toBeGreaterThan(100);
    expect(size.lazyBytes).toBeGreaterThan(1_000);
    expect(sizeTable([size], { setup: 1_048_576 })).toMatch(/^setup +setup +\d+ +\d+ +1\.0$/m);
  });

  it('a build with a fault fails and names it', async () => {
    const entry = join(folder, 'bad.ts');
    writeFileSync(entry, "export * from 'node:sqlite';");
    const build: Promise<BuildReport> = buildFunctions({ root, out: join(folder, 'bad'), entryOf: () => entry });
    await expect(build).rejects.toThrow(/control holds SQLite \(node:sqlite\): only embedded adapters use it/);
    expect(existsSync(join(folder, 'bad', 'functions', nativeAsset))).toBe(false);
  });
});

function filesBelow(path: string): string[] {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => join(file.parentPath, file.name).slice(path.length + 1)).sort();
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
