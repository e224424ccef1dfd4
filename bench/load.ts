import { openLoadConnection } from './load-connection.ts';
import { requestTemplate, setKeys } from './record-bodies.ts';

/** What one run of the load generator is to do; given as JSON in the first argument. */
export interface LoadPlan {
  readonly url: string;
  readonly path: string;
  readonly authorization: string;
  readonly connections: number;
  readonly recordsPerPost: number;
  readonly seconds: number;
  /** Number of the first key in the sequence; the run uses the ones after it. */
  readonly firstKey: number;
}

/** What it found; printed as one line of JSON. */
export interface LoadResult {
  readonly records: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Receipts of the last POSTs of each connection: more than all flushes that may still be under way hold. */
  readonly lastReceipts: readonly string[];
  /** Milliseconds since 1970 of the last acknowledgement. */
  readonly lastAckAt: number;
}

/** Flushes of several threads end in any order: these are, over all connections, more batches than they take at once. */
const receiptsKeptPerConnection = 64;
/** Requests of one connection, used in turn, so that rows do not all say the same. */
const templatesPerConnection = 8;

/** Sends as fast as answers come back, one POST at a time on each connection. Any refusal ends the run. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const { host } = new URL(plan.url);
  const head = [
    `POST ${plan.path} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: ${plan.authorization}`,
    'Content-Type: application/json',
  ];
  const latencies: number[] = [];
  let nextKey = plan.firstKey;
  let lastAckAt = 0;
  const workers = await Promise.all(
    Array.from({ length: plan.connections }, async (_, c) => ({
      connection: await openLoadConnection(plan.url),
      templates: Array.from({ length: templatesPerConnection }, (_unused, t) =>
        requestTemplate(head, plan.recordsPerPost, c * templatesPerConnection + t),
      ),
    })),
  );
  const started = performance.now();
  const deadline = started + plan.seconds * 1_000;
  const lastReceipts = await Promise.all(
    workers.map(async ({ connection, templates }) => {
      const receipts: string[] = [];
      for (let turn = 0; performance.now() < deadline; turn++) {
        const template = templates[turn % templates.length]!;
        setKeys(template, nextKey);
        nextKey += plan.recordsPerPost;
        const sentAt = performance.now();
        const answer = await connection.send(template.bytes);
        if (answer.status !== 200 || !answer.body.includes('"error_count":0'))
          throw new Error(`HTTP ${answer.status}: ${answer.body.slice(0, 500)}`);
        latencies.push(performance.now() - sentAt);
        lastAckAt = Date.now();
        if (answer.receipt !== undefined) receipts.push(answer.receipt);
      }
      connection.close();
      return receipts.slice(-receiptsKeptPerConnection);
    }),
  );
  latencies.sort((a, b) => a - b);
  const quantile = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? 0;
  return {
    records: nextKey - plan.firstKey,
    seconds: (performance.now() - started) / 1_000,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    lastReceipts: lastReceipts.flat(),
    lastAckAt,
  };
}

if (import.meta.main) {
  const result = await runLoad(JSON.parse(process.argv[2] ?? '{}') as LoadPlan);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
