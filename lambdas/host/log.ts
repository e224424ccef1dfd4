/** One line of JSON a fact, on standard error. Callers pass ids, counts and causes, never payloads or secrets. */
export function log(code: string, fields: Readonly<Record<string, unknown>> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), code, ...fields })}\n`);
}

/** A listener that logs why something of `subsystem` failed. */
export function logFailure(subsystem: string): (id: string, cause: unknown) => void {
  return (id, cause) => {
    const { name, message, stack } = cause instanceof Error ? cause : new Error(String(cause));
    log(`${subsystem}_failed`, { id, cause: `${name}: ${message}`, stack: stack?.split('\n').slice(1, 6) });
  };
}
