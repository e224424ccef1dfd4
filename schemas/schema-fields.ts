import type { JsonSchema } from './typescript-type.ts';

/** One line of a table of fields. */
export interface SchemaField {
  /** With the names of what it stands in: `sink_details.table`, `records[].value`. */
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
  readonly meaning: string;
}

/** Every field of a schema, what nests in it included; references are types of their own and are not followed. */
export function schemaFields(schema: JsonSchema, prefix = ''): readonly SchemaField[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const field = {
      name: path,
      type: typeWords(property),
      needed: required.includes(name),
      meaning: [property.description, defaultWords(property)].filter(Boolean).join(' '),
    };
    const nested = property.items ? schemaFields(property.items, `${path}[].`) : schemaFields(property, `${path}.`);
    return [field, ...nested];
  });
}

/** What a schema takes, in a few words of Markdown, with links to the headings of the types that it refers to. */
export function typeWords(schema: JsonSchema): string {
  const { $ref, allOf, anyOf, oneOf, items } = schema;
  if ($ref !== undefined) return typeLink($ref);
  if (anyOf ?? oneOf) return (anyOf ?? oneOf)!.map(typeWords).join(' or ');
  if (allOf) return allOf.map(typeWords).join(' and ');
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const types = schema.type === undefined ? ['anything'] : [schema.type].flat();
  return types.map((type) => (type === 'array' && items ? `list of ${typeWords(items)}` : type)).join(' or ');
}

/** A link to the heading of a component by its reference. */
export function typeLink(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  return `[${name}](#type-${name.toLowerCase()})`;
}

function defaultWords({ default: value, minimum, maximum, format, pattern }: JsonSchema): string {
  const bounds = [
    minimum === undefined ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    format === undefined ? '' : `format ${format}`,
    pattern === undefined ? '' : `matches \`${pattern}\``,
    value === undefined ? '' : `\`${JSON.stringify(value)}\` if left out`,
  ].filter((words) => words !== '');
  return bounds.length === 0 ? '' : `(${bounds.join('; ')})`;
}
