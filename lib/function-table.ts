import { apiTimeoutMs, consumerTimeoutMs, queryStorageMegabytes } from '../lambdas/domain/limits.ts';

/**
 * The functions as data: `bin/build-functions.ts` bundles them from this table, the stacks make them from it.
 *
 * Each has its entry in `lambdas/handlers/<name>/aws.ts`, which becomes `<name>.mjs` in the folder of its asset. Memory
 * buys processor time: 1,769 MB are one whole virtual processor. New accounts allow 3,008 MB at most.
 */
export interface FunctionSpec {
  /** Folder below `dist/functions`. `duckdb` holds DuckDB's native binding and serves three functions. */
  readonly asset: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Size of `/tmp`. 512 MB cost nothing. */
  readonly temporaryMegabytes: number;
  readonly description: string;
}

const apiTimeoutSeconds = apiTimeoutMs / 1_000;
const freeTemporaryMegabytes = 512;
const memoryMegabytesMax = 3_008;

/** By name. The comment of each says why it is as large as it is. */
export const functionTable = {
  /** Signing in checks a password with scrypt, which is bound by its processor. */
  control: {
    asset: 'control',
    memoryMegabytes: 1_024,
    timeoutSeconds: apiTimeoutSeconds,
    temporaryMegabytes: freeTemporaryMegabytes,
    description: 'Tokens, databases, tables, sinks, receipts, rows by key; answers what no other function does',
  },
  /** Parses and maps bodies that inflate to 10 MiB: bound by its processor. */
  ingest: {
    asset: 'ingest',
    memoryMegabytes: 1_024,
    timeoutSeconds: apiTimeoutSeconds,
    temporaryMegabytes: freeTemporaryMegabytes,
    description: 'Takes records and answers once they are durable',
  },
  /** DuckDB may use 1 GB a query (`queryMemoryMegabytesMax`), beside the files it reads and spills in `/tmp`. */
  query: {
    asset: 'duckdb',
    memoryMegabytes: memoryMegabytesMax,
    timeoutSeconds: apiTimeoutSeconds,
    temporaryMegabytes: queryStorageMegabytes,
    description: 'Answers SQL and PQL',
  },
  /** One whole processor: it parses, merges and writes Parquet, one after the other. */
  consume: {
    asset: 'duckdb',
    memoryMegabytes: 1_769,
    timeoutSeconds: consumerTimeoutMs / 1_000,
    temporaryMegabytes: freeTemporaryMegabytes,
    description: 'Writes queued batches as rows and segments',
  },
  /** Takes bodies that inflate to 10 MiB apart, record by record, beside their texts. */
  'dead-letters': {
    asset: 'dead-letters',
    memoryMegabytes: 1_024,
    timeoutSeconds: 60,
    temporaryMegabytes: freeTemporaryMegabytes,
    description: 'Keeps batches that could not be written, in archive and quarantine',
  },
  /** Sorts and merges all segments of a table, in files where they outgrow the memory. Lambda's longest time. */
  compact: {
    asset: 'duckdb',
    memoryMegabytes: memoryMegabytesMax,
    timeoutSeconds: 15 * 60,
    temporaryMegabytes: 4_096,
    description: 'Merges small segments into large ones',
  },
  /** Reads archived bodies and queues them again, in turns; Lambda's longest time, so that a long replay is seldom cut. */
  replay: {
    asset: 'replay',
    memoryMegabytes: 1_024,
    timeoutSeconds: 15 * 60,
    temporaryMegabytes: freeTemporaryMegabytes,
    description: 'Sends stored records through their sinks once more',
  },
  setup: {
    asset: 'setup',
    memoryMegabytes: 1_024,
    timeoutSeconds: 60,
    temporaryMegabytes: freeTemporaryMegabytes,
    description: 'Makes the first administrator; an operator invokes it once',
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;

/** Name of a function: of its folder in `lambdas/handlers` too. */
export type FunctionName = keyof typeof functionTable;

/** All of them. */
export const functionNames = Object.keys(functionTable) as readonly FunctionName[];

/** The asset that has DuckDB's native binding: built for x86_64, because that is the binding which is tested here. */
export const nativeAsset = 'duckdb';
