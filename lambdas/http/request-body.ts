import { parseRecordsBody } from '../domain/json/json-body.ts';
import { Problem } from '../domain/problem.ts';
import type { Validator } from '../generated/request-validators.js';
import { schemaProblem } from './schema-problem.ts';

/**
 * The JSON body of a control or query call, whatever its Content-Type. Whole numbers beyond 2^53 are bigints.
 * @throws Problem `invalid_body`, or one that names the place that is not as the schema wants it
 */
export function readBody<T>(isValid: Validator<T>, body: string): T {
  if (body.trim() === '') throw new Problem('invalid_body', 'The body is empty; a JSON object is wanted.');
  const data = parseRecordsBody(body, true);
  if (isValid(data)) return data;
  const [error] = isValid.errors ?? [];
  throw error ? schemaProblem(error, data) : new Error('a validator refused a body and said nothing');
}
