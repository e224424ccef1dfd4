import type { Member, Scalar } from '../../../lambdas/domain/column-type.ts';
import type { ModelColumn, ModelOutcome } from './model.ts';

/** A cell as readers see it: sets as their members in no order. */
export type OracleCell = Scalar | ReadonlySet<Member> | null;

/** Rows by the text of their key, cells by column. */
export type OracleTable = ReadonlyMap<string, ReadonlyMap<ModelColumn, OracleCell>>;

/** Something that was written, and when it has its turn. */
export interface Write {
  /** Which request it came with, counted in the order that they were accepted in. */
  readonly request: number;
  /** Place of the record within its request. */
  readonly position: number;
  /** Mapping revision that made it of the record. */
  readonly revision: number;
  readonly what: Exclude<ModelOutcome, { rejected: unknown }>;
  /** What earlier revisions made of the record, to be taken back where this one does not make it too. */
  readonly takesBack?: readonly Exclude<ModelOutcome, { rejected: unknown }>[];
}

/**
 * What the table must be: all that was written, one after the other in order of acceptance, applied to ordinary mutable
 * maps. Knows no stamps, no tombstones and no merging, and nothing of messages, flushes and crashes.
 */
export function tableAfter(writes: readonly Write[]): OracleTable {
  const rows = new Map<string, Map<ModelColumn, OracleCell>>();
  for (const { what, takesBack = [] } of [...writes].sort(inOrder)) {
    for (const earlier of takesBack) takeBack(rows, earlier, what);
    if ('delete' in what) {
      rows.delete(what.delete);
      continue;
    }
    const row = rows.get(what.put) ?? new Map<ModelColumn, OracleCell>();
    rows.set(what.put, row);
    for (const [column, value] of what.cells) {
      const before = row.get(column);
      row.set(column, isMembers(value) ? new Set([...(before instanceof Set ? before : []), ...value]) : value);
    }
  }
  return rows;
}

/**
 * Values become null and members go. Not taken back: that the row exists, that a set was written, which is left empty, and
 * what a null or a delete cleared.
 */
function takeBack(
  rows: ReadonlyMap<string, Map<ModelColumn, OracleCell>>,
  earlier: Write['what'],
  now: Write['what'],
): void {
  if (!('put' in earlier) || !('put' in now)) return;
  const isSameRow = earlier.put === now.put;
  const row = rows.get(earlier.put);
  if (row === undefined) return;
  for (const [column, value] of earlier.cells) {
    const kept = isSameRow ? now.cells.get(column) : undefined;
    const cell = row.get(column);
    if (isMembers(value)) {
      const gone = value.filter((member) => !(isMembers(kept ?? null) && (kept as readonly Member[]).includes(member)));
      if (cell instanceof Set) row.set(column, new Set([...cell].filter((member) => !gone.includes(member))));
    } else if (kept === undefined && !isSetKind(column)) row.set(column, null);
  }
}

function isSetKind({ kind }: ModelColumn): boolean {
  return kind === 'idset' || kind === 'stringset' || kind === 'quantum';
}

function inOrder(a: Write, b: Write): number {
  const [first = 0n, second = 0n] = [a.what.version, b.what.version];
  if (first !== second) return first < second ? -1 : 1;
  return a.request - b.request || a.position - b.position || a.revision - b.revision;
}

function isMembers(value: Scalar | readonly Member[] | null): value is readonly Member[] {
  return Array.isArray(value);
}
