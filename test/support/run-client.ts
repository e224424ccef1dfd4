import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AcceptanceTarget } from './acceptance-target.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const timeoutMs = 110_000;

/** Where `npm run test:clients` has put the Python with `requests`. */
export function clientPython(): string {
  const python = process.env['HEADGATE_PYTHON'];
  if (!python) throw new Error('HEADGATE_PYTHON is not set: run this suite with npm run test:clients');
  return python;
}

/**
 * Runs a client as a program of its own: it learns from its environment where the product is and who signs in.
 * @param file from the repository's root
 * @param environment on top of that
 * @returns what it printed on standard output
 * @throws with all that it printed, unless it ends with 0 in time
 */
export function runClient(
  target: AcceptanceTarget,
  program: string,
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { url, username, password } = target;
  const place = { HEADGATE_URL: url, HEADGATE_USERNAME: username, HEADGATE_PASSWORD: password };
  return new Promise((resolve, reject) => {
    const child = spawn(program, [file], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...place, ...environment },
      timeout: timeoutMs,
    });
    let printed = '';
    let all = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      all += text;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${file} ended with ${code ?? signal}:\n${all}`));
    });
  });
}

/** Runs a client in Python whose last line is JSON. */
export async function runPython<T>(
  target: AcceptanceTarget,
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const printed = await runClient(target, clientPython(), file, environment);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as T;
}
