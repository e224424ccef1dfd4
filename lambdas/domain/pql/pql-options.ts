import { integerMax } from '../limits.ts';
import type { Problem } from '../problem.ts';
import { badStatement } from '../sql/bad-statement.ts';
import type { Literal } from '../sql/sql-tree.ts';
import type { PqlArgument, PqlCall, PqlNamed, PqlValue } from './pql-tree.ts';

/** Options of a call (`limit=2`, `filter=Row(...)`), read by name. Each reader throws Problem on a value of another kind. */
export interface PqlOptions {
  count(name: string): bigint | undefined;
  literal(name: string): Literal | undefined;
  text(name: string): string | undefined;
  call(name: string): PqlCall | undefined;
  literals(name: string): readonly Literal[] | undefined;
}

/**
 * The options among a call's arguments.
 * @throws Problem when one is given twice or is not of `known`
 */
export function optionsOf(call: PqlCall, known: readonly string[]): PqlOptions {
  const options = new Map<string, PqlValue>();
  for (const argument of call.args) {
    if (argument.kind !== 'named') continue;
    const name = argument.field.text;
    if (!known.includes(name)) throw misused(call, `has no option '${name}'`);
    if (options.has(name)) throw misused(call, `has the option '${name}' twice`);
    options.set(name, argument.value);
  }
  return {
    count(name) {
      const value = options.get(name);
      if (value === undefined) return undefined;
      if (value.kind !== 'number' || !/^\d{1,30}$/.test(value.text))
        throw misused(call, `takes a whole number from 0 as '${name}'`);
      const count = BigInt(value.text);
      return count > integerMax ? integerMax : count;
    },
    literal(name) {
      const value = options.get(name);
      if (value === undefined) return undefined;
      if (!isLiteral(value)) throw misused(call, `takes one value as '${name}'`);
      return value;
    },
    text(name) {
      const value = options.get(name);
      if (value === undefined) return undefined;
      if (value.kind !== 'text') throw misused(call, `takes text as '${name}'`);
      return value.text;
    },
    call(name) {
      const value = options.get(name);
      if (value === undefined) return undefined;
      if (value.kind !== 'call') throw misused(call, `takes a call as '${name}'`);
      return value.call;
    },
    literals(name) {
      const value = options.get(name);
      if (value === undefined) return undefined;
      if (value.kind !== 'list' || !value.items.every(isLiteral))
        throw misused(call, `takes a list of values as '${name}'`);
      return value.items;
    },
  };
}

/** The calls among a call's arguments. */
export function callsOf({ args }: PqlCall): readonly PqlCall[] {
  return args.flatMap((argument) => (argument.kind === 'call' ? [argument.call] : []));
}

/**
 * The one call that a call is about.
 * @throws Problem when there is none or more
 */
export function onlyCallOf(call: PqlCall): PqlCall {
  const [only, ...more] = callsOf(call);
  if (!only || more.length > 0) throw misused(call, 'takes exactly one call');
  return only;
}

/** Refuses arguments of kinds that the call does not take. */
export function expectOnly(call: PqlCall, kinds: readonly PqlArgument['kind'][]): void {
  const other = call.args.find(({ kind }) => !kinds.includes(kind));
  if (other) throw misused(call, `does not take ${argumentNames[other.kind]}`);
}

/** A call with arguments that it can't have. */
export function misused(call: PqlCall, what: string): Problem {
  return badStatement(`PQL call ${call.name} ${what}`);
}

/** True for an argument that is named so. */
export function isOption(argument: PqlArgument, names: readonly string[]): argument is PqlNamed {
  return argument.kind === 'named' && names.includes(argument.field.text);
}

/** True for values that a column could hold. */
export function isLiteral(value: PqlValue): value is Literal {
  return value.kind === 'number' || value.kind === 'text' || value.kind === 'boolean';
}

const argumentNames: Readonly<Record<PqlArgument['kind'], string>> = {
  call: 'a call',
  named: 'an option',
  condition: 'a condition',
  range: 'a condition',
  positional: 'a bare value',
};
