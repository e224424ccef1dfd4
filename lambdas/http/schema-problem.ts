import { shown } from '../domain/coercion/misfit.ts';
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

/** The problem that a schema's first complaint about a body is: names the place, what came and what was wanted. */
export function schemaProblem({ instancePath, keyword, params, message }: SchemaError, body: unknown): Problem {
  const steps = instancePath.split('/').slice(1).map(unescaped);
  const got = steps.reduce<unknown>(stepInto, body);
  if (keyword === 'required') {
    const missing = [...steps, String(params['missingProperty'])];
    return new Problem('missing_parameter', `${placeText(missing)} is missing.`, { parameter: placeText(missing) });
  }
  const details = steps.length > 0 ? { parameter: placeText(steps) } : {};
  return new Problem('invalid_parameter', `${placeText(steps)} ${complaint(keyword, params, message, got)}.`, details);
}

function complaint(keyword: string, params: SchemaError['params'], message = 'is not valid', got: unknown): string {
  if (keyword === 'type') return `must be ${typesText(params['type'])}, not ${kindOf(got)}`;
  if (keyword === 'enum') {
    const allowed = (params['allowedValues'] as readonly unknown[]).filter((value) => value !== null);
    return `must be ${allowed.map((value) => JSON.stringify(value)).join(' or ')}, not ${shown(got)}`;
  }
  return message;
}

function typesText(types: unknown): string {
  const names = (Array.isArray(types) ? types : [types]).filter((type) => type !== 'null');
  return names.map((type) => wanted[String(type)] ?? String(type)).join(' or ');
}

/** What kind of value came; the value itself may be a password. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
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
