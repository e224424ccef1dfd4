import { type ExactNumber, readNumber } from '../../domain/sql/exact-number.ts';
import type { Statement } from '../../ports/query-engine.ts';
import type { TreeNode } from './statement-parser.ts';

export type Parameters = Extract<Statement, { readonly kind: 'compiled' }>['parameters'];

/** A value that is written out in a statement. Times are still text: what it means depends on the precision. */
export type Constant =
  | { readonly kind: 'number'; readonly number: ExactNumber }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'time'; readonly text: string; readonly type: 'DATE' | 'TIMESTAMP' | 'TIMESTAMP_NS' };

/** Digits that every whole number type of 64 bits holds. */
const wholeText = /^-?\d{1,18}$/;
const decimalText = /^-?\d{1,18}(?:\.\d{1,18})?$/;
/** 32 bits. */
const integerMax = 2_147_483_647n;

/**
 * The value of an expression that is a constant, a parameter or a cast of one: exactly the engine's, or undefined when
 * it is null, a binary fraction, or anything else that would take knowledge of the engine's rules.
 */
export function constantOf(node: TreeNode, parameters: Parameters): Constant | undefined {
  switch (node['class']) {
    case 'CONSTANT':
      return literalOf(node['value'] as TreeNode);
    case 'PARAMETER':
      return parameterOf(parameters[Number(node['identifier']) - 1]);
    case 'CAST': {
      const child = constantOf(node['child'] as TreeNode, parameters);
      return child && castOf(child, node['cast_type'] as TreeNode);
    }
    default:
      return undefined;
  }
}

function literalOf({ type, is_null: isNull, value }: TreeNode): Constant | undefined {
  const { id, type_info: info } = type as TreeNode;
  if (isNull === true) return undefined;
  if (id === 'VARCHAR' && typeof value === 'string') return { kind: 'text', text: value };
  const digits = digitsOf(value);
  if (digits === undefined) return undefined;
  if (id === 'INTEGER' || id === 'BIGINT') return numberOf(readNumber(digits));
  if (id !== 'DECIMAL') return undefined;
  return numberOf({ digits: BigInt(digits), scale: Number(digitsOf((info as TreeNode)['scale'])) });
}

function parameterOf(value: Parameters[number] | undefined): Constant | undefined {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  return typeof value === 'bigint' || Number.isSafeInteger(value)
    ? numberOf({ digits: BigInt(value as bigint | number), scale: 0 })
    : undefined;
}

function castOf(value: Constant, { id, type_info: info }: TreeNode): Constant | undefined {
  switch (id) {
    case 'BIGINT':
    case 'INTEGER': {
      const whole = value.kind === 'text' && wholeText.test(value.text) ? numberOf(readNumber(value.text)) : value;
      if (whole.kind !== 'number' || whole.number.scale > 0) return undefined;
      const { digits } = whole.number;
      return id === 'BIGINT' || (digits >= -integerMax && digits <= integerMax) ? whole : undefined;
    }
    case 'DECIMAL':
      return decimalOf(value, info as TreeNode);
    case 'VARCHAR':
      return value.kind === 'text' && info === null ? value : undefined;
    case 'BOOLEAN':
      if (value.kind !== 'text') return value.kind === 'boolean' ? value : undefined;
      if (value.text !== 't' && value.text !== 'f') return undefined;
      return { kind: 'boolean', value: value.text === 't' };
    case 'DATE':
    case 'TIMESTAMP':
    case 'TIMESTAMP_NS':
      return value.kind === 'text' ? { kind: 'time', text: value.text, type: id } : undefined;
    default:
      return undefined;
  }
}

/** The number as it is where the type holds it; where it would be rounded, it is not looked at. */
function decimalOf(value: Constant, { width, scale }: TreeNode): Constant | undefined {
  const given = value.kind === 'text' && decimalText.test(value.text) ? numberOf(readNumber(value.text)) : value;
  if (given.kind !== 'number') return undefined;
  const places = Number(digitsOf(scale)) - given.number.scale;
  if (places < 0) return undefined;
  const size = given.number.digits < 0n ? -given.number.digits : given.number.digits;
  return size * 10n ** BigInt(places) < 10n ** BigInt(digitsOf(width) ?? 0) ? given : undefined;
}

function numberOf(number: ExactNumber): Constant {
  return { kind: 'number', number };
}

/** Digits of a whole number of a tree; undefined for one over 64 bits, which comes in two halves. */
function digitsOf(value: unknown): string | undefined {
  const raw = typeof value === 'object' && value !== null && 'rawJSON' in value ? String(value.rawJSON) : '';
  return /^-?\d+$/.test(raw) ? raw : undefined;
}
