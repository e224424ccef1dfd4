import { loggedError } from './logged-error.ts';

/** Takes one fact: a code and its fields: ids, counts and causes, never payloads or secrets. */
export type Log = (code: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One line of JSON a fact on standard error, which Lambda sends to the log group. */
export const log: Log = (code, fields = {}) => {
  console.error(JSON.stringify({ at: new Date().toISOString(), code, ...fields }));
};

/** A listener that logs why something of `subsystem` failed. */
export function logFailure(subsystem: string): (id: string, cause: unknown) => void {
  return (id, cause) => log(`${subsystem}_failed`, { id, ...loggedError(cause) });
}
