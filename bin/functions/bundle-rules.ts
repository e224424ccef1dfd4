import type { BundleOutputs } from './bundle-asset.ts';

interface Rule {
  readonly what: string;
  readonly why: string;
  readonly pattern: RegExp;
  /** The one asset that may hold it. */
  readonly except?: string;
}

const embedded: Rule = {
  what: 'an embedded adapter',
  why: 'it keeps data on the disk of one process, which a function loses',
  pattern: /(?:^|\/)lambdas\/(?:adapters\/embedded|host)\//,
};
const sqlite: Rule = {
  what: 'SQLite',
  why: 'only embedded adapters use it',
  pattern: /^(?:node:)?sqlite$/,
};
const duckdb: Rule = {
  what: 'DuckDB',
  why: 'its native binding is 68 MB, which only the functions that query or write segments carry',
  pattern: /(?:^|\/)@duckdb\//,
};

/**
 * What a bundle must not hold. Judged by what came to be in it, not by imports in sources, so that a detour is found too.
 * @param nativeAsset the asset that may hold DuckDB
 * @returns one line for each file or module that should not be there
 */
export function bundleFaults(asset: string, outputs: BundleOutputs, nativeAsset: string): string[] {
  const rules: readonly Rule[] = [embedded, sqlite, { ...duckdb, except: nativeAsset }];
  const held = new Set(
    Object.values(outputs).flatMap(({ inputs, imports }) => [
      ...Object.keys(inputs),
      ...imports.filter(({ external }) => external).map(({ path }) => path),
    ]),
  );
  return rules
    .filter(({ except }) => except !== asset)
    .flatMap(({ what, why, pattern }) =>
      [...held]
        .filter((path) => pattern.test(path))
        .sort()
        .map((path) => `${asset} holds ${what} (${path}): ${why}`),
    );
}
