import { shown } from '../coercion/misfit.ts';
import { databaseNameLengthMax, nameLengthMax } from '../limits.ts';

/**
 * Rules of names (FeatureBase naming standard): a lower-case letter, then lower-case letters, digits, `-` and `_`. Each
 * function gives a sentence that says what is wrong with a name, or undefined when nothing is.
 */
const strictForm = /^[a-z][a-z0-9_-]*$/;
/** The /v1 console let names of sources begin with a digit, `-` or `_` too. */
const looseForm = /^[a-z0-9_-]+$/;

const strictRule = 'must start with a letter a-z and hold only a-z, 0-9, - and _';
const looseRule = 'must hold only a-z, 0-9, - and _';

export function databaseNameProblem(name: unknown): string | undefined {
  return nameProblem('database', name, databaseNameLengthMax, strictForm, strictRule);
}

export function tableNameProblem(name: unknown): string | undefined {
  return reservedProblem('table', name) ?? nameProblem('table', name, nameLengthMax, strictForm, strictRule);
}

export function columnNameProblem(name: unknown): string | undefined {
  return reservedProblem('column', name) ?? nameProblem('column', name, nameLengthMax, strictForm, strictRule);
}

export function sinkNameProblem(name: unknown, dialect: 'v1' | 'v2'): string | undefined {
  return dialect === 'v1'
    ? nameProblem('sink', name, nameLengthMax, looseForm, looseRule)
    : nameProblem('sink', name, nameLengthMax, strictForm, strictRule);
}

function reservedProblem(kind: string, name: unknown): string | undefined {
  if (typeof name !== 'string' || !name.startsWith('_')) return undefined;
  return `The ${kind} name ${shown(name)} begins with _, and such names are reserved.`;
}

function nameProblem(kind: string, name: unknown, lengthMax: number, form: RegExp, rule: string): string | undefined {
  if (typeof name !== 'string') return `The ${kind} name must be a string, not ${shown(name)}.`;
  if (name === '') return `The ${kind} name must not be empty.`;
  if (name.length > lengthMax)
    return `The ${kind} name has ${name.length} characters; at most ${lengthMax} are allowed.`;
  return form.test(name) ? undefined : `The ${kind} name ${shown(name)} ${rule}.`;
}
