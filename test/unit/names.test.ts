import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  columnNameProblem,
  databaseNameProblem,
  sinkNameProblem,
  tableNameProblem,
} from '../../lambdas/domain/naming/names.ts';

interface Case {
  readonly name: unknown;
  readonly problem?: string;
}

const kinds: Readonly<Record<string, (name: unknown) => string | undefined>> = {
  database: databaseNameProblem,
  table: tableNameProblem,
  column: columnNameProblem,
  'sink-v1': (name) => sinkNameProblem(name, 'v1'),
  'sink-v2': (name) => sinkNameProblem(name, 'v2'),
};

describe.each(Object.entries(kinds))('%s', (kind, problemOf) => {
  const file = new URL(`../fixtures/names/${kind}.json`, import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
  it.each(cases)('$name: $problem', ({ name, problem }) => {
    expect(problemOf(name)).toBe(problem);
  });
});
