import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** One folder that becomes one Lambda asset: a file `<name>.mjs` for each entry, and chunks that they share. */
export interface AssetPlan {
  readonly name: string;
  /** Source file of each function, from the repository's root. */
  readonly entries: Readonly<Record<string, string>>;
}

/** Where a build reads and writes. */
export interface AssetFolders {
  readonly root: string;
  /** Takes one folder for each asset. */
  readonly functions: string;
  /** Takes the source maps, which stay out of the assets. */
  readonly maps: string;
}

/** What esbuild says of a bundle; paths of outputs are relative to the asset. */
export type BundleOutputs = Readonly<Record<string, Metafile['outputs'][string]>>;

/** CommonJS packages within an ES module still call `require`: for Node's own modules and DuckDB's native binding. */
const banner = "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);";

/**
 * Left out of bundles: the native bindings, of which one is copied beside, and the package that tells musl from glibc,
 * without which DuckDB takes the glibc binding, the one that Lambda runs.
 */
const external = ['@duckdb/node-bindings-*', 'detect-libc'];

/**
 * Bundles one asset with everything it imports. The AWS SDK is inside: its modules start faster from one file than from
 * the runtime's copy, and the version is ours. What is imported by `import()` becomes a chunk of its own, loaded at first
 * use. Source maps are three times the size of the code and slow each error's stack down, so they are written apart. The
 * same sources give the same bytes, and the same maps again.
 */
export async function bundleAsset({ name, entries }: AssetPlan, folders: AssetFolders): Promise<BundleOutputs> {
  // Names of chunks come of this path too, so it is the same wherever the files go.
  const folder = `dist/functions/${name}`;
  const outdir = join(folders.root, folder);
  const { outputFiles, metafile } = await build({
    absWorkingDir: folders.root,
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out })),
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The SDK's ES modules lose what is not used; its CommonJS builds would come whole.
    mainFields: ['module', 'main'],
    splitting: true,
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    banner: { js: banner },
    external,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) {
    const file = join(path.endsWith('.map') ? folders.maps : folders.functions, name, relative(outdir, path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
  return outputsBelow(metafile, folder);
}

function outputsBelow({ outputs }: Metafile, folder: string): BundleOutputs {
  const code = Object.entries(outputs).filter(([path]) => !path.endsWith('.map'));
  const short = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  return Object.fromEntries(
    code.map(([path, output]) => [
      short(path),
      { ...output, imports: output.imports.map((one) => ({ ...one, path: short(one.path) })) },
    ]),
  );
}
