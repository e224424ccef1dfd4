import fc from 'fast-check';
import type { TableShape } from '../../lambdas/domain/table.ts';
import { type Operation, operationState } from '../support/row-history.ts';

/** So low that usual writes meet it; so high that rows hold several. */
export const bytesMax = 1_500;

/** Of each kind whose size is reckoned in its own way. */
export const types: TableShape['columns'][number]['type'][] = [
  { type: 'string' },
  { type: 'int' },
  { type: 'stringset' },
  { type: 'string' },
  { type: 'idset' },
  { type: 'stringsetq', quantum: 'YMD' },
];

const texts = fc.integer({ min: 0, max: 900 }).map((length) => 'é'.repeat(length / 3) + 'x'.repeat(length / 3));
const numbers = fc.integer({ min: 0, max: 1e9 });
const members = <T>(member: fc.Arbitrary<T>) => fc.uniqueArray(member, { maxLength: 30 });
const values = fc.record(
  {
    n1: fc.option(texts),
    n2: fc.option(numbers),
    n3: fc.option(members(fc.string({ maxLength: 20 }))),
    n4: fc.option(texts),
    n5: fc.option(members(numbers)),
    n6: fc.option(members(fc.string({ maxLength: 9 }))),
  },
  { requiredKeys: [] },
);
const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: values }) },
  { weight: 2, arbitrary: fc.record({ update: values }) },
  { weight: 1, arbitrary: fc.constant({ delete: true as const }) },
);
/** A write, the number of its stamp, its key, and its time in milliseconds since 1970, if it has one. */
export const write = fc.tuple(operations, fc.nat(99), fc.nat(2), fc.option(fc.constant(Date.UTC(2022, 0, 1))));

/** What one such write says of its row. */
export function stateOf(
  { columns }: TableShape,
  [operation, n, key, timeMs]: typeof write extends fc.Arbitrary<infer T> ? T : never,
) {
  return operationState(operation, `01hq8zk3aab0000${String(n).padStart(2, '0')}`, columns, key, timeMs ?? undefined);
}
