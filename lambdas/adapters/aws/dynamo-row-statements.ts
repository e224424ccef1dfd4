import type { AttributeValue, BatchStatementRequest } from '@aws-sdk/client-dynamodb';
import type { RowItem } from './dynamo-row-cells.ts';
import type { StoredRow } from './dynamo-row-item.ts';

/** Characters of one PartiQL statement (DynamoDB's limit). */
const statementCharactersMax = 8_192;
/** Characters of an item that shares a request with others: 25 of them stay far below any limit of a request. */
const batchedCharactersMax = 40_000;
/** Names that may stand in a statement between quotes. All of ours do; whatever else an item holds does not. */
const plainNameForm = /^[\w-]+$/;

/** An item to be written where it still is as it was read: at `expected`, or not there at all. */
export interface ItemWrite {
  readonly item: RowItem;
  readonly expected: StoredRow | undefined;
}

/**
 * An item's conditional write as PartiQL, which has no statement that replaces: an INSERT fails where the key is taken,
 * an UPDATE sets all attributes and removes those that are gone, where `_v` still is what was read.
 * @returns undefined where it does not fit a batch
 */
export function batchStatement(tableName: string, { item, expected }: ItemWrite): BatchStatementRequest | undefined {
  const { _id, ...attributes } = item;
  const names = Object.keys(attributes);
  const gone = expected?.attributeNames.filter((name) => !(name in item)) ?? [];
  if (![...names, ...gone].every((name) => plainNameForm.test(name))) return undefined;
  if (charactersOf(item) > batchedCharactersMax) return undefined;
  const values = Object.values(attributes);
  const statement = expected
    ? {
        Statement: [
          `UPDATE "${tableName}"`,
          ...names.map((name) => `SET "${name}"=?`),
          ...gone.map((name) => `REMOVE "${name}"`),
          'WHERE "_id"=? AND "_v"=?',
        ].join(' '),
        Parameters: [...values, _id!, { S: expected.versions }],
      }
    : {
        Statement: `INSERT INTO "${tableName}" VALUE {'_id':?${names.map((name) => `,'${name}':?`).join('')}}`,
        Parameters: [_id!, ...values],
      };
  return statement.Statement.length > statementCharactersMax ? undefined : statement;
}

function charactersOf(attributes: RowItem): number {
  return Object.entries(attributes).reduce((sum, [name, value]) => sum + name.length + lengthOf(value), 0);
}

function lengthOf({ S, N, SS, NS, M }: AttributeValue): number {
  if (M) return charactersOf(M);
  return (S ?? N)?.length ?? (SS ?? NS)?.reduce((sum, member) => sum + member.length, 0) ?? 1;
}
