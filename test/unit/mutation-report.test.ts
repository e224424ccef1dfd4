import { expect, it } from '@jest/globals';
import { type MutationReport, scoresByFolder, survivingMutants } from '../support/mutation-report.ts';

type Mutant = MutationReport['files'][string]['mutants'][number];
const at = (line: number, column: number, end: readonly [number, number]) => ({
  start: { line, column },
  end: { line: end[0], column: end[1] },
});
const mutant = (status: Mutant['status'], more: Partial<Mutant> = {}): Mutant => ({
  mutatorName: 'BlockStatement',
  status,
  location: at(1, 1, [1, 2]),
  ...more,
});
const report: MutationReport = {
  files: {
    'domain/sql/a.ts': {
      source: 'if (a < b) {\n  stop();\n}\n',
      mutants: [
        mutant('Killed'),
        mutant('Survived', { replacement: 'a <= b', location: at(1, 5, [1, 10]) }),
        mutant('NoCoverage', { location: at(1, 12, [3, 2]) }),
        mutant('RuntimeError'),
      ],
    },
    'domain/sql/b.ts': { source: '', mutants: [mutant('Timeout'), mutant('Ignored')] },
    'domain/c.ts': { source: '', mutants: [mutant('Killed')] },
  },
};

it('lists what no test found, by its place', () => {
  expect(survivingMutants(report)).toEqual([
    'domain/sql/a.ts:1:5: a < b => a <= b',
    'domain/sql/a.ts:1:12: { stop(); } => BlockStatement (no test comes here)',
  ]);
});

it('scores folders and all of them; what did not load counts neither way', () => {
  expect(scoresByFolder(report, 'domain')).toEqual([
    { folder: '.', mutants: 1, found: 1 },
    { folder: 'sql', mutants: 4, found: 2 },
    { folder: 'all', mutants: 5, found: 3 },
  ]);
});
