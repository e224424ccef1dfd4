import type { AnswerType } from './compiled.ts';
import type { Literal } from './sql-tree.ts';

/** The name of a type as FeatureBase writes it in messages and headers: `decimal(2)`, `idset`. */
export function typeName(type: AnswerType): string {
  return type.type === 'decimal' ? `decimal(${type.scale})` : type.type;
}

/** The name of a literal's type. */
export function literalTypeName(literal: Literal): string {
  if (literal.kind === 'text') return 'string';
  if (literal.kind === 'boolean') return 'bool';
  const fraction = literal.text.split('.')[1] ?? '';
  return fraction === '' ? 'int' : `decimal(${fraction.length})`;
}
