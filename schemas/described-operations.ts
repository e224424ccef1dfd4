import type { OpenApiDocument } from './bundle-openapi.ts';
import type { JsonSchema } from './typescript-type.ts';

export interface DescribedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface DescribedContent {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface DescribedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly schema: JsonSchema; readonly description?: string }>>;
  readonly content?: Readonly<Record<string, DescribedContent>>;
}

/** An operation of the document with everything that it refers to in place, schemas apart. */
export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly deprecated: boolean;
  /** Taken without credentials. */
  readonly open: boolean;
  /** Those of the path first. */
  readonly parameters: readonly DescribedParameter[];
  readonly body?: { readonly required: boolean; readonly content: Readonly<Record<string, DescribedContent>> };
  /** By status: 200, 4XX. */
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}

interface RawOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** Every operation, in the order of the document. */
export function describedOperations(document: OpenApiDocument): readonly DescribedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const common = (item as { parameters?: readonly object[] }).parameters ?? [];
    return Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, raw]) => describe(document, method.toUpperCase(), path, common, raw as unknown as RawOperation));
  });
}

function describe(
  document: OpenApiDocument,
  method: string,
  path: string,
  common: readonly object[],
  raw: RawOperation,
): DescribedOperation {
  const { operationId, summary, description, requestBody, responses } = raw;
  const body = requestBody && resolved<NonNullable<DescribedOperation['body']>>(document, requestBody);
  return {
    method,
    path,
    operationId,
    tag: raw.tags[0]!,
    summary,
    ...(description !== undefined && { description }),
    deprecated: raw.deprecated === true,
    open: raw.security?.length === 0,
    parameters: [...common, ...(raw.parameters ?? [])].map((one) => resolved<DescribedParameter>(document, one)),
    ...(body && { body: { ...body, required: body.required === true } }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, one]) => [status, response(document, one)] as const),
    ),
  };
}

function response(document: OpenApiDocument, part: object): DescribedResponse {
  const { headers = {}, ...rest } = resolved<DescribedResponse>(document, part);
  const all = Object.entries(headers).map(
    ([name, one]) => [name, resolved<{ schema: JsonSchema; description?: string }>(document, one)] as const,
  );
  return { ...rest, ...(all.length > 0 && { headers: Object.fromEntries(all) }) };
}

function resolved<T>(document: OpenApiDocument, part: object): T {
  const { $ref: reference } = part as { readonly $ref?: string };
  if (reference === undefined) return part as T;
  const steps = reference.slice('#/'.length).split('/');
  return steps.reduce<unknown>((whole, step) => (whole as Record<string, unknown>)[step], document) as T;
}
