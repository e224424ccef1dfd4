import middy from '@middy/core';
import type { TableId, TenantId } from '../../domain/ids.ts';
import { type CompactPorts, compactTable } from '../../use-cases/compact-table.ts';

export interface CompactEvent {
  readonly tables: readonly { readonly tenantId: TenantId; readonly tableId: TableId }[];
}

/** Compacts the tables named by the event, one after the other; says how many segments became one for each. */
export function makeCompactHandler(ports: CompactPorts) {
  return middy<CompactEvent, { merged: readonly number[] }>().handler(async ({ tables }) => {
    const merged: number[] = [];
    for (const table of tables) merged.push(await compactTable(ports, table));
    return { merged };
  });
}
