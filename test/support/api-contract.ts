import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundleOpenApi } from '../../schemas/bundle-openapi.ts';
import { type DescribedOperation, describedOperations } from '../../schemas/described-operations.ts';

/** The OpenAPI document, and its schemas as validators. */
export const apiDocument = bundleOpenApi();

/** Its operations, with all that they refer to in place. */
export const apiOperations = describedOperations(apiDocument);

/** RFC 3339, section 5.6. */
const dateTime =
  /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

const ajv = new Ajv2020({ strict: false, formats: { 'date-time': dateTime } });
ajv.addSchema({ $id: 'api', ...apiDocument }, 'api');

/** What is wrong with `value` by the schema at a place of the document (`#/components/...`); '' when nothing is. */
export function schemaFault(place: string, value: unknown): string {
  const validate = ajv.getSchema(`api${place}`) ?? ajv.compile({ $ref: `api${place}` });
  return validate(value) === true ? '' : ajv.errorsText(validate.errors);
}

/** What is wrong with an answer by the document: its status must be listed, and its body of the schema given there. */
export function answerFault(operationId: string, status: number, body: unknown): string {
  const operation = apiOperations.find((one) => one.operationId === operationId);
  return operation ? bodyFault(operation, status, undefined, body) : `no operation ${operationId}`;
}

/** One request and its answer. */
export interface Exchanged {
  readonly method: string;
  /** Path from the root of the product, as it was sent, without a query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
  /** The request's body where it was text. */
  readonly sent?: string | undefined;
}

/**
 * What is wrong with an answer to a path and method of the document: its status and content type must be listed, its body
 * of the schema given there; and a request that succeeded must be one that the document allows. '' when nothing is, and
 * for paths and methods that the document does not have.
 */
export function exchangeFault({ method, path, status, contentType, text, sent }: Exchanged): string {
  const operation = operationAt(method, path);
  if (!operation) return '';
  const body = text === '' ? undefined : parsed(text);
  const answer = bodyFault(operation, status, contentType, body);
  if (answer !== '') return `${operation.operationId}, answer ${status}: ${answer}`;
  // A records call succeeds with records that it refuses one by one.
  const succeeded = status < 300 && !((body as { error_count?: number } | undefined)?.error_count ?? 0);
  const request = succeeded && sent !== undefined ? requestFault(operation, sent) : '';
  return request === '' ? '' : `${operation.operationId}, request that succeeded: ${request}`;
}

/** The operation that a request means. One slash at the end plays no part; of two paths, that which is literal for longer. */
export function operationAt(method: string, path: string): DescribedOperation | undefined {
  const steps = path.replace(/(?<=.)\/$/, '').split('/');
  return apiOperations
    .filter((operation) => operation.method === method && isPathOf(operation.path.split('/'), steps))
    .sort((a, b) => literalLength(b.path) - literalLength(a.path))[0];
}

function literalLength(path: string): number {
  const at = path.indexOf('{');
  return at < 0 ? path.length + 1 : at;
}

function isPathOf(template: readonly string[], steps: readonly string[]): boolean {
  return (
    template.length === steps.length &&
    template.every((part, i) => (part.startsWith('{') ? steps[i] !== '' : part === steps[i]))
  );
}

function bodyFault(operation: DescribedOperation, status: number, type: string | undefined, body: unknown): string {
  const { method, operationId, path, responses } = operation;
  const listed = [String(status), `${Math.floor(status / 100)}XX`].find((one) => one in responses);
  if (listed === undefined) return `${operationId} does not list status ${status}`;
  const { content } = responses[listed]!;
  if (content === undefined) return body === undefined ? '' : `${operationId} lists no body for status ${status}`;
  const types = Object.keys(content);
  const sent = type?.split(';')[0]?.trim();
  if (sent !== undefined && !types.includes(sent)) return `the content type is ${sent}, not ${types.join(' or ')}`;
  const ofType = sent ?? types[0]!;
  if (!/json$/.test(ofType)) return '';
  const { $ref: reference } = (
    apiDocument.paths[path]![method.toLowerCase()] as unknown as { responses: Record<string, { $ref?: string }> }
  ).responses[listed]!;
  const place = reference ?? `${operationPlace(operation)}/responses/${listed}`;
  return schemaFault(`${place}/content/${pointerStep(ofType)}/schema`, body);
}

/** A body is held against its schema whatever its content type says, as the product takes it. */
function requestFault(operation: DescribedOperation, sent: string): string {
  if (!operation.body || !('application/json' in operation.body.content)) return '';
  const { $ref: reference } = (
    apiDocument.paths[operation.path]![operation.method.toLowerCase()] as unknown as { requestBody: { $ref?: string } }
  ).requestBody;
  const place = reference ?? `${operationPlace(operation)}/requestBody`;
  return schemaFault(`${place}/content/${pointerStep('application/json')}/schema`, parsed(sent));
}

function operationPlace({ path, method }: DescribedOperation): string {
  return `#/paths/${pointerStep(path)}/${method.toLowerCase()}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pointerStep(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}
