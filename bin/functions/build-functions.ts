import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type FunctionName, functionNames, functionTable, nativeAsset } from '../../lib/function-table.ts';
import { bundleAsset } from './bundle-asset.ts';
import { bundleFaults } from './bundle-rules.ts';
import { type BundleSize, bundleSize } from './bundle-sizes.ts';
import { copyNativeBinding } from './native-binding.ts';

/** What to build, and where to. */
export interface BuildOptions {
  readonly root: string;
  /** Folder that takes `functions/<asset>` and `maps/<asset>`. */
  readonly out: string;
  /** Source file of a function, from the root. */
  readonly entryOf?: (name: FunctionName) => string;
}

/** What a build made. */
export interface BuildReport {
  readonly sizes: readonly BundleSize[];
  /** Bytes of each asset's folder, as Lambda counts them: unzipped. */
  readonly assetBytes: Readonly<Record<string, number>>;
}

/**
 * Builds every function of the table.
 * @throws Error that names what a bundle holds and must not
 */
export async function buildFunctions(options: BuildOptions): Promise<BuildReport> {
  const { root, entryOf = (name) => `lambdas/handlers/${name}/aws.ts` } = options;
  const folders = { root: resolve(root), functions: join(options.out, 'functions'), maps: join(options.out, 'maps') };
  await rm(folders.functions, { recursive: true, force: true });
  await rm(folders.maps, { recursive: true, force: true });

  const sizes: BundleSize[] = [];
  const assetBytes: Record<string, number> = {};
  for (const [asset, names] of Map.groupBy(functionNames, (name) => functionTable[name].asset)) {
    const entries = Object.fromEntries(names.map((name) => [name, entryOf(name)]));
    const outputs = await bundleAsset({ name: asset, entries }, folders);
    const faults = bundleFaults(asset, outputs, nativeAsset);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    const folder = join(folders.functions, asset);
    if (asset === nativeAsset) await copyNativeBinding(folders.root, folder);
    sizes.push(...names.map((name) => bundleSize(asset, name, outputs)));
    assetBytes[asset] = await bytesBelow(folder);
  }
  return { sizes, assetBytes };
}

async function bytesBelow(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}
