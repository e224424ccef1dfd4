import { routes } from '../lambdas/http/route-table.ts';
import { bundleOpenApi } from './bundle-openapi.ts';
import { type DescribedOperation, type DescribedResponse, describedOperations } from './described-operations.ts';
import { schemaFields, typeWords } from './schema-fields.ts';
import type { JsonSchema } from './typescript-type.ts';

/** `docs/api.md`: every operation of the OpenAPI document, and the types that they take and give. */
export function apiPage(): string {
  const document = bundleOpenApi();
  const { tags } = document as unknown as { tags: readonly { name: string; description: string }[] };
  const operations = describedOperations(document);
  const sections = tags.map(({ name, description }) => {
    const those = operations.filter(({ tag }) => tag === name);
    return `## ${name}\n\n${description}.\n\n${those.map(operationText).join('\n')}`;
  });
  const schemas = Object.entries(document.components['schemas'] as Record<string, JsonSchema>);
  const contents = tags.map(({ name }) => `[${name}](#${name.toLowerCase().replaceAll(' ', '-')})`).join(' · ');
  return `# API

Every route, from [\`schemas/openapi.yaml\`](../schemas/openapi.yaml), which \`GET /openapi.json\` answers too; written by
\`npm run generate\`. What a caller must be allowed to do stands behind each route: the verbs are those of roles, keys and
tokens ([decision 14](decisions/0014-who-asks-and-what-they-may.md)). Refusals have the form of [Problem](#type-problem);
reasons for refused records are in [reasons](reasons.md), limits in [limits](limits.md). Where a quota bounds a call, its
answer has the headers \`RateLimit-Limit\`, \`-Remaining\`, \`-Reset\` and \`-Policy\`; every answer has
\`X-Headgate-Request-Id\`, which the log names too.

${contents} · [Types](#types)

${sections.join('\n')}
## Types

${schemas.map(([name, schema]) => schemaText(name, schema)).join('\n')}`;
}

function operationText(operation: DescribedOperation): string {
  const { method, path, operationId, summary, description, deprecated, parameters, body, responses } = operation;
  const verb = routes.find((route) => route.operation === operationId)?.verb;
  const needs = verb === 'open' ? 'no credentials' : verb === 'any' ? 'any credentials' : `needs \`${verb}\``;
  const parts = [
    `### ${summary}`,
    `\`${method} ${path}\` · \`${operationId}\` · ${needs}${deprecated ? ' · deprecated' : ''}`,
    description ?? '',
    parametersText(parameters),
    body === undefined ? '' : bodyText(body),
    answersText(responses),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function parametersText(parameters: DescribedOperation['parameters']): string {
  const lines = parameters.map(({ name, in: place, required, schema, description = '' }) => {
    const [field] = schemaFields({ properties: { [name]: { description, ...schema } } });
    return row([`\`${name}\``, place, field!.type, required ? 'yes' : '', field!.meaning || description]);
  });
  return lines.length === 0 ? '' : table(['parameter', 'in', 'type', 'needed', 'meaning'], lines);
}

function bodyText(body: NonNullable<DescribedOperation['body']>): string {
  return Object.entries(body.content)
    .map(([type, { schema, example }]) => {
      const shown = example === undefined ? '' : `, as in \`${example}\``;
      return `Body: ${typeWords(schema)} (\`${type}\`)${shown}.`;
    })
    .join('\n');
}

/** The page tells of these once. */
const everywhere = /^(RateLimit-|X-Headgate-Request-Id$)/;

function answersText(responses: Readonly<Record<string, DescribedResponse>>): string {
  const same = Map.groupBy(Object.entries(responses), ([, response]) => JSON.stringify(response));
  const lines = [...same.values()].map((those) => {
    const statuses = those.map(([status]) => status).join(', ');
    const { description, content = {}, headers = {} } = those[0]![1];
    const schemas = new Set(Object.values(content).map(({ schema }) => answerWords(schema)));
    const names = Object.keys(headers).filter((name) => !everywhere.test(name));
    return row([statuses, description, [...schemas].join(' or '), names.map((name) => `\`${name}\``).join(', ')]);
  });
  return table(['answer', 'meaning', 'body', 'headers'], lines);
}

/** A page of things has its own fields in the answer. */
function answerWords(schema: JsonSchema): string {
  const fields = schemaFields(schema);
  if (schema.$ref !== undefined || fields.length === 0) return typeWords(schema);
  return fields.map(({ name, type }) => `\`${name}\`: ${type}`).join('; ');
}

function schemaText(name: string, schema: JsonSchema): string {
  const lines = schemaFields(schema).map((field) =>
    row([`\`${field.name}\``, field.type, field.needed ? 'yes' : '', field.meaning]),
  );
  const whole = lines.length === 0 || schema.allOf ? `Is ${typeWords(schema)}.` : '';
  const examples = (schema.examples ?? []).map((example) => `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``);
  const parts = [
    `### Type ${name}`,
    schema.description ?? '',
    whole,
    lines.length === 0 ? '' : table(['field', 'type', 'always', 'meaning'], lines),
    ...examples,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function table(headings: readonly string[], lines: readonly string[]): string {
  return [row(headings), row(headings.map(() => '---')), ...lines].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
}
