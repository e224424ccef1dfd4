/** Bundles the functions to `dist/functions` and prints what each loads. `cdk` runs it before each synthesis. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFunctions } from './functions/build-functions.ts';
import { sizeTable } from './functions/bundle-sizes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const started = performance.now();
const { sizes, assetBytes } = await buildFunctions({ root, out: join(root, 'dist') });
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
process.stdout.write(`${sizeTable(sizes, assetBytes)}\nbuilt in ${seconds} s\n`);
