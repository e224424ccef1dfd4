import type { Caller } from '../domain/caller.ts';
import { Misfit } from '../domain/coercion/misfit.ts';
import { producerVersionOf } from '../domain/coercion/producer-version.ts';
import type { BatchId, DatabaseId, ReceiptId, SinkId } from '../domain/ids.ts';
import type { MappedRow } from '../domain/outcome.ts';
import { Problem } from '../domain/problem.ts';
import { batchHeaderOf, openedReceipt, type Receipt } from '../domain/receipt.ts';
import { encodeOperations } from '../domain/row-operation.ts';
import type { Table } from '../domain/table.ts';
import type { ProducerVersion } from '../domain/version.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Intake } from '../ports/intake.ts';
import type { VersionSource } from '../ports/version-source.ts';
import { rowKeyOf } from './get-row.ts';
import { tableNamed } from './read-tables.ts';
import { type RelievePorts, relievePressure } from './relieve-pressure.ts';

export interface DeleteRowPorts extends RelievePorts {
  readonly catalog: Pick<Catalog, 'findTableByName'>;
  readonly intake: Intake;
  readonly versions: VersionSource;
  readonly ids: IdSource;
  readonly clock: Clock;
}

export interface RowPlace {
  readonly databaseId: DatabaseId;
  readonly tableName: string;
  /** As text: digits for a table whose rows are named by numbers. */
  readonly key: string;
  /** The delete's own place in the order, as text, in a table whose producers have a clock of their own. */
  readonly version?: string;
}

/** Of operations: they have no mapping. */
const noRevision = 0;

/**
 * Deletes a row, whether it is there or not: queued like records, with a place in the order like theirs, so that it beats
 * all that was accepted before it and nothing that comes after. Durable when the promise resolves.
 * @returns the receipt: the row is gone once that is `visible`
 * @throws Problem `not_found` for a table that is not there
 */
export async function deleteRow(ports: DeleteRowPorts, caller: Caller, place: RowPlace): Promise<Receipt> {
  const { databaseId, tableName, key } = place;
  const table = await tableNamed(ports, caller, { databaseId, name: tableName });
  if (table.status !== 'ACTIVE' || table.keyType === undefined)
    throw new Problem('incorrect_state', `Table '${table.name}' is ${table.status} and takes no writes.`);
  const row: MappedRow = { kind: 'row', op: 'delete', key: rowKeyOf(table.keyType, key), values: [] };
  const version = versionOf(table, place.version);
  await relievePressure(ports, table.id);
  const acceptance = {
    receiptId: ports.ids.next<ReceiptId>(),
    batchId: ports.ids.next<BatchId>(),
    version: await ports.versions.issue(1),
    mappingRevision: noRevision,
    acceptedAt: new Date(ports.clock.now()).toISOString(),
  };
  const source = { ...table, tableId: table.id, id: table.id as string as SinkId };
  const receipt: Receipt = { ...openedReceipt(source, acceptance, [row]), operations: true };
  const body = encodeOperations([{ delete: row.key, ...(version !== undefined && { version }) }]);
  await ports.intake.take(receipt, { header: batchHeaderOf(receipt), payload: { kind: 'records', body } });
  return receipt;
}

function versionOf({ name, version: kind }: Table, sent: string | undefined): ProducerVersion | undefined {
  if (kind === undefined) {
    if (sent === undefined) return undefined;
    throw new Problem(
      'invalid_parameter',
      `Rows of table '${name}' have no versions of their own; leave version out.`,
      {
        parameter: 'version',
      },
    );
  }
  const version = producerVersionOf(kind, sent);
  if (version === undefined)
    throw new Problem(
      'missing_parameter',
      `Producers of table '${name}' give each write its version (${kind}); say which one the delete has: ?version=...`,
      { parameter: 'version' },
    );
  if (version instanceof Misfit) throw new Problem('invalid_parameter', version.message, { parameter: 'version' });
  return version;
}
