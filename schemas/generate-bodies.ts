import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

/** Schemas of the bodies that are validated as a whole. Records are not: the compiled mapping checks each of them. */
const names = [
  'sign-in',
  'v1-create-deployment',
  'v1-create-table',
  'v1-create-sink',
  'v1-put-deployment',
  'v2-create-database',
  'v2-create-table',
  'v2-put-database',
  'v2-put-table',
  'v2-create-column',
  'v2-create-sink',
  'v2-quota',
  'v1-sink-schema',
  'v2-sink-schema',
  'v2-edit-quarantined',
  'v2-replay',
  'v2-accept-invite',
  'v2-invite',
  'v2-user',
  'v2-password',
  'v2-create-key',
  'v2-key',
  'query',
] as const;

interface TitledSchema {
  readonly title: string;
  readonly examples?: readonly unknown[];
}

/** Types of the request bodies, and validators that need nothing at run time, by file name. */
export async function requestBodyModules(): Promise<ReadonlyMap<string, string>> {
  const schemas = names.map(schemaOf);
  return new Map([
    ['request-bodies.ts', await typesModule(schemas)],
    ['request-validators.js', validatorsModule(schemas)],
    ['request-validators.d.ts', declarations(schemas)],
  ]);
}

function schemaOf(name: string): TitledSchema {
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, import.meta.url), 'utf8')) as TitledSchema;
}

async function typesModule(schemas: readonly TitledSchema[]): Promise<string> {
  const options = { bannerComment: '', additionalProperties: false, enableConstEnums: false } as const;
  const types = schemas.map((schema) => compile(schema as JSONSchema, schema.title, options));
  return `// Generated from schemas/*.schema.json by \`npm run generate\`.\n\n${(await Promise.all(types)).join('\n')}`;
}

/** ESM without imports: the schemas use no keyword whose code asks for one of ajv's run-time modules. */
function validatorsModule(schemas: readonly TitledSchema[]): string {
  const ajv = new Ajv2020({ allowUnionTypes: true, code: { source: true, esm: true, lines: true } });
  ajv.addKeyword('x-component');
  // Examples are for readers, and ajv would carry them into the code.
  for (const { examples: _, ...schema } of schemas) ajv.addSchema(schema, schema.title);
  const exported = Object.fromEntries(schemas.map(({ title }) => [`is${title}`, title]));
  const code = standalone.default(ajv, exported);
  if (/\brequire\(|^import /m.test(code)) throw new Error('a validator would import from ajv: use another keyword');
  return `// Generated from schemas/*.schema.json by \`npm run generate\`.\n${code}\n`;
}

function declarations(schemas: readonly TitledSchema[]): string {
  const titles = schemas.map(({ title }) => title);
  return `// Generated from schemas/*.schema.json by \`npm run generate\`.
import type { ${titles.join(', ')} } from './request-bodies.ts';

/** What is wrong with a body, in ajv's form. */
export interface SchemaError {
  /** JSON pointer of the place. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Says whether data is of the schema; \`errors\` is about the last call. */
export interface Validator<T> {
  (data: unknown): data is T;
  readonly errors?: readonly SchemaError[] | null;
}

${titles.map((title) => `export declare const is${title}: Validator<${title}>;`).join('\n')}
`;
}
