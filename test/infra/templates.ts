import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A CloudFormation template, with what the cloud assembly says of its stack. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly stackName: string;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of the stacks that are deployed before. */
  readonly needs: readonly string[];
}

/** Templates of the three stacks of one variant. */
export type Stacks = Readonly<Record<'Storage' | 'Ingest' | 'Api', Template>>;

/**
 * Synthesizes variants of the stacks, each from a context of its own.
 * @throws Error with what the synthesis printed when it fails
 */
export function synthesize<Name extends string>(variants: Record<Name, Record<string, string>>): Record<Name, Stacks> {
  const script = fileURLToPath(new URL('synthesize.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, JSON.stringify(variants)], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  if (status !== 0) throw new Error(`the synthesis failed:\n${stderr}`);
  return JSON.parse(stdout) as Record<Name, Stacks>;
}

/** All resources of a type, in any of some templates. */
export function resourcesOf(
  templates: Stacks | Template,
  type: string,
): { readonly id: string; readonly resource: Resource }[] {
  const list = 'Resources' in templates ? [templates as Template] : Object.values(templates as Stacks);
  return list.flatMap(({ Resources }) =>
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ id, resource })),
  );
}

/** The one resource of a type. */
export function theResource(templates: Stacks | Template, type: string): Resource {
  const [first, ...others] = resourcesOf(templates, type);
  if (first === undefined || others.length > 0) throw new Error(`there are ${others.length + (first ? 1 : 0)} ${type}`);
  return first.resource;
}

/** The function of a name, in any of the stacks. */
export function functionNamed(stacks: Stacks, name: string): { readonly id: string; readonly resource: Resource } {
  const found = resourcesOf(stacks, 'AWS::Lambda::Function').find(({ resource }) =>
    String(resource.Properties['FunctionName']).endsWith(`-${name}`),
  );
  if (!found) throw new Error(`no function ${name}`);
  return found;
}

/** One statement of a policy. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements of a policy document within a resource. */
export function statementsOf(document: unknown): readonly Statement[] {
  return (document as { Statement: readonly Statement[] }).Statement;
}

/** A value that is one or a list, as a list. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/**
 * A template value as text, references by the names that the code gives: `<Catalog.Arn>/index`. What another stack
 * exports is what it refers to there.
 */
export function textOf(stacks: Stacks, value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, of]] = Object.entries(value) as [[string, unknown]];
  switch (kind) {
    case 'Ref':
      return `<${named(String(of))}>`;
    case 'Fn::GetAtt':
      return `<${(of as string[]).map(named).join('.')}>`;
    case 'Fn::Join':
      return (of as [string, unknown[]])[1].map((part) => textOf(stacks, part)).join((of as [string, unknown[]])[0]);
    case 'Fn::ImportValue':
      return textOf(stacks, exported(stacks, String(of)));
    default:
      throw new Error(`a reference by ${kind}`);
  }
}

/** CDK ends logical ids with eight digits of a hash. */
function named(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

function exported(stacks: Stacks, name: string): unknown {
  const outputs = Object.values(stacks).flatMap(({ Outputs }) => Object.values(Outputs)) as {
    Value: unknown;
    Export?: { Name: string };
  }[];
  const found = outputs.find((output) => output.Export?.Name === name);
  if (!found) throw new Error(`no stack exports ${name}`);
  return found.Value;
}
