/** What a JSON schema says, as far as a type can say it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly examples?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

/**
 * A JSON schema as a TypeScript type. References to components become their names; what a type cannot say (patterns,
 * bounds, if and then) is left to the service. Lists are not readonly: openapi-fetch takes a readonly one for an object.
 * @param indent spaces before the line that the type begins on
 */
export function typeText(schema: JsonSchema, indent = 0): string {
  const { $ref, allOf = [], anyOf, oneOf } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  const choices = anyOf ?? oneOf;
  const parts = [
    ...allOf.map((part) => typeText(part, indent)),
    ...(choices === undefined ? [] : [`(${choices.map((choice) => typeText(choice, indent)).join(' | ')})`]),
  ];
  const own = ownType(schema, indent);
  if (own !== 'unknown' || parts.length === 0) parts.push(own);
  return parts.join(' & ');
}

const lineCharsMax = 120;

/** A comment above what it describes; nothing where there is nothing to say. */
export function docText(text: string | undefined, indent: number): string {
  if (text === undefined || text === '') return '';
  const margin = ' '.repeat(indent);
  const line = text.replaceAll(/\s+/g, ' ').trim().replaceAll('*/', '* /');
  if (line.length + indent <= lineCharsMax - '/**  */'.length) return `${margin}/** ${line} */\n`;
  // A line is as many words as fit.
  const room = lineCharsMax - indent - ' * '.length;
  const lines = line.match(new RegExp(`\\S.{0,${room - 1}}(?=\\s|$)`, 'g')) ?? [line];
  return `${margin}/**\n${lines.map((words) => `${margin} * ${words}\n`).join('')}${margin} */\n`;
}

/** A name as a key of an object type. */
export function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replaceAll("'", "\\'")}'`;
}

function ownType(schema: JsonSchema, indent: number): string {
  if ('const' in schema) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (schema.type === undefined) return schema.properties === undefined ? 'unknown' : objectType(schema, indent);
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return [...new Set(types.map((type) => ofType(type, schema, indent)))].join(' | ');
}

function ofType(type: string, schema: JsonSchema, indent: number): string {
  if (type === 'object') return objectType(schema, indent);
  if (type === 'array') {
    const item = typeText(schema.items ?? {}, indent);
    return /^\w+$/.test(item) ? `${item}[]` : `(${item})[]`;
  }
  if (type === 'integer') return 'number';
  return type;
}

function objectType(schema: JsonSchema, indent: number): string {
  const { properties, required = [], additionalProperties } = schema;
  const names = Object.keys(properties ?? {});
  if (names.length === 0) {
    const values = typeof additionalProperties === 'object' ? typeText(additionalProperties, indent) : 'unknown';
    return `Readonly<Record<string, ${values}>>`;
  }
  const lines = names.map((name) => {
    const property = properties![name]!;
    const mark = required.includes(name) ? '' : '?';
    const type = typeText(property, indent + 2);
    return `${docText(property.description, indent + 2)}${' '.repeat(indent + 2)}readonly ${keyText(name)}${mark}: ${type};\n`;
  });
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : String(value);
}
