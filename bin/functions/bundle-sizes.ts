import type { BundleOutputs } from './bundle-asset.ts';

/** What one function loads, in bytes of minified code. */
export interface BundleSize {
  readonly name: string;
  readonly asset: string;
  /** Before the first request: the entry and all that it imports. */
  readonly firstBytes: number;
  /** At first use, if ever. */
  readonly lazyBytes: number;
}

/** Sizes of one function of an asset, from what esbuild says of its files. */
export function bundleSize(asset: string, name: string, outputs: BundleOutputs): BundleSize {
  const entry = `${name}.mjs`;
  const first = reachable(outputs, entry, new Set(['import-statement', 'require-call']));
  const all = reachable(outputs, entry, new Set(['import-statement', 'require-call', 'dynamic-import']));
  const bytesOf = (paths: ReadonlySet<string>) => [...paths].reduce((sum, path) => sum + outputs[path]!.bytes, 0);
  return { name, asset, firstBytes: bytesOf(first), lazyBytes: bytesOf(all) - bytesOf(first) };
}

function reachable(outputs: BundleOutputs, entry: string, kinds: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (output === undefined || found.has(path)) continue;
    found.add(path);
    waiting.push(...output.imports.filter(({ kind }) => kinds.has(kind)).map((one) => one.path));
  }
  return found;
}

/** The sizes as a table to print, with the size of each asset's folder. */
export function sizeTable(sizes: readonly BundleSize[], assetBytes: Readonly<Record<string, number>>): string {
  const kilobytes = (bytes: number) => (bytes / 1_024).toFixed(0).padStart(9);
  const lines = sizes.map(
    ({ name, asset, firstBytes, lazyBytes }) =>
      `${name.padEnd(14)}${asset.padEnd(14)}${kilobytes(firstBytes)}${kilobytes(lazyBytes)}` +
      `${((assetBytes[asset] ?? 0) / 1_048_576).toFixed(1).padStart(9)}`,
  );
  return ['function      asset          first KB  lazy KB asset MB', ...lines, ''].join('\n');
}
