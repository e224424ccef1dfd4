/** How a LocalStack runs: in a container, or as processes of this machine. */
export type PlaceMode = 'docker' | 'host';

/** A LocalStack that answers, whoever started it. */
export interface LocalStackPlace {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The `AWS_*` variables with which SDKs and `cdk` reach it, and nothing else; see `client-environment.ts`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A LocalStack that was started here. */
export interface RunningLocalStack extends LocalStackPlace {
  readonly mode: PlaceMode;
  /** Why this mode, in words. */
  readonly why: string;
  /** LocalStack's own process; undefined in a container. */
  readonly pid: number | undefined;
  /** Where its log is: a file, or a command that prints it. */
  readonly log: string;
  /** The folder with one log file a function; undefined in a container, whose functions log to CloudWatch Logs alone. */
  readonly functionLogs: string | undefined;
  /**
   * Ends it with everything that it started, and waits until that is gone.
   * @throws when something would not end
   */
  stop(): Promise<void>;
}
