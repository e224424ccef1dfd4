import type { ItemStore } from '../../ports/item-store.ts';

type QueryOptions = NonNullable<Parameters<ItemStore['query']>[1]>;

/** Above every sort key that begins as the text before it: U+10FFFF is no character. */
const afterAll = '\u{10FFFF}';

/** Sort keys from `from` to `to`, both included; undefined: without an end there. */
export interface KeyRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * The range in which the asked items lie. The key `after` itself may lie in it: DynamoDB knows inclusive ranges only.
 * @returns undefined when nothing can lie there; DynamoDB refuses such a range
 */
export function rangeOf({ prefix = '', after, newestFirst = false }: QueryOptions): KeyRange | undefined {
  const first = prefix === '' ? undefined : prefix;
  const last = prefix === '' ? undefined : prefix + afterAll;
  const from = after === undefined || newestFirst ? first : larger(first, after);
  const to = after === undefined || !newestFirst ? last : smaller(last, after);
  return from !== undefined && to !== undefined && byBytes(from, to) > 0 ? undefined : { from, to };
}

/** The key condition of a query, and its values. */
export function keyCondition(partition: string, { from, to }: KeyRange) {
  const values = {
    ':partition': { S: partition },
    ...(from !== undefined && { ':from': { S: from } }),
    ...(to !== undefined && { ':to': { S: to } }),
  };
  return {
    KeyConditionExpression: `p = :partition${sortCondition(from, to)}`,
    ExpressionAttributeValues: values,
  };
}

function sortCondition(from: string | undefined, to: string | undefined): string {
  if (from !== undefined && to !== undefined) return ' AND s BETWEEN :from AND :to';
  if (from !== undefined) return ' AND s >= :from';
  return to === undefined ? '' : ' AND s <= :to';
}

function larger(a: string | undefined, b: string): string {
  return a !== undefined && byBytes(a, b) > 0 ? a : b;
}

function smaller(a: string | undefined, b: string): string {
  return a !== undefined && byBytes(a, b) < 0 ? a : b;
}

/** The order of DynamoDB: that of the UTF-8 bytes, which differs from that of JavaScript above U+FFFF. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
