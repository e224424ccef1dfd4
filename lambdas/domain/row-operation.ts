import { exactJson } from './json/exact-json.ts';
import { parseRecordsBody } from './json/json-body.ts';
import type { RowKey, RowState } from './row.ts';
import { noStamp, type ProducerVersion, type Stamp } from './version.ts';

/** A change to one row that comes through no sink. */
export interface RowOperation {
  /** The row goes, with all that is older than the operation. */
  readonly delete: RowKey;
  /** Its place in the order, where the table's producers have a clock of their own. */
  readonly version?: ProducerVersion;
}

/** A batch's body of operations: a list, in which whole numbers keep all digits. */
export function encodeOperations(operations: readonly RowOperation[]): string {
  return exactJson(operations);
}

/** The inverse of `encodeOperations`. */
export function decodeOperations(body: string): readonly RowOperation[] {
  return parseRecordsBody(body, true) as readonly RowOperation[];
}

/** What an operation says of its row. */
export function operationState({ delete: key }: RowOperation, stamp: Stamp): RowState {
  return { key, exists: noStamp, tombstone: stamp, cells: [] };
}
