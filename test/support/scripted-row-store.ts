import type { RowState } from '../../lambdas/domain/row.ts';
import { type RowStore, RowStoreRefused } from '../../lambdas/ports/row-store.ts';

/** A row store whose making takes as long, or fails, as the test says; it holds no rows but those given. */
export interface ScriptedRowStore extends RowStore {
  /** What `create` does from now on: makes the store at once, starts making it, fails, or refuses with this message. */
  makes: 'at once' | 'slowly' | 'not now' | { readonly refuses: string };
  /** Ends the making of all stores that were started. */
  finish(): void;
  /** Stores that are there or being made. */
  readonly stores: ReadonlyMap<string, 'creating' | 'active'>;
  /** How often each method was called. */
  readonly calls: Record<'create' | 'status' | 'drop', number>;
}

export function makeScriptedRowStore(rows: readonly RowState[] = []): ScriptedRowStore {
  const stores = new Map<string, 'creating' | 'active'>();
  const calls = { create: 0, status: 0, drop: 0 };
  const store: ScriptedRowStore = {
    makes: 'at once',
    stores,
    calls,
    finish: () => {
      for (const id of stores.keys()) stores.set(id, 'active');
    },
    create: async ({ id }) => {
      calls.create += 1;
      if (store.makes === 'not now') throw new Error('throttled');
      if (typeof store.makes === 'object') throw new RowStoreRefused(store.makes.refuses);
      if (!stores.has(id)) stores.set(id, store.makes === 'at once' ? 'active' : 'creating');
    },
    status: async (id) => {
      calls.status += 1;
      return stores.get(id) ?? 'absent';
    },
    drop: async (id) => {
      calls.drop += 1;
      stores.delete(id);
    },
    merge: async () => {
      throw new Error('this row store takes no rows');
    },
    get: async (_table, keys) => keys.map((key) => rows.find((row) => row.key === key)),
    scan: async function* () {
      yield* rows;
    },
  };
  return store;
}
