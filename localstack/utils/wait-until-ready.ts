import { waitUntil } from '../../test/support/wait-until.ts';

const askMsMax = 5_000;
/** Milliseconds: 2 to 8 s are usual; the rest is for a machine that does other work. */
const readyMsMax = 120_000;

export interface ReadyOptions {
  readonly timeoutMs?: number;
  /** Gives the reason why waiting is in vain, undefined as long as it is not. */
  readonly hasEnded?: () => string | undefined;
}

/**
 * Waits until a LocalStack answers and its DynamoDB too: that is the part which fails late and silently, when its Java
 * does not work.
 * @throws when it ends first, or does not answer in time
 */
export async function waitUntilReady(url: string, options: ReadyOptions = {}): Promise<void> {
  const { timeoutMs = readyMsMax, hasEnded = () => undefined } = options;
  let ended: string | undefined;
  const whenTrue = (probe: () => Promise<boolean>) => async () => {
    ended = hasEnded();
    return ended !== undefined || (await probe()) ? true : undefined;
  };
  await waitUntil(
    `LocalStack answers at ${url}`,
    whenTrue(() => isHealthy(url)),
    timeoutMs,
  );
  if (ended !== undefined) throw new Error(ended);
  await waitUntil(
    `the DynamoDB of LocalStack answers at ${url}`,
    whenTrue(() => listsTables(url)),
    timeoutMs,
  );
  if (ended !== undefined) throw new Error(ended);
}

/** Whether a LocalStack answers at `url` now. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_localstack/health`, { signal: AbortSignal.timeout(askMsMax) });
    return answer.ok && typeof ((await answer.json()) as { services?: unknown }).services === 'object';
  } catch {
    return false;
  }
}

/** The first call starts DynamoDB Local, which takes some seconds. */
async function listsTables(url: string): Promise<boolean> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request',
    },
    body: '{}',
    signal: AbortSignal.timeout(60_000),
  });
  return answer.ok;
}
