import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundleOpenApi } from '../../schemas/bundle-openapi.ts';

/** The OpenAPI document, and its schemas as validators. */
export const apiDocument = bundleOpenApi();

const ajv = new Ajv2020({ strict: false });
ajv.addSchema({ $id: 'api', ...apiDocument }, 'api');

/** What is wrong with `value` by the schema at a place of the document (`#/components/...`); '' when nothing is. */
export function schemaFault(place: string, value: unknown): string {
  const validate = ajv.getSchema(`api${place}`) ?? ajv.compile({ $ref: `api${place}` });
  return validate(value) === true ? '' : ajv.errorsText(validate.errors);
}

/** What is wrong with an answer by the document: its status must be listed, and its body of the schema given there. */
export function answerFault(operationId: string, status: number, body: unknown): string {
  const found = Object.entries(apiDocument.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      operation.operationId === operationId ? [{ place: `#/paths/${pointerStep(path)}/${method}`, operation }] : [],
    ),
  )[0];
  if (!found) return `no operation ${operationId}`;
  const listed = [String(status), `${Math.floor(status / 100)}XX`].find((one) => one in found.operation.responses);
  if (listed === undefined) return `${operationId} does not list status ${status}`;
  const { $ref: reference } = found.operation.responses[listed] as { $ref?: string };
  const response = reference ?? `${found.place}/responses/${listed}`;
  return schemaFault(`${response}/content/application~1json/schema`, body);
}

function pointerStep(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}
