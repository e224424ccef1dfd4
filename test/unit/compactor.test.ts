import { describe, expect, it } from '@jest/globals';
import type { DatabaseId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import { startCompactor } from '../../lambdas/host/compactor.ts';
import type { TableLists } from '../../lambdas/use-cases/all-tables.ts';
import { aDatabase, aTable, aTenant } from '../conformance/catalog-entities.ts';
import { waitUntil } from '../support/wait-until.ts';

const catalog: TableLists = {
  listTenants: async () => [aTenant({ id: 'tenant' as TenantId })],
  listDatabases: async () => [aDatabase({ id: 'd1' as DatabaseId })],
  listTables: async () => ['t1', 't2'].map((id) => aTable({ id: id as TableId })),
};

/** Flushes after which a look begins. */
const flushes = 16;

describe('the compactor of the embedded host', () => {
  it('looks at all tables when it starts: one that is too full to be written has no flush that would wake it', async () => {
    const tables: string[] = [];
    const worker = {
      run: async <T>({ event }: { readonly event: { readonly tables?: readonly { readonly tableId: string }[] } }) => {
        tables.push(...event.tables!.map(({ tableId }) => tableId));
        return undefined as T;
      },
      stop: async () => {},
    };
    const compactor = startCompactor(catalog, worker as Parameters<typeof startCompactor>[1], async () => {});
    await waitUntil('both tables were looked at', async () => tables.length === 2 || undefined);
    await compactor.stop();
    expect(tables).toEqual(['t1', 't2']);
  });

  it('finishes deletes before each look at the tables', async () => {
    const done: string[] = [];
    const worker = {
      run: async <T>({ kind, event }: { readonly kind: string; readonly event: object }) => {
        done.push(`${kind} ${JSON.stringify(event)}`);
        return undefined as T;
      },
      stop: async () => {},
    };
    const compactor = startCompactor(catalog, worker, async () => void done.push('deletes'));
    const look = [
      'deletes',
      'compact {"tables":[{"tenantId":"tenant","tableId":"t1"}]}',
      'compact {"tables":[{"tenantId":"tenant","tableId":"t2"}]}',
    ];
    for (let i = 0; i < flushes; i += 1) compactor.wake();
    await waitUntil('the first look is over', async () => done.length >= look.length || undefined);
    for (let i = 0; i < flushes; i += 1) compactor.wake();
    await compactor.stop();
    expect(done.slice(0, look.length)).toEqual(look);
  });
});
