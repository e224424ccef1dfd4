import { Readable } from 'node:stream';
import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';

export type MemoryItem = Record<string, AttributeValue>;

/** A request as it reached the service. */
export interface DynamoCall {
  /** `PutItem`, `BatchGetItem` ... */
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: the inputs of all operations
  readonly input: any;
  /** Does what is asked. @returns the answer; throws `DynamoError` */
  // biome-ignore lint/suspicious/noExplicitAny: the answers of all operations
  apply(): any;
}

export interface MemoryDynamo {
  /** By table name, then by the text of `_id`. */
  readonly tables: Map<string, Map<string, MemoryItem>>;
  /** Operations in the order they came in. */
  readonly calls: string[];
  /** A client whose requests go through `intercept`, which may fail, lose or change each. No waits between attempts. */
  client(intercept?: (call: DynamoCall) => unknown): DynamoDBClient;
}

/** An answer that says what is wrong. */
export class DynamoError extends Error {
  override readonly name: string;
  readonly status: number;
  constructor(name: string, status = 400, message = `planted: ${name}`) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** What a client sees when the connection breaks before the answer came. */
export class AnswerLost extends Error {
  readonly code = 'ECONNRESET';
}

/** Bytes of an item at most, counted roughly. */
const itemBytesMax = 409_600;

/**
 * The part of DynamoDB that the row store writes and reads with, in memory, behind a real client: requests and answers
 * are JSON as on the wire. Statements are understood as far as the row store says them.
 */
export function makeMemoryDynamo(): MemoryDynamo {
  const tables: MemoryDynamo['tables'] = new Map();
  const calls: string[] = [];

  function tableOf(name: string): Map<string, MemoryItem> {
    const table = tables.get(name);
    if (!table) throw new DynamoError('ResourceNotFoundException');
    return table;
  }

  function put(tableName: string, item: MemoryItem, expected: string | undefined): void {
    const table = tableOf(tableName);
    const key = keyText(item['_id']!);
    if (table.get(key)?.['_v']?.S !== expected) throw new DynamoError('ConditionalCheckFailedException');
    if (JSON.stringify(item).length > itemBytesMax) {
      throw new DynamoError('ValidationException', 400, 'Item size has exceeded the maximum allowed size');
    }
    table.set(key, item);
  }

  function execute({ Statement, Parameters }: { Statement: string; Parameters: AttributeValue[] }): void {
    const tableName = /"([^"]+)"/.exec(Statement)![1]!;
    if (Statement.startsWith('INSERT')) {
      const names = [...Statement.matchAll(/'([^']+)':\?/g)].map(([, name]) => name!);
      put(tableName, Object.fromEntries(names.map((name, i) => [name, Parameters[i]!])), undefined);
      return;
    }
    const [key, versions] = Parameters.slice(-2) as [AttributeValue, AttributeValue];
    const before = tableOf(tableName).get(keyText(key));
    if (!before) throw new DynamoError('ConditionalCheckFailedException');
    const item = { ...before };
    [...Statement.matchAll(/SET "([^"]+)"=\?/g)].forEach(([, name], i) => {
      item[name!] = Parameters[i]!;
    });
    for (const [, name] of Statement.matchAll(/REMOVE "([^"]+)"/g)) delete item[name!];
    put(tableName, item, versions.S);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the inputs of all operations
  function apply(operation: string, input: any): unknown {
    switch (operation) {
      case 'PutItem':
        put(input.TableName, input.Item, input.ExpressionAttributeValues?.[':v'].S);
        return {};
      case 'BatchExecuteStatement':
        return { Responses: input.Statements.map((statement: never) => answerOf(() => execute(statement))) };
      case 'BatchGetItem': {
        const [[name, { Keys }]] = Object.entries(input.RequestItems) as [[string, { Keys: MemoryItem[] }]];
        const table = tableOf(name);
        const found = Keys.map(({ _id }) => table.get(keyText(_id!))).filter((item) => item !== undefined);
        return { Responses: { [name]: found.reverse() }, UnprocessedKeys: {} };
      }
      case 'Scan':
        return { Items: [...tableOf(input.TableName).values()] };
      default:
        throw new DynamoError('UnknownOperationException');
    }
  }

  return {
    tables,
    calls,
    client: (intercept = ({ apply: run }) => run()) =>
      memoryClient((operation, input) => {
        calls.push(operation);
        return intercept({ operation, input, apply: () => apply(operation, input) });
      }),
  };
}

function answerOf(run: () => void): unknown {
  try {
    run();
    return {};
  } catch (error) {
    const { name, message } = error as DynamoError;
    const Code = name.replace('Exception', name.startsWith('Validation') ? 'Error' : '');
    return { Error: { Code, Message: message } };
  }
}

function keyText({ N, S }: AttributeValue): string {
  return N === undefined ? `S ${S}` : `N ${N}`;
}

/** Attempts of one call that the client makes before it rejects. */
export const clientAttemptsMax = 3;

// biome-ignore lint/suspicious/noExplicitAny: the inputs of all operations
function memoryClient(answer: (operation: string, input: any) => unknown): DynamoDBClient {
  return new DynamoDBClient({
    region: 'us-east-1',
    endpoint: 'http://memory.invalid',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    retryStrategy: impatientRetries(),
    requestHandler: {
      async handle(request: { headers: Record<string, string>; body: Uint8Array }) {
        const operation = request.headers['x-amz-target']!.split('.')[1]!;
        const [statusCode, body] = await httpAnswer(() =>
          answer(operation, JSON.parse(new TextDecoder().decode(request.body))),
        );
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        return { response: { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) } };
      },
    } as never,
  });
}

async function httpAnswer(run: () => unknown): Promise<[status: number, body: unknown]> {
  try {
    return [200, await run()];
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error;
    return [error.status, { __type: `com.amazonaws.dynamodb.v20120810#${error.name}`, message: error.message }];
  }
}

/** Retries what the SDK does, but at once. */
export function impatientRetries() {
  const token = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
  return {
    acquireInitialRetryToken: async () => token(0),
    async refreshRetryTokenForRetry(last: { getRetryCount(): number }, { errorType }: { errorType: string }) {
      const count = last.getRetryCount() + 1;
      if (errorType === 'CLIENT_ERROR' || count >= clientAttemptsMax) throw new Error('no more attempts');
      return token(count);
    },
    recordSuccess() {},
  };
}
