import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { Database } from '../../../lambdas/domain/database.ts';
import { type Precondition, tableValidator } from '../../../lambdas/domain/precondition.ts';
import type { Sink } from '../../../lambdas/domain/sink.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { changeDatabase } from '../../../lambdas/use-cases/change-database.ts';
import { clearQuota, setQuota } from '../../../lambdas/use-cases/change-quota.ts';
import { changeSinkSchema } from '../../../lambdas/use-cases/change-sink-schema.ts';
import { deleteDatabase } from '../../../lambdas/use-cases/delete-database.ts';
import { deleteSink } from '../../../lambdas/use-cases/delete-sink.ts';
import { deleteTable } from '../../../lambdas/use-cases/delete-table.ts';
import { describeTable } from '../../../lambdas/use-cases/describe-table.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

interface Things {
  readonly caller: Caller;
  readonly database: Database;
  readonly table: Table;
  readonly sink: Sink;
  readonly empty: Database;
  readonly bare: Table;
  readonly tenantQuota: number;
}
type Ports = ControlPlane['ports'];
type Change = (ports: Ports, things: Things, precondition: Precondition) => Promise<unknown>;

const aQuota = { perSecond: { requests: 5 }, burstSeconds: 1 };
const setAt = '2026-01-02T03:04:05.000Z';

/** What is changed under a condition, what stands before, and how somebody else changes it at the same moment. */
const changes: Readonly<Record<string, readonly [Change, (things: Things) => string, Change]>> = {
  'a database': [
    (ports, { caller, database: { id } }, precondition) =>
      changeDatabase(ports, caller, { databaseId: id, precondition }, ({ name }) => ({ name, shape: '64GB' })),
    ({ database }) => String(database.revision),
    ({ catalog }, { database }) => catalog.saveDatabase({ ...database, shape: 'theirs' }),
  ],
  'the name of a database': [
    (ports, { caller, database: { id } }, precondition) =>
      changeDatabase(ports, caller, { databaseId: id, precondition }, () => ({ name: 'mine' })),
    ({ database }) => String(database.revision),
    ({ catalog }, { database }) => catalog.renameDatabase({ ...database, name: 'theirs' }, database.name),
  ],
  'a database that goes': [
    (ports, { caller, empty: { id } }, precondition) => deleteDatabase(ports, caller, { databaseId: id, precondition }),
    ({ empty }) => String(empty.revision),
    ({ catalog }, { empty }) => catalog.saveDatabase({ ...empty, shape: 'theirs' }),
  ],
  'a table': [
    (ports, { caller, table: { databaseId, name } }, precondition) =>
      describeTable(ports, caller, { databaseId, name, precondition }, () => 'mine'),
    ({ table }) => tableValidator(table),
    ({ catalog }, { table }) => catalog.saveTable({ ...table, description: 'theirs' }),
  ],
  'a table that goes': [
    (ports, { caller, bare: { databaseId, name } }, precondition) =>
      deleteTable(ports, caller, { databaseId, name, precondition }),
    ({ bare }) => tableValidator(bare),
    ({ catalog }, { bare }) => catalog.saveTable({ ...bare, description: 'theirs' }),
  ],
  'a sink that goes': [
    (ports, { caller, sink: { id } }, precondition) => deleteSink(ports, caller, { sinkId: id, precondition }),
    ({ sink }) => String(sink.revision),
    ({ catalog }, { sink }) => catalog.saveSink({ ...sink, schema: 'theirs' }),
  ],
  'the schema of a sink': [
    (ports, { caller, sink: { id } }, precondition) =>
      changeSinkSchema(ports, caller, {
        sinkId: id,
        precondition,
        schema: 'mine',
        key: { kind: 'mapped' },
        items: [{ name: '_id', path: ['id'] }],
        allowMissingFields: true,
        createColumns: false,
      }),
    ({ sink }) => String(sink.revision),
    ({ catalog }, { sink }) => catalog.saveSink({ ...sink, schema: 'theirs' }),
  ],
  'the quota of a sink': [
    (ports, { caller, sink: { id } }, precondition) => setQuota(ports, caller, { sinkId: id, precondition, ...aQuota }),
    ({ sink }) => String(sink.revision),
    ({ catalog }, { sink }) => catalog.saveSink({ ...sink, schema: 'theirs' }),
  ],
  "a tenant's quota": [
    (ports, { caller }, precondition) => setQuota(ports, caller, { precondition, ...aQuota }),
    ({ tenantQuota }) => String(tenantQuota),
    ({ catalog }, { caller, tenantQuota }) =>
      catalog.saveTenantQuota(caller.tenantId, { ...aQuota, setAt, setBy: 'theirs' }, tenantQuota),
  ],
  "a tenant's quota that goes": [
    (ports, { caller }, precondition) => clearQuota(ports, caller, { precondition }),
    ({ tenantQuota }) => String(tenantQuota),
    ({ catalog }, { caller, tenantQuota }) =>
      catalog.saveTenantQuota(caller.tenantId, { ...aQuota, setAt, setBy: 'theirs' }, tenantQuota),
  ],
};
const names = Object.keys(changes);
/** What a change reads before it decides. */
const reads = new Set(['findDatabase', 'findTableByName', 'findSink', 'findTenantQuota']);

describe('a change under a condition', () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());

  async function make(): Promise<Things> {
    const caller = plane.newCaller();
    const database = await plane.newDatabase(caller);
    const table = await plane.newTable(caller, database);
    const sink = await plane.newSink(caller, table);
    const bare = await plane.newTable(caller, database);
    const empty = await plane.newDatabase(caller);
    const quota = { ...aQuota, setAt, setBy: '' };
    const tenantQuota = await plane.ports.catalog.saveTenantQuota(caller.tenantId, quota, 0);
    return { caller, database, table, sink, bare, empty, tenantQuota };
  }

  /** The same ports, where somebody else is faster between the first read and what follows it. */
  function withRival(rival: () => Promise<unknown>): Ports {
    let isThere = true;
    const overtaken = Object.entries(plane.ports.catalog).map(([name, call]) => {
      const then = async (...args: unknown[]) => {
        const found: unknown = await (call as (...all: unknown[]) => unknown)(...args);
        if (isThere && reads.has(name)) {
          isThere = false;
          await rival();
        }
        return found;
      };
      return [name, then] as const;
    });
    return { ...plane.ports, catalog: Object.fromEntries(overtaken) as unknown as Ports['catalog'] };
  }

  it.each(names)('is made to %s while it holds', async (name) => {
    const things = await make();
    const [change, validator] = changes[name]!;
    await change(plane.ports, things, { ifMatch: ['other', validator(things)], ifNoneMatch: ['other'] });
    // It is not at that revision any more, or not there.
    const again = await refusalOf(change(plane.ports, things, { ifMatch: [validator(things)] }));
    expect(['precondition_failed', 'not_found']).toContain(again.kind);
  });

  it.each(names)('is not made to %s that somebody else changes between reading and saving', async (name) => {
    const things = await make();
    const [change, validator, rival] = changes[name]!;
    const ports = withRival(() => rival(plane.ports, things, {}));
    const refusal = await refusalOf(change(ports, things, { ifMatch: [validator(things)] }));
    expect(refusal).toMatchObject({ kind: 'precondition_failed' });
  });

  it.each(names)('is made to %s over what somebody else changed, where there is none', async (name) => {
    const things = await make();
    const [change, , rival] = changes[name]!;
    await change(
      withRival(() => rival(plane.ports, things, {})),
      things,
      {},
    );
  });
});
