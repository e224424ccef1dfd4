import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** All output is appended to this file. */
  readonly logFile?: string;
  /** Gets all output as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  /** The exit code; null after a signal or a timeout. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** The newest part of both output streams together. */
  readonly output: string;
}

/** Why a program ended with something else than 0; the message shows the end of its output. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

const keptChars = 20_000;
const shownLines = 40;
const killAfterMs = 5_000;

/**
 * Runs a program to its end.
 * @returns undefined when it could not be started at all
 */
export function tryCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult | undefined> {
  return new Promise((resolve) => {
    const { cwd, env, timeoutMs, logFile, onOutput } = options;
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
    });
    const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
      // What it started may hold the pipes open; nobody reads them any more.
      child.once('exit', () => child.stdout.destroy());
      child.once('exit', () => child.stderr.destroy());
    }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-keptChars);
        log?.write(text);
        onOutput?.(text);
      });
    }
    const settle = (result: CommandResult | undefined) => {
      clearTimeout(timer);
      if (log) log.end(() => resolve(result));
      else resolve(result);
    };
    child.once('error', () => settle(undefined));
    child.once('close', (code) => settle({ code: timedOut ? null : code, timedOut, output }));
  });
}

/**
 * Runs a program to its end and gives its output.
 * @param what the work in words, as the subject of an error message
 * @throws CommandFailed unless it ends with 0 in time
 */
export async function runCommand(
  what: string,
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const result = await tryCommand(command, args, options);
  if (result === undefined) throw new CommandFailed(`${what} failed: ${command} could not be started`);
  if (result.code === 0) return result.output;
  const how = result.timedOut ? `took more than ${options.timeoutMs / 1_000} s` : `ended with ${result.code}`;
  const more = options.logFile === undefined ? '' : `\nAll of it is in ${options.logFile}.`;
  throw new CommandFailed(`${what} failed: ${command} ${how}\n${lastLines(result.output)}${more}`);
}

/** The end of a text, for an error message. */
export function lastLines(text: string, count = shownLines): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
