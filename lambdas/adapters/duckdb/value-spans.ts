import { parseRfc3339 } from '../../domain/coercion/rfc3339.ts';
import { type ColumnType, normalInteger } from '../../domain/column-type.ts';
import { type Bound, boundOf, type ExactNumber } from '../../domain/sql/exact-number.ts';
import { nanosScale, rangeOf } from '../../domain/sql/value-range.ts';
import type { Constant } from './constant-values.ts';
import type { Span } from './prune-segments.ts';

/** Comparisons that an ordered range can answer. */
export type SpanOperator = '=' | '<' | '<=' | '>' | '>=';

/** Times that the engine reads as RFC 3339 does, with no more digits than it keeps. */
const microsText = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z?)?$/;
const nanosText = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d(?:\.\d{1,9})?)Z?)?$/;
const dateText = /^(\d{4}-\d\d-\d\d)$/;

/**
 * The values of a column of this type for which `value op constant` may hold; undefined when that can't be told: then
 * the engine would change column or constant before it compares, or refuse to.
 */
export function spansOf(type: ColumnType, op: SpanOperator, constant: Constant): readonly Span[] | undefined {
  switch (type.type) {
    case 'string':
      return constant.kind === 'text' ? [spanOf(op, constant.text)] : undefined;
    case 'bool':
      return constant.kind === 'boolean' ? [spanOf(op, constant.value)] : undefined;
    case 'timestamp':
    case 'id':
    case 'int':
    case 'decimal': {
      const number = type.type === 'timestamp' ? countOf(type, constant) : numberIn(constant);
      return number && countSpans(boundOf(op, number, rangeOf({ type })!));
    }
    default:
      return undefined;
  }
}

/** Texts and booleans: the end itself is let through too where it does not count, which is only less exact. */
function spanOf(op: SpanOperator, value: string | boolean): Span {
  return { ...(op.startsWith('<') ? {} : { from: value }), ...(op.startsWith('>') ? {} : { to: value }) };
}

function countSpans(bound: Bound): readonly Span[] {
  if (bound === 'never') return [];
  if (bound === 'always' || bound.op === '!=') return [{}];
  const from = normalInteger(bound.op === '>' ? bound.parts + 1n : bound.parts);
  const to = normalInteger(bound.op === '<' ? bound.parts - 1n : bound.parts);
  return [{ ...(bound.op.startsWith('<') ? {} : { from }), ...(bound.op.startsWith('>') ? {} : { to }) }];
}

function numberIn(constant: Constant): ExactNumber | undefined {
  return constant.kind === 'number' ? constant.number : undefined;
}

/** A time as a count of the column's unit. Text is read as the column's own type; other types only where it widens them. */
function countOf({ unit }: Extract<ColumnType, { type: 'timestamp' }>, constant: Constant): ExactNumber | undefined {
  const form = unit === 'ns' ? nanosText : microsText;
  if (constant.kind === 'text') return timeNumber(form, constant.text, unit);
  if (constant.kind !== 'time' || (unit === 'ns') !== (constant.type === 'TIMESTAMP_NS')) return undefined;
  return timeNumber(constant.type === 'DATE' ? dateText : form, constant.text, unit);
}

function timeNumber(form: RegExp, text: string, unit: keyof typeof nanosScale): ExactNumber | undefined {
  const [, date, time = '00:00:00'] = form.exec(text) ?? [];
  const instant = date === undefined ? undefined : parseRfc3339(`${date}T${time}Z`);
  if (instant === undefined) return undefined;
  return { digits: BigInt(instant.seconds) * 1_000_000_000n + BigInt(instant.nanos), scale: nanosScale[unit] };
}
