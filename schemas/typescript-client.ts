import { bundleOpenApi } from './bundle-openapi.ts';
import { type DescribedContent, type DescribedOperation, describedOperations } from './described-operations.ts';
import { docText, type JsonSchema, keyText, typeText } from './typescript-type.ts';

/**
 * `clients/typescript/api.ts`: a type for each schema of the document, and `paths` in the form that openapi-fetch takes.
 * Printed here because openapi-typescript needs the compiler API of TypeScript 5, which TypeScript 7 does not have.
 */
export function clientTypes(): string {
  const document = bundleOpenApi();
  const schemas = Object.entries(document.components['schemas']!) as [string, JsonSchema][];
  const types = schemas.map(([name, schema]) => `${docText(schema.description, 0)}${declaration(name, schema)}`);
  const byPath = Map.groupBy(describedOperations(document), ({ path }) => path);
  return `// Generated from schemas/openapi.yaml by \`npm run generate\`.

${types.join('\n')}
/** Every route, as openapi-fetch wants it. */
export interface paths {
${[...byPath].map(([path, operations]) => pathText(path, operations)).join('')}}
`;
}

function declaration(name: string, schema: JsonSchema): string {
  const text = typeText(schema);
  return text.startsWith('{') && text.endsWith('}') && !text.includes('\n} ')
    ? `export interface ${name} ${text}\n`
    : `export type ${name} = ${text};\n`;
}

function pathText(path: string, operations: readonly DescribedOperation[]): string {
  return `  '${path}': {\n${operations.map(operationText).join('')}  };\n`;
}

function operationText(operation: DescribedOperation): string {
  const { method, summary, description, parameters, body, responses } = operation;
  const places = (['query', 'header', 'path'] as const).map((place) => {
    const those = parameters.filter((parameter) => parameter.in === place);
    const schema: JsonSchema = {
      type: 'object',
      properties: Object.fromEntries(
        those.map(({ name, schema, description = '' }) => [name, { ...schema, description }]),
      ),
      required: those.filter(({ required }) => required).map(({ name }) => name),
    };
    const needed = those.some(({ required }) => required);
    return `        ${place}${needed ? '' : '?'}: ${those.length === 0 ? 'never' : typeText(schema, 8)};\n`;
  });
  const answers = Object.entries(responses).map(
    ([status, { content = {} }]) =>
      `        ${/^\d+$/.test(status) ? status : `'${status}'`}: {\n          content: ${contentText(content, 10)};\n        };\n`,
  );
  const text = description === undefined ? summary : `${summary}. ${description}`;
  return `${docText(text, 4)}    ${method.toLowerCase()}: {
      parameters: {
${places.join('')}      };
${body ? `      requestBody${body.required ? '' : '?'}: { content: ${contentText(body.content, 6)} };\n` : ''}      responses: {
${answers.join('')}      };
    };
`;
}

function contentText(content: Readonly<Record<string, DescribedContent>>, indent: number): string {
  const entries = Object.entries(content);
  if (entries.length === 0) return 'never';
  return `{ ${entries.map(([type, { schema }]) => `${keyText(type)}: ${typeText(schema, indent)}`).join('; ')} }`;
}
