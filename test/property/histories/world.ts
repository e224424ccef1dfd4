import type { BatchHeader } from '../../../lambdas/domain/batch.ts';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { DatabaseId, ReceiptId, SinkId, TenantId, UserId } from '../../../lambdas/domain/ids.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { addColumn } from '../../../lambdas/use-cases/add-column.ts';
import { changeSinkSchema } from '../../../lambdas/use-cases/change-sink-schema.ts';
import { createDatabase } from '../../../lambdas/use-cases/create-database.ts';
import { createSink } from '../../../lambdas/use-cases/create-sink.ts';
import { createTable } from '../../../lambdas/use-cases/create-table.ts';
import { dropColumn } from '../../../lambdas/use-cases/drop-column.ts';
import { settleTable } from '../../../lambdas/use-cases/settle.ts';
import type { QueuedMessage } from '../../../lambdas/use-cases/write-batch.ts';
import { waitUntil } from '../../support/wait-until.ts';
import type { History, MappingPlan, RecordPlan, SchemaChange } from './history.ts';
import type { HistoryPlace } from './history-place.ts';
import {
  isTimed,
  keyPath,
  type ModelColumn,
  type ModelMapping,
  type ModelOutcome,
  otherKeyPath,
  pathOf,
  timePath,
  versionPath,
} from './model.ts';
import type { ModelReplay } from './replay-steps.ts';
import { columnTypes, kinds } from './sample-values.ts';
import type { Seen } from './seen.ts';

export interface ModelSink {
  readonly id: SinkId;
  /** By revision, the first of which is 1. */
  readonly mappings: ModelMapping[];
}

/** What a request became once it had a place in the order: when its key was bound, or else when it was queued. */
export interface Placed {
  readonly receiptId: ReceiptId;
  readonly place: number;
  readonly revision: number;
  readonly outcomes: readonly ModelOutcome[];
}

/** Where the records of a request come from that a replay sends again. */
export interface SentAgain {
  readonly original: ModelRequest;
  /** Of each record, its place in that one. */
  readonly positions: readonly number[];
  /** What it takes back: earlier revisions, each at the positions where it made rows. */
  readonly takesBack: readonly { readonly revision: number; readonly positions: ReadonlySet<number> }[];
}

/** What has a receipt of its own. */
export interface ModelRequest {
  /** Undefined: a row is deleted. */
  readonly sink: ModelSink | undefined;
  readonly records: readonly RecordPlan[];
  readonly body: string;
  readonly key?: string;
  readonly again?: SentAgain;
  placed?: Placed;
  /** Of the message that it was queued with. */
  header?: BatchHeader;
  /** Its body is in the queue, or was. */
  isQueued: boolean;
  isAnswered: boolean;
  /** Whether a consumer began to write it. */
  isTouched: boolean;
  /** A consumer wrote it, and its receipt says so. */
  isWritten: boolean;
  /** It is a dead letter. */
  isDead: boolean;
  /** It is one, or was. */
  wasDead: boolean;
  /** It became one before it had a receipt, so that nobody knew any more why records of it had been refused. */
  isUnheard: boolean;
}

/** Of a request of which nothing is known yet. */
export const untouched = {
  ...{ isQueued: false, isAnswered: false, isTouched: false, isWritten: false },
  ...{ isDead: false, wasDead: false, isUnheard: false },
};

export interface Delivery {
  readonly message: QueuedMessage;
  readonly request: ModelRequest;
}

/** One history under way: the place that it is played in and what is known of it apart from that place. */
export interface World {
  readonly place: HistoryPlace;
  readonly history: History;
  readonly seen: Seen;
  readonly caller: Caller;
  readonly databaseId: DatabaseId;
  /** As the catalog has it. */
  table: Table;
  /** Dropped ones too. */
  readonly columns: ModelColumn[];
  readonly sinks: ModelSink[];
  readonly requests: ModelRequest[];
  readonly replays: ModelReplay[];
  readonly waiting: Delivery[];
  /** Messages on the dead-letter queue: no consumer gets them any more. */
  readonly letters: Delivery[];
  /** Messages that were acknowledged or buried, and may yet come to a consumer. */
  readonly done: Delivery[];
}

export const tableName = 't';

/** Makes a table with a column of each kind, under a tenant of its own, and its sinks. */
export async function openWorld(place: HistoryPlace, history: History, seen: Seen): Promise<World> {
  const caller = {
    tenantId: place.ids.next<TenantId>(),
    userId: place.ids.next<UserId>(),
    email: 'ann',
    role: 'User',
  } as const;
  const ports = portsOf(place);
  const { id: databaseId } = await createDatabase(ports, caller, { name: 'd' });
  const columns: ModelColumn[] = kinds.map((kind) => ({ name: kind, kind }));
  const made = await createTable(ports, caller, {
    ...{ databaseId, name: tableName, description: '', keyType: history.keyType, trackExistence: true },
    ...(history.isVersioned ? { version: 'number' as const } : {}),
    columns: columns.map(({ name, kind }) => ({ name, type: columnTypes[kind] })),
  });
  const table = await waitUntil('the row store is active', async () => {
    const settled = await settleTable(ports, made);
    return settled?.status === 'ACTIVE' ? settled : undefined;
  });
  const world: World = {
    ...{ place, history, seen, caller, databaseId, table, columns },
    ...{ sinks: [], requests: [], replays: [], waiting: [], letters: [], done: [] },
  };
  for (const plan of history.sinks) await addSink(world, plan);
  return world;
}

/** All ports of a place, as the use cases that manage tables take them. */
export function portsOf({ ports, clock, ids }: HistoryPlace) {
  return { ...ports, clock, ids };
}

export function liveColumns({ columns }: World): ModelColumn[] {
  return columns.filter(({ isDropped }) => !isDropped);
}

async function addSink(world: World, plan: MappingPlan, first?: ModelColumn): Promise<void> {
  const mapping = mappingOf(world, plan, first);
  const { id } = await createSink(portsOf(world.place), world.caller, {
    ...{ databaseId: world.databaseId, tableName, name: `s${world.sinks.length}`, schema: {}, createColumns: false },
    ...requestOf(mapping, world.history),
  });
  world.sinks.push({ id, mappings: [mapping] });
  world.seen.sinks += 1;
}

/** What a plan comes to with the columns that there are. @param first a column to be mapped in any case */
export function mappingOf(world: World, { items, ...rules }: MappingPlan, first?: ModelColumn): ModelMapping {
  const live = liveColumns(world);
  const chosen = new Map(first === undefined ? [] : [[first, items[0]!.path]]);
  for (const { column, path } of items) {
    const named = live[column % Math.max(1, live.length)];
    if (named !== undefined && !chosen.has(named)) chosen.set(named, path);
  }
  return { items: Array.from(chosen, ([column, path]) => ({ column, path })), ...rules };
}

/** A mapping as a client asks for it. */
export function requestOf(mapping: ModelMapping, { isVersioned }: History) {
  const items = mapping.items.map(({ column: { name, kind }, path }) => ({ name, path: pathOf(kind, path) }));
  return {
    key: { kind: 'mapped' as const },
    items: [
      { name: '_id', path: mapping.byOtherKey ? otherKeyPath : keyPath },
      ...(isVersioned ? [{ name: '_version', path: versionPath }] : []),
      ...items,
    ],
    ...(isTimed(mapping) ? { timeQuantum: { path: timePath } } : {}),
    allowMissingFields: mapping.allowMissing,
    partialAcceptance: mapping.partial,
  };
}

/** Changes the table's columns; a column that is added has a sink that maps it. */
export async function changeSchema(world: World, change: SchemaChange): Promise<void> {
  world.seen.schemaChanges += 1;
  if (change.do === 'remap') return remap(world, change);
  if (change.do === 'add column') return add(world, `${change.kind}${world.columns.length}`, change);
  const live = liveColumns(world);
  const dropped = live[change.column % Math.max(1, live.length)];
  if (dropped === undefined) return;
  const { databaseId, place, caller } = world;
  world.table = await dropColumn(place.ports, caller, { databaseId, tableName, name: dropped.name });
  dropped.isDropped = true;
  if (change.do === 'renew column') await add(world, dropped.name, change);
}

async function add(
  world: World,
  name: string,
  { kind, plan }: Extract<SchemaChange, { kind: unknown }>,
): Promise<void> {
  const { databaseId, place, caller } = world;
  const column = { name, kind };
  world.table = await addColumn(place.ports, caller, { databaseId, tableName, name, type: columnTypes[kind] });
  world.columns.push(column);
  await addSink(world, plan, column);
}

async function remap(world: World, { sink, plan }: Extract<SchemaChange, { do: 'remap' }>): Promise<void> {
  const changed = world.sinks[sink % world.sinks.length]!;
  const mapping = mappingOf(world, plan);
  const request = { sinkId: changed.id, schema: {}, createColumns: false, ...requestOf(mapping, world.history) };
  await changeSinkSchema(world.place.ports, world.caller, request);
  changed.mappings.push(mapping);
}
