import { fileURLToPath } from 'node:url';
import { createConfig, lint, lintFromString } from '@redocly/openapi-core';

/**
 * Redocly's recommended rules, every warning an error, and more of its rules that this document keeps. What is off, and
 * why:
 * - `operation-4xx-response`: health and the document itself refuse nobody; that all others list their refusals is held
 *   by openapi.test.ts.
 * - `no-required-schema-properties-undefined`: it knows properties of the same schema only, and takes the `required` of a
 *   `then` for one of properties that nobody described. ajv, which compiles every schema here, knows better.
 * - `no-ambiguous-paths`: `/v1/{database_id}/query` is the original's oldest query route; where two paths fit, the one that
 *   is literal for longer is meant, as in the route table.
 */
const rules = {
  'no-ambiguous-paths': 'off',
  'operation-4xx-response': 'off',
  'no-required-schema-properties-undefined': 'off',
  'operation-tag-defined': 'error',
  'operation-singular-tag': 'error',
  'path-params-defined': 'error',
  'array-parameter-serialization': 'error',
  'component-name-unique': 'error',
} as const;

const document = fileURLToPath(new URL('../../schemas/openapi.yaml', import.meta.url));

/** What the linter finds in `schemas/openapi.yaml`, or in this text in its place: rule, place, words. */
export async function openApiFindings(text?: string): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['recommended'], rules });
  const found =
    text === undefined
      ? await lint({ ref: document, config })
      : await lintFromString({ source: text, absoluteRef: document, config });
  return found.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer ?? '#'}: ${message}`);
}
