import type { QueryAim } from './query-cases.ts';
import type { LoadedEvents } from './query-load.ts';
import type { QueryFigures } from './query-rounds.ts';

const targetNames = ['compacted', 'unmerged', 'duckdb'] as const;
/** Characters of a line that say which query it is. */
const nameWidth = 27;

/** Says what was loaded, and how long it took. */
export function printLoad(loaded: LoadedEvents, unmerged: number): void {
  const { rows, bytes, loadSeconds, loadPeakMegabytes } = loaded;
  const megabytes = (count: number) => `${(count / 1_048_576).toFixed(1)} MB`;
  const { segments, compactions, rows: rowStore } = loadSeconds;
  const took = `segments ${segments.toFixed(1)} s, two compactions ${compactions.toFixed(1)} s, rows ${rowStore.toFixed(1)} s`;
  print(`\n${rows.toLocaleString('en-US')} rows, a tenth of them updated once in ${unmerged} segments\n`);
  print(`loading took: ${took}; at most ${loadPeakMegabytes.toFixed(0)} MB of memory\n`);
  print(
    `files: compacted ${megabytes(bytes.compacted)}, with the unmerged ${megabytes(bytes.unmerged)}, DuckDB's ${megabytes(bytes.peer)}\n`,
  );
}

/** The table: times, ratios to DuckDB, and the aims in brackets. A star marks an aim that is missed. */
export function printFigures(all: readonly QueryFigures[]): void {
  const heads = ['compacted ms', '200 unmerged ms', 'DuckDB ms', 'compacted', '200 unmerged'];
  print(`${line('query', heads, [...targetNames])}\n`);
  for (const { query, ms, peakMegabytes } of all) {
    const times = targetNames.map((name) => figure(ms[name], 1));
    const aims = (['compacted', 'unmerged'] as const).map((state) => aimed(query.aim, state, ms));
    const peaks = targetNames.map((name) => (peakMegabytes[name] ?? 0).toFixed(0));
    print(`${line(query.name, [...times, ...aims], peaks)}\n`);
  }
  const peak = Math.max(...all.flatMap(({ peakMegabytes: { compacted = 0, unmerged = 0 } }) => [compacted, unmerged]));
  print(`ratios to DuckDB (aim); * missed; on the right the highest memory in MB: ${peak.toFixed(0)} (1536)\n`);
  for (const { refused } of all) for (const why of refused) print(`refused: ${why}\n`);
}

function line(name: string, cells: readonly string[], peaks: readonly string[]): string {
  const wide = cells.map((cell) => cell.padStart(18)).join('');
  return `${name.padEnd(nameWidth)}${wide}  ${peaks.map((peak) => peak.padStart(10)).join('')}`;
}

/** Times by size of the table, compacted / 200 unmerged / DuckDB. */
export function printGrowth(
  curve: readonly { readonly rows: number; readonly figures: readonly QueryFigures[] }[],
): void {
  print('\ngrowth: milliseconds compacted / 200 unmerged / DuckDB\n');
  const cell = (text: string) => text.padStart(26);
  print(`${'rows'.padEnd(nameWidth)}${curve.map(({ rows }) => cell(rows.toLocaleString('en-US'))).join('')}\n`);
  for (const [i, { query }] of curve[0]!.figures.entries()) {
    const cells = curve.map(({ figures }) => {
      const { compacted, unmerged, duckdb } = figures[i]!.ms;
      return cell([compacted, unmerged, duckdb].map((value) => figure(value, 1)).join(' / '));
    });
    print(`${query.name.padEnd(nameWidth)}${cells.join('')}\n`);
  }
}

/** A case's ratio to the peer, or its time where that is what the aim is about. */
function aimed(aim: QueryAim, state: 'compacted' | 'unmerged', ms: QueryFigures['ms']): string {
  const own = ms[state];
  if (own === undefined) return 'refused *';
  const [value, limit, unit] = aim.kind === 'ms' ? [own, aim.ms, ' ms'] : [own / ms.duckdb!, aim[state], 'x'];
  return `${value.toFixed(2)}${unit} (${limit})${value <= limit ? '  ' : ' *'}`;
}

function figure(value: number | undefined, digits: number): string {
  return value === undefined ? 'refused' : value.toFixed(digits);
}

function print(text: string): void {
  process.stdout.write(text);
}
