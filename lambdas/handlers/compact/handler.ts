import middy from '@middy/core';
import type { Log } from '../../http/log.ts';
import { loggedError } from '../../http/logged-error.ts';
import type { TableOfTenant } from '../../use-cases/all-tables.ts';
import { type CompactAllPorts, compactAll, compactAndSweep } from '../../use-cases/compact-tables.ts';

/** A schedule's event names no tables: then it is all that are due. */
export interface CompactEvent {
  readonly tables?: readonly TableOfTenant[];
  /** With all tables: also removes the files of tables that are no more. Meant for once a day. */
  readonly deletedTables?: boolean;
}

/** How many segments became one, for each table that was named or was due. */
export interface CompactAnswer {
  readonly merged: readonly number[];
}

/**
 * Compacts tables, one after the other; with all tables, finishes deletes of tables first.
 * @throws the first failure of a named table; with all tables, an Error that counts failures once the others are done, so
 *   that a failure is one of the invocation
 */
export function makeCompactHandler(ports: CompactAllPorts, log: Log) {
  return middy<CompactEvent, CompactAnswer>().handler(async ({ tables, deletedTables = false }, context) => {
    if (tables !== undefined) {
      const merged: number[] = [];
      for (const table of tables) merged.push(await compactAndSweep(ports, table));
      return { merged };
    }
    const deadlineMs = ports.clock.now() + context.getRemainingTimeInMillis();
    const { merged, failed, unfinished, isComplete } = await compactAll(ports, { deadlineMs, deletedTables });
    for (const { cause, ...table } of failed) log('compaction_failed', { ...table, ...loggedError(cause) });
    for (const { cause, ...table } of unfinished) log('table_delete_failed', { ...table, ...loggedError(cause) });
    if (!isComplete) log('compaction_out_of_time', { merged: merged.length });
    const failures = [
      ...(failed.length > 0 ? [`${failed.length} tables could not be compacted`] : []),
      ...(unfinished.length > 0 ? [`${unfinished.length} deleted tables could not be removed`] : []),
    ];
    if (failures.length > 0) throw new Error(failures.join(', '));
    return { merged: merged.map(({ segments }) => segments) };
  });
}
