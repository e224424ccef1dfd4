import { parseRfc3339 } from '../../domain/coercion/rfc3339.ts';
import { Problem } from '../../domain/problem.ts';

/**
 * A time that a client sent as a parameter, in milliseconds since 1970; parts of one are cut off.
 * @throws Problem that names the parameter
 */
export function timeParameter(parameter: string, text: string): number {
  const instant = parseRfc3339(text);
  if (instant) return instant.seconds * 1_000 + Math.floor(instant.nanos / 1e6);
  throw new Problem('invalid_parameter', `${parameter} is an RFC 3339 time like 2026-11-24T09:00:00Z.`, { parameter });
}
