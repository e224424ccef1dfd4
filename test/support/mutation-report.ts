/** The part that is read here of a report in the mutation testing report schema, which Stryker writes. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  /** Mutants that do not load (`RuntimeError`), or that a comment takes out (`Ignored`), count neither way. */
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'RuntimeError' | 'CompileError' | 'Ignored';
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Both count from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** How many of the mutants of one folder the tests have found. */
export interface FolderScore {
  readonly folder: string;
  readonly mutants: number;
  readonly found: number;
}

/** Characters of a mutant's text that its line shows. */
const shownLengthMax = 100;

/** Each mutant that no test found, as `file:line:column: what stood there => what did in its place`. */
export function survivingMutants({ files }: MutationReport): readonly string[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(isSurvivor).map(({ location: { start, end }, replacement, mutatorName, status }) => {
      const stood = shown(textBetween(source, start, end));
      const untested = status === 'NoCoverage' ? ' (no test comes here)' : '';
      return `${file}:${start.line}:${start.column}: ${stood} => ${shown(replacement ?? mutatorName)}${untested}`;
    }),
  );
}

/** Scores by folder below `root`, files of `root` itself under `.`, and the sum under `all`. */
export function scoresByFolder({ files }: MutationReport, root: string): readonly FolderScore[] {
  const parts = Object.entries(files).map(([file, { mutants }]) => {
    const below = file.slice(root.length + 1).split('/');
    return { folder: below.length > 1 ? below[0]! : '.', ...countOf(mutants) };
  });
  const byFolder = Map.groupBy(parts, ({ folder }) => folder);
  const scores = [...byFolder].map(([folder, group]) => sumOf(folder, group));
  return [...scores.sort((a, b) => (a.folder < b.folder ? -1 : 1)), sumOf('all', scores)];
}

function countOf(mutants: readonly Mutant[]): Pick<FolderScore, 'mutants' | 'found'> {
  const found = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  return { found, mutants: found + mutants.filter(isSurvivor).length };
}

function sumOf(folder: string, parts: readonly FolderScore[]): FolderScore {
  const sum = (count: 'mutants' | 'found') => parts.reduce((total, part) => total + part[count], 0);
  return { folder, mutants: sum('mutants'), found: sum('found') };
}

function isSurvivor({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

function textBetween(source: string, start: Place, end: Place): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.column - 1);
  return lines.join('\n').slice(start.column - 1);
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= shownLengthMax ? line : `${line.slice(0, shownLengthMax)}…`;
}
