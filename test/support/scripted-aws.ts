import type { RetryPause } from '../../lambdas/adapters/aws/jittered-pause.ts';

/** One attempt of the SDK at a service. */
export interface Attempt {
  /** `PutItem`, `GetObject` ... */
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: the inputs of all operations
  readonly input: any;
}

/** What answers in the service's place: the output, or an error that is thrown. */
export type Script = (attempt: Attempt) => unknown;

/** What every SDK client has of use here; the SDK's own types name each operation. */
interface AnyClient {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

/** Configuration of a client that reaches nobody. */
export const nowhere = {
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:9',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
};

/**
 * Puts a script in the place of the service behind a client. It stands where each attempt leaves the SDK, so that the
 * SDK's own retries, tokens and timeouts are at work.
 * @returns the attempts so far
 */
export function scriptService(client: AnyClient, script: Script): Attempt[] {
  const attempts: Attempt[] = [];
  interceptAttempts(client, async (attempt) => {
    // The SDK's paginators go on using one input.
    attempts.push(structuredClone(attempt));
    return { output: { $metadata: {}, ...((await script(attempt)) as object) }, response: {} };
  });
  return attempts;
}

/** Runs `intercept` for each attempt; `proceed` sends it to the service. */
export function interceptAttempts(
  client: AnyClient,
  intercept: (attempt: Attempt, proceed: () => Promise<unknown>) => Promise<unknown>,
): void {
  const middleware =
    (next: (args: { input: unknown }) => Promise<unknown>, context: { commandName: string }) =>
    (args: { input: unknown }) =>
      intercept({ operation: context.commandName.replace(/Command$/, ''), input: args.input }, () => next(args));
  const options = { step: 'finalizeRequest', priority: 'low', name: 'interceptAttempts' };
  client.middlewareStack.add(middleware as never, options as never);
}

/** An error as a service answers it. */
export function serviceError(name: string, status: number): Error {
  return Object.assign(new Error(`planted: ${name}`), {
    name,
    $fault: 'server',
    $metadata: { httpStatusCode: status },
  });
}

/** What a client sees when a connection breaks, before or after the service did what it was asked. */
export function connectionLost(): Error {
  return Object.assign(new Error('planted: connection lost'), { code: 'ECONNRESET' });
}

/** Answers one after the other, then the last one for good; an error is thrown. */
export function inTurn(...answers: readonly unknown[]): Script {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

/** Pauses that take no time. @returns the pause, and the numbers it was called with */
export function makeCountedPause(): { readonly pause: RetryPause; readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    pause: async (attempt) => {
      pauses.push(attempt);
    },
  };
}
