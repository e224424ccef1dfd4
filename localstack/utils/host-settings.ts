import { join } from 'node:path';
import type { HomeFolder } from './home-folder.ts';

export interface HostRun {
  readonly home: HomeFolder;
  readonly folder: string;
  readonly runId: string;
  readonly port: number;
  /** Full path of the node that runs the functions. */
  readonly node: string;
  /** Whether LocalStack ends with the process that starts it. */
  readonly tied: boolean;
}

/** Variables of this process that LocalStack gets too; everything else could change what it does. */
const inherited = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'DEBUG', 'LS_LOG'];

/** The whole environment of LocalStack in host mode; names are LocalStack's unless they begin with HEADGATE. */
export function hostEnvironment(
  { home, folder, runId, port, node, tied }: HostRun,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const kept = inherited.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]));
  return {
    ...Object.fromEntries(kept),
    // What only our plugin reads: see localstack/host/headgate_localstack/settings.py.
    HEADGATE_LOCALSTACK_RUN: runId,
    HEADGATE_LOCALSTACK_RUN_FOLDER: folder,
    HEADGATE_LOCALSTACK_NODE: node,
    HEADGATE_LOCALSTACK_TIED: tied ? '1' : '0',

    // Addresses. LOCALSTACK_HOST is what queue URLs and outputs carry; without `path`, queue URLs want a DNS name.
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    GATEWAY_SERVER: 'loopback',
    LOCALSTACK_HOST: `127.0.0.1:${port}`,
    SQS_ENDPOINT_STRATEGY: 'path',

    // Folders. In a container that looks like Docker, LocalStack would write below /var/lib without the first.
    OVERRIDE_IN_DOCKER: '0',
    FILESYSTEM_ROOT: join(folder, 'root'),
    // Under the name TMPDIR LocalStack warns that a setting of its own is deprecated.
    TEMP: join(folder, 'tmp'),
    XDG_CACHE_HOME: home.cache,
    // LocalStack would load settings of the user's own from ~/.localstack.
    CONFIG_DIR: join(folder, 'config'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',

    // No telemetry, no certificate to download, no DNS server.
    DISABLE_EVENTS: '1',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DNS_ADDRESS: '0',

    // Functions. Created means ready, as the deployment expects.
    LAMBDA_RUNTIME_EXECUTOR: 'process',
    LAMBDA_SYNCHRONOUS_CREATE: '1',
    // An idle process goes after this; ten minutes, the default, keep 90 MB a function for nothing between test suites.
    LAMBDA_KEEPALIVE_MS: '180000',
    // Seconds for an init; on a machine with two cores that deploys at the same time 20, the default, were not enough.
    LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT: '60',

    // Queues. Seconds between polls, and how far a poller backs off: by default 10 when idle and 60 after an error.
    LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC: '0.1',
    LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: '0.5',
    LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_ERROR_SEC: '2',
    // A thread that writes metrics nobody reads.
    SQS_DISABLE_CLOUDWATCH_METRICS: '1',

    // DynamoDB. The v2 providers bring streams without kinesis-mock, which would be downloaded.
    PROVIDER_OVERRIDE_DYNAMODB: 'v2',
    PROVIDER_OVERRIDE_DYNAMODBSTREAMS: 'v2',
    DYNAMODB_IN_MEMORY: '1',
    // Batches of large items run out of the 256 MB that are the default.
    DYNAMODB_HEAP_SIZE: '768m',
  };
}
