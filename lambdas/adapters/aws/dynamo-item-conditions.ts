import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ItemWrite } from '../../ports/item-store.ts';
import { keyOfWrite } from '../../ports/item-writes.ts';
import { type StoredItem, storedKey } from './dynamo-item-format.ts';

type Condition = Pick<
  NonNullable<TransactWriteItem['ConditionCheck']>,
  'ConditionExpression' | 'ExpressionAttributeValues'
>;

const alive = '(attribute_not_exists(e) OR e >= :now)';

/** One write of a transaction, with its condition; expired items count as absent. */
export function transactionStep(
  table: string,
  write: ItemWrite,
  nowSeconds: number,
  stored: StoredItem | undefined,
): TransactWriteItem {
  const condition = write.if === undefined ? undefined : conditionFor(write.if, nowSeconds);
  if ('put' in write) return { Put: { TableName: table, Item: stored, ...condition } };
  const at = { TableName: table, Key: storedKey(keyOfWrite(write)) };
  return 'delete' in write ? { Delete: { ...at, ...condition } } : { ConditionCheck: { ...at, ...condition! } };
}

function conditionFor(wanted: 'absent' | 'present' | number, nowSeconds: number): Condition {
  const now = { ':now': { N: String(nowSeconds) } };
  if (wanted === 'absent') {
    return { ConditionExpression: 'attribute_not_exists(p) OR e < :now', ExpressionAttributeValues: now };
  }
  if (wanted === 'present') {
    return { ConditionExpression: `attribute_exists(p) AND ${alive}`, ExpressionAttributeValues: now };
  }
  return {
    ConditionExpression: `r = :revision AND ${alive}`,
    ExpressionAttributeValues: { ...now, ':revision': { N: String(wanted) } },
  };
}
