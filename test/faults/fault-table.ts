import { type Findings, noFindings } from './check.ts';

/** One line of the table: what was done to the process, and what became of the records. */
export interface FaultLine extends Findings {
  readonly name: string;
  kills: number;
}

/** Lines by name, in the order in which they are first spoken of. */
export interface FaultTable {
  line(name: string): FaultLine;
  add(name: string, findings: Findings): void;
  /** Notes in words why a line could not be had on this machine. */
  skip(name: string, reason: string): void;
  /** Notes what ended a part of the run before its time. */
  fail(error: unknown): void;
  /** In words: what is not as it should be. Empty when every promise held. */
  problems(): readonly string[];
  print(): string;
}

const counts = ['kills', 'acknowledged', 'visible', 'distinct', 'lost', 'doubled', 'whole', 'absent'] as const;

export function makeFaultTable(): FaultTable {
  const lines = new Map<string, FaultLine>();
  const skipped: string[] = [];
  const failures: string[] = [];
  const lineOf = (name: string) => {
    const line = lines.get(name) ?? { name, kills: 0, ...noFindings() };
    lines.set(name, line);
    return line;
  };
  return {
    line: lineOf,
    add(name, { problems, ...numbers }) {
      const line = lineOf(name);
      for (const [count, number] of Object.entries(numbers)) line[count as keyof typeof numbers] += number;
      line.problems.push(...problems);
    },
    skip(name, reason) {
      lineOf(name);
      skipped.push(`${name}: skipped, ${reason}`);
    },
    fail: (error) => void failures.push(String((error as Error).stack)),
    problems: () => [...[...lines.values()].flatMap(problemsOf), ...failures],
    print: () => [printed([...lines.values()]), ...skipped].join('\n'),
  };
}

function problemsOf({ name, problems, acknowledged, visible, distinct, lost, doubled }: FaultLine): string[] {
  const isWhole = acknowledged === visible && visible === distinct && lost === 0 && doubled === 0;
  const unequal = isWhole ? [] : [`acknowledged ${acknowledged}, visible ${visible}, distinct ${distinct}`];
  return [...unequal, ...problems].map((problem) => `${name}: ${problem}`);
}

function printed(lines: readonly FaultLine[]): string {
  const total: FaultLine = { name: 'total', kills: 0, ...noFindings() };
  for (const line of lines) for (const count of counts) total[count] += line[count];
  const width = Math.max(...lines.map(({ name }) => name.length));
  const row = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(width)} ${cells.map((cell) => String(cell).padStart(12)).join(' ')}\n`;
  const head = row('records are', counts);
  return (
    head +
    [...lines, total]
      .map((line) =>
        row(
          line.name,
          counts.map((count) => line[count]),
        ),
      )
      .join('')
  );
}
