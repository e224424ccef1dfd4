import { shown } from '../domain/coercion/misfit.ts';
import { LongDecimal } from '../domain/json/long-decimal.ts';
import { Problem } from '../domain/problem.ts';
import type { SchemaError } from '../generated/request-validators.js';

const wanted: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
};

/** Characters of the name of a member that a message shows. */
const shownNameMax = 40;

type Params = SchemaError['params'];

/**
 * What is wrong, by the keyword of the schema, as what follows the name of the place. Every keyword that the schemas of
 * bodies use has its line here or is met in `schemaProblem`; a test holds it.
 */
const complaints: Readonly<Record<string, (params: Params, got: unknown) => string>> = {
  type: ({ type }, got) => wrongType([type].flat().filter((one) => one !== 'null') as string[], got),
  enum: ({ allowedValues }, got) => {
    const allowed = (allowedValues as readonly unknown[]).filter((value) => value !== null);
    return `must be ${allowed.map((value) => JSON.stringify(value)).join(' or ')}, not ${shown(got)}`;
  },
  minimum: ({ limit }, got) => `must be at least ${limit}, not ${shown(got)}`,
  maximum: ({ limit }, got) => `must be at most ${limit}, not ${shown(got)}`,
  minItems: ({ limit }, got) => `must have at least ${membersText(limit)}, not ${lengthOf(got)}`,
  maxItems: ({ limit }, got) => `must have at most ${membersText(limit)}, not ${lengthOf(got)}`,
};

/** Keywords that `schemaProblem` has words for. */
export const explainedKeywords: readonly string[] = [...Object.keys(complaints), 'required', 'additionalProperties'];

/** The problem that a schema's first complaint about a body is: names the place, what came and what was wanted. */
export function schemaProblem({ instancePath, keyword, params }: SchemaError, body: unknown): Problem {
  const steps = instancePath.split('/').slice(1).map(unescaped);
  const got = steps.reduce<unknown>(stepInto, body);
  if (keyword === 'required') {
    const missing = placeText([...steps, String(params['missingProperty'])]);
    return new Problem('missing_parameter', `${missing} is missing.`, { parameter: missing });
  }
  if (keyword === 'additionalProperties') {
    const stray = placeText([...steps, shortName(String(params['additionalProperty']))]);
    const message = `${stray} is not known here; look at its spelling, or leave it out.`;
    return new Problem('invalid_parameter', message, { parameter: stray });
  }
  const complaint = complaints[keyword]?.(params, got) ?? 'is not of the form that is wanted';
  const details = steps.length > 0 ? { parameter: placeText(steps) } : {};
  return new Problem('invalid_parameter', `${placeText(steps)} ${complaint}.`, details);
}

function wrongType(types: readonly string[], got: unknown): string {
  const names = types.map((type) => wanted[type] ?? type).join(' or ');
  if (!types.includes('integer')) return `must be ${names}, not ${kindOf(got)}`;
  // A validator takes no bigint for a number, and whoever sent one sent a whole number.
  if (typeof got === 'bigint') return `must be ${names} within 2^53, not ${shown(got)}`;
  return `must be ${names}, not ${kindOf(got) === 'a number' ? shown(got) : kindOf(got)}`;
}

function membersText(limit: unknown): string {
  return limit === 1 ? '1 member' : `${limit} members`;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** A name that somebody sent, as long as a message may show it. */
function shortName(name: string): string {
  return name.length <= shownNameMax ? name : `${name.slice(0, shownNameMax - 1)}…`;
}

/** What kind of value came; the value itself may be a password. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof LongDecimal) return 'a number';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'true or false' : 'a number';
}

/** `schema.definition[2].path`, as people write it; `The body` for the whole. */
function placeText(steps: readonly string[]): string {
  if (steps.length === 0) return 'The body';
  return steps.map((step, i) => (/^\d+$/.test(step) ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

function stepInto(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
