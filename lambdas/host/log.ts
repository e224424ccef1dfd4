import { type Log, logToStandardError } from '../http/handler-ports.ts';
import { loggedError } from '../http/logged-error.ts';

/** One line of JSON a fact. Callers pass ids, counts and causes, never payloads or secrets. */
export const log: Log = logToStandardError;

/** A listener that logs why something of `subsystem` failed. */
export function logFailure(subsystem: string): (id: string, cause: unknown) => void {
  return (id, cause) => log(`${subsystem}_failed`, { id, ...loggedError(cause) });
}
