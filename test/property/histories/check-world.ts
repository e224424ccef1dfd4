import { deepStrictEqual } from 'node:assert';
import type { Member } from '../../../lambdas/domain/column-type.ts';
import { visibleRow } from '../../../lambdas/domain/merge.ts';
import { shapeOf } from '../../../lambdas/domain/table.ts';
import type { ResultValue } from '../../../lambdas/ports/query-engine.ts';
import { checkReceipts } from './check-receipts.ts';
import { checkArchive, checkReplays } from './check-replays.ts';
import { type ModelColumn, outcomesOf } from './model.ts';
import { type OracleCell, tableAfter, type Write } from './oracle.ts';
import { samples } from './sample-values.ts';
import { liveColumns, type World } from './world.ts';

type Rows = Readonly<Record<string, readonly unknown[]>>;

/** Rows by key, rows by query, receipts and quarantine are what the oracle says. @throws what is not */
export async function checkWorld(world: World): Promise<void> {
  const wanted = tableAfter(writesOf(world));
  const columns = liveColumns(world);
  const cells = (show: (cell: OracleCell, column: ModelColumn) => unknown): Rows =>
    Object.fromEntries(
      Array.from(wanted, ([key, row]) => [key, columns.map((column) => show(row.get(column) ?? null, column))]),
    );
  deepStrictEqual(await rowsByKey(world), cells(asCell), 'rows by key');
  const { place, table } = world;
  const found = Array.from(await place.rowsOfSegments(table), ([key, row]) => [String(key), row.map(asFound)]);
  deepStrictEqual(Object.fromEntries(found), cells(place.shows === 'sql' ? asSql : asCell), 'rows by query');
  await checkReceipts(world);
  await checkReplays(world);
  await checkArchive(world);
}

/** All that was accepted and is not left as a dead letter, as the mappings of then made it. */
function writesOf({ requests, history }: World): Write[] {
  return requests.flatMap(({ sink, placed, again, isQueued, isDead }) => {
    if (!placed || !isQueued || isDead) return [];
    const { place: request, revision, outcomes } = placed;
    const madeBefore = (position: number) =>
      again?.takesBack.flatMap((earlier) => {
        const record = again.original.records[position]!;
        const mapping = { ...sink!.mappings[earlier.revision - 1]!, partial: true };
        const [made] = outcomesOf([record], mapping, history);
        return earlier.positions.has(position) && !('rejected' in made!) ? [made!] : [];
      }) ?? [];
    return outcomes.flatMap((what, i) => {
      const position = again?.positions[i] ?? i;
      return 'rejected' in what ? [] : [{ request, position, revision, what, takesBack: madeBefore(position) }];
    });
  });
}

async function rowsByKey({ place, table }: World): Promise<Rows> {
  const rows: Record<string, readonly unknown[]> = {};
  for await (const state of place.ports.rowStore.scan(shapeOf(table))) {
    const row = visibleRow(state, table.columns);
    if (row) rows[String(row.key)] = row.values.map(asFound);
  }
  return rows;
}

/** Sets have no order. */
function asFound(cell: unknown): unknown {
  return Array.isArray(cell) ? new Set(cell) : cell;
}

function asCell(cell: OracleCell): unknown {
  return cell;
}

function asSql(cell: OracleCell, { kind }: ModelColumn): ResultValue | ReadonlySet<Member> {
  if (cell instanceof Set) return cell as ReadonlySet<Member>;
  const sample = samples[kind].find(({ means, sql }) => means === cell && sql !== undefined);
  return sample?.sql ?? (cell as ResultValue);
}
