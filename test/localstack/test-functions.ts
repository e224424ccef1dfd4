import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  LogType,
} from '@aws-sdk/client-lambda';
import { region } from '../../localstack/utils/client-environment.ts';
import type { LocalStackPlace } from '../../localstack/utils/place.ts';
import { makeZip } from './make-zip.ts';

export interface Invoked<T> {
  readonly result: T;
  /** Set when the function failed. */
  readonly error: string | undefined;
  /** The end of its log, at most 4 KB. */
  readonly log: string;
}

export interface FailedResult {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Makes functions out of a few lines of code, and calls them. */
export interface TestFunctions {
  /**
   * @param code a module that exports `handler`
   * @returns why it cannot be called; undefined when it can
   */
  create(
    name: string,
    code: string,
    options?: { timeoutS?: number; memoryMb?: number; runtime?: string },
  ): Promise<string | undefined>;
  invoke<T>(name: string, payload?: unknown): Promise<Invoked<T>>;
  remove(name: string): Promise<void>;
  close(): void;
}

export function makeTestFunctions(place: LocalStackPlace): TestFunctions {
  const client = new LambdaClient({
    endpoint: place.url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    // A second try would hide what the first one met.
    maxAttempts: 1,
  });
  return {
    async create(name, code, { timeoutS = 10, memoryMb = 128, runtime = 'nodejs24.x' } = {}) {
      await client.send(
        new CreateFunctionCommand({
          FunctionName: name,
          // LocalStack may know runtimes that the SDK does not, and the other way round.
          Runtime: runtime as 'nodejs24.x',
          Role: 'arn:aws:iam::000000000000:role/test',
          Handler: 'index.handler',
          Code: { ZipFile: makeZip({ 'index.mjs': code }) },
          Timeout: timeoutS,
          MemorySize: memoryMb,
        }),
      );
      const made = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      const { State: state, StateReason: reason } = made;
      return state === 'Active' ? undefined : `${state}: ${reason}`;
    },
    async invoke<T>(name: string, payload: unknown = {}) {
      const answer = await client.send(
        new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(payload)), LogType: LogType.Tail }),
      );
      return {
        result: JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8')) as T,
        error: answer.FunctionError,
        log: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
      };
    },
    async remove(name) {
      await client.send(new DeleteFunctionCommand({ FunctionName: name }));
    },
    close: () => client.destroy(),
  };
}
