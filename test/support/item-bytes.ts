import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * Bytes of an item as DynamoDB counts them, by its developer guide ("DynamoDB item sizes and formats"): names and texts
 * as UTF-8; a number a byte for two significant digits, one more, and one for a sign; 3 for a map, and 1 an entry. The
 * guide says nothing of sets; DynamoDB takes 3, and nothing more for an entry.
 */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes({ S, N, BOOL, SS, NS, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (BOOL !== undefined) return 1;
  if (M !== undefined) return 3 + itemBytes(M) + Object.keys(M).length;
  const sizes = SS?.map((member) => Buffer.byteLength(member)) ?? NS?.map(numberBytes) ?? [];
  return sizes.reduce((sum, size) => sum + size, 3);
}

function numberBytes(text: string): number {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '').length;
  return 1 + Math.ceil(Math.max(1, digits) / 2) + (text.startsWith('-') ? 1 : 0);
}
