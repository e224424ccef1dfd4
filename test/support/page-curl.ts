import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expectContract } from './http-client.ts';
import { readFixtureText } from './read-fixture.ts';

const run = promisify(execFile);

export interface CurlAnswer<T = unknown> {
  readonly status: number;
  readonly text: string;
  readonly body: T;
}

/** The three hosts of the original service; ours is one. */
const hosts = /https:\/\/(?:id|api|data)\.(?:molecula\.cloud|featurebase\.com)/g;
const placeholder = /<[A-Za-z][A-Za-z_ -]*>/;

/**
 * A curl command of a documentation page as a reader would paste it: host swapped, `<placeholders>` filled in, nothing
 * else touched.
 * @param page path under `test/fixtures/pages`
 * @param values by placeholder without its angle brackets; one left open is an error
 */
export function pageCommand(page: string, baseUrl: string, values: Readonly<Record<string, string>>): string {
  let command = readFixtureText(`pages/${page}`).trim().replaceAll(hosts, baseUrl);
  for (const [name, value] of Object.entries(values)) command = command.replaceAll(`<${name}>`, value);
  const open = placeholder.exec(command);
  if (open !== null) throw new Error(`${page} still has the placeholder ${open[0]}`);
  return command;
}

/** Runs a pasted command with `curl`, or, where there is none, the same request with `fetch`. */
export async function runCurl<T = unknown>(command: string): Promise<CurlAnswer<T>> {
  const [program, ...flags] = shellWords(command);
  if (program !== 'curl') throw new Error(`not a curl command: ${program}`);
  try {
    const extra = ['--silent', '--show-error', '--max-time', '60', '--write-out', '\n%{http_code} %{content_type}'];
    const { stdout } = await run('curl', [...flags, ...extra], { maxBuffer: 64_000_000 });
    const cut = stdout.lastIndexOf('\n');
    const [status = '', ...contentType] = stdout.slice(cut + 1).split(' ');
    return answer<T>(flags, Number(status), contentType.join(' '), stdout.slice(0, cut));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return runFetch<T>(flags);
  }
}

/** Feeds `text` to a pipeline of the pages' shell scripts and gives what it prints, line by line. */
export async function shellExtract(text: string, pipeline: string): Promise<string[]> {
  const child = run('sh', ['-c', pipeline]);
  child.child.stdin!.end(text);
  const { stdout } = await child;
  return stdout.split('\n').filter((line) => line !== '');
}

/**
 * The pipeline that quick starts and deployment scripts in the field use to take a string value out of an answer. Its
 * grep reads to the last `",` of a line (GNU) or to the first one (BSD), so it works only where each key has a line of
 * its own and is not the last of its object.
 */
export function extractionPipeline(key: string): string {
  return `grep -Eo '"${key}":.*?[^\\]",' | sed -e 's/[", :]*//g' | sed -e 's/^${key}//'`;
}

async function runFetch<T>(flags: readonly string[]): Promise<CurlAnswer<T>> {
  const headers = new Headers();
  let method = 'GET';
  let url = '';
  let data: string | undefined;
  for (let i = 0; i < flags.length; i++) {
    const flag = flags[i]!;
    if (flag === '--location') continue;
    if (!flag.startsWith('--')) url = flag;
    else {
      const value = flags[++i] ?? '';
      if (flag === '--request') method = value;
      else if (flag === '--data-raw') data = value;
      else if (flag === '--header')
        headers.append(value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1).trim());
      else throw new Error(`a flag that no page uses: ${flag}`);
    }
  }
  // What curl itself sends with data when no header says otherwise.
  if (data !== undefined && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded');
  const response = await fetch(url, {
    method,
    headers,
    ...(data === undefined ? {} : { body: new TextEncoder().encode(data) }),
  });
  return answer<T>(flags, response.status, response.headers.get('content-type') ?? '', await response.text());
}

/** Holds the exchange against the OpenAPI document, as the client of all other tests does. */
function answer<T>(flags: readonly string[], status: number, contentType: string, text: string): CurlAnswer<T> {
  const flagValue = (name: string) => flags[flags.indexOf(name) + 1];
  const url = flags.find((flag) => /^https?:/.test(flag))!;
  expectContract({
    baseUrl: new URL(url).origin,
    method: flags.includes('--request') ? flagValue('--request')! : flags.includes('--data-raw') ? 'POST' : 'GET',
    url,
    status,
    contentType: contentType || undefined,
    text,
  });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status, text, body: body as T };
}

/** Words of a command as a POSIX shell splits it: quotes, and a backslash before a line's end joins lines. */
function shellWords(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g);
  return Array.from(words, ([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double),
  );
}
