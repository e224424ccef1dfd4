import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** An OpenAPI document, as far as we look into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const place = new URL('.', import.meta.url);

/** `openapi.yaml` as one document: references to the schema files of this folder are replaced by their contents. */
export function bundleOpenApi(): OpenApiDocument {
  return inlined(parse(readFileSync(new URL('openapi.yaml', place), 'utf8'))) as OpenApiDocument;
}

function inlined(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(inlined);
  if (typeof part !== 'object' || part === null) return part;
  const { $ref: reference } = part as { $ref?: unknown };
  if (typeof reference === 'string' && reference.endsWith('.schema.json')) return schemaFile(reference);
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inlined(value)]));
}

function schemaFile(reference: string): unknown {
  const { $schema: _, ...schema } = JSON.parse(readFileSync(new URL(reference, place), 'utf8')) as object & {
    $schema: string;
  };
  return withComponents(schema);
}

/**
 * Members of a schema file that say `x-component` have their type from a component of the document. The validator of the
 * body asks of them only what the file says: a reader of their own knows more of them than a schema can say.
 */
function withComponents(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withComponents);
  if (typeof part !== 'object' || part === null) return part;
  const { 'x-component': component, ...rest } = part as { 'x-component'?: string; type?: unknown };
  if (component !== undefined) {
    const { type, ...words } = rest;
    const reference = { $ref: `#/components/schemas/${component}` };
    return { ...words, anyOf: [reference, ...([type].flat().includes('null') ? [{ type: 'null' }] : [])] };
  }
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withComponents(value)]));
}
