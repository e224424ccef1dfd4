import type { Sink } from '../domain/sink.ts';
import {
  factsOfSink,
  isSettledTable,
  nextSinkStatus,
  nextTableStatus,
  type SinkFacts,
  type TableFacts,
} from '../domain/sink-state.ts';
import { shapeOf, type Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import type { Clock } from '../ports/clock.ts';
import { type RowStore, RowStoreRefused } from '../ports/row-store.ts';

/**
 * Statuses follow from facts (is the row store there, is a batch under way, and of which mapping), and are brought up to
 * date when somebody looks: no timer has to survive a crash, and a create or delete that broke off half-way goes on at the
 * next read.
 */
export interface SettlePorts {
  readonly catalog: Pick<
    Catalog,
    'findTable' | 'saveTable' | 'findSink' | 'saveSink' | 'deleteSink' | 'hasPending' | 'hasPendingBefore'
  >;
  readonly rowStore: Pick<RowStore, 'create' | 'status' | 'drop'>;
  readonly clock: Clock;
}

/** Characters of an error that a status keeps as its cause. */
const causeLengthMax = 200;

/**
 * Makes the row store of a table that still lacks it and moves the table on. When the making fails for a reason that may
 * pass (a throttled store, no answer, a full disk), the table stays as it is, and the next look tries again.
 * @returns the table as it now stands; undefined when it was deleted meanwhile
 */
export async function settleTable(ports: SettlePorts, table: Table): Promise<Table | undefined> {
  if (isSettledTable(table.status)) return table;
  const { cause, ...facts } = await storeOf(ports.rowStore, table);
  const status = nextTableStatus(table.status, facts);
  if (status === table.status) return table;
  try {
    return await ports.catalog.saveTable({
      ...table,
      status,
      movedFrom: table.revision,
      ...(cause === undefined ? {} : { cause }),
    });
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    const stands = await ports.catalog.findTable(table.tenantId, table.id);
    // Deleted while we made its store: the delete dropped nothing then, so the store is ours to drop. Should that fail, or
    // the store not be there yet, `finishDeletes` drops it.
    if (!stands) await ports.rowStore.drop(table.id);
    return stands;
  }
}

/**
 * Moves a sink on.
 * @returns the sink as it now stands; undefined when it is gone
 */
export async function settleSink(ports: SettlePorts, sink: Sink): Promise<Sink | undefined> {
  const needed = factsOfSink(sink.status);
  if (needed.length === 0) return sink;
  const { cause, ...facts } = await factsFor(ports, sink, needed);
  const status = nextSinkStatus(sink.status, facts);
  if (status === sink.status) return sink;
  if (status === 'GONE') {
    await ports.catalog.deleteSink(sink.tenantId, sink.id, new Date(ports.clock.now()).toISOString());
    return undefined;
  }
  try {
    return await ports.catalog.saveSink({
      ...sink,
      status,
      movedFrom: sink.revision,
      ...(status === 'FAILED' && cause ? { cause } : {}),
    });
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    return ports.catalog.findSink(sink.tenantId, sink.id);
  }
}

async function storeOf(rowStore: SettlePorts['rowStore'], table: Table): Promise<TableFacts & { cause?: string }> {
  if (table.keyType === undefined) return { store: 'unneeded' };
  const store = await rowStore.status(table.id);
  if (store !== 'absent') return { store };
  try {
    await rowStore.create(shapeOf(table));
  } catch (error) {
    if (!(error instanceof RowStoreRefused)) return { store: 'creating' };
    return { store: 'refused', cause: `The row store could not be made: ${error.message}`.slice(0, causeLengthMax) };
  }
  return { store: await rowStore.status(table.id) };
}

async function factsFor(
  ports: SettlePorts,
  sink: Sink,
  needed: readonly (keyof SinkFacts)[],
): Promise<Partial<SinkFacts> & { cause?: string }> {
  const { catalog } = ports;
  const { id, mappingRevision } = sink;
  const queued = {
    ...(needed.includes('pending') && { pending: await catalog.hasPending(id) }),
    ...(needed.includes('outdated') && { outdated: await catalog.hasPendingBefore(id, mappingRevision) }),
  };
  if (!needed.includes('table')) return queued;
  const found = await catalog.findTable(sink.tenantId, sink.tableId);
  const table = found && (await settleTable(ports, found));
  return {
    ...queued,
    table: table?.status ?? 'GONE',
    cause: table ? (table.cause ?? '') : 'Its table does not exist.',
  };
}
