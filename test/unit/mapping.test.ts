import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { compileMapping } from '../../lambdas/domain/mapping.ts';
import type { MappedRow, Rejection } from '../../lambdas/domain/outcome.ts';
import type { Mapping } from '../../lambdas/domain/sink.ts';

/** A file of test/fixtures/mapping; it is read as a records body is, so that 64-bit integers survive. */
interface Fixture {
  readonly mapping: Mapping;
  readonly cases: readonly Case[];
}

interface Case {
  readonly title: string;
  readonly record: unknown;
  /** A value of `{"missing": true}` stands for undefined. */
  readonly row?: MappedRow;
  /** What the rejection must say at least. */
  readonly rejected?: Partial<Rejection>;
}

const folder = new URL('../fixtures/mapping/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { mapping, cases } = parseRecordsBody(readFileSync(new URL(file, folder), 'utf8'), true) as Fixture;
  describe(file.replace('.json', ''), () => {
    const map = compileMapping(mapping);
    it.each(cases.map((each) => [each.title, each] as const))('%s', (_, { record, row, rejected }) => {
      const outcome = map(record);
      if (row === undefined) {
        expect(outcome).toMatchObject({ kind: 'rejected', ...rejected });
        expect(Object.keys(outcome)).toEqual(expect.arrayContaining(['got', 'want', 'message']));
      } else {
        expect(outcome).toStrictEqual({ ...row, values: row.values.map(missingAsUndefined) });
      }
    });
  });
}

function missingAsUndefined(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'missing' in value ? undefined : value;
}
