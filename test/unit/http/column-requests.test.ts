import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import {
  type ColumnRequest,
  columnTypeOf,
  columnView,
} from '../../../lambdas/http/dialects/featurebase-column-options.ts';
import { problemOf } from '../../support/problem-of.ts';
import { readFixture } from '../../support/read-fixture.ts';

type Case = { readonly request: ColumnRequest } & (
  | { readonly type: ColumnType }
  | { readonly kind: string; readonly says: string }
);

const cases = readFixture<Case[]>('http/column-requests.json').map((one) => ({
  ...one,
  name: JSON.stringify(one.request),
}));

describe('types of columns in requests', () => {
  it.each(cases)('$name', async (one) => {
    const read = () => columnTypeOf(one.request, "Column 'a'");
    if ('type' in one) expect(read()).toEqual(one.type);
    else expect(await problemOf(read)).toMatchObject({ kind: one.kind, message: expect.stringContaining(one.says) });
  });

  it.each(cases.flatMap((one) => ('type' in one ? [one] : [])))(
    'shows $name so that a request takes it back',
    ({ type }) => {
      expect(columnTypeOf(columnView({ name: 'a', type }) as ColumnRequest, "Column 'a'")).toEqual(type);
    },
  );

  it('takes a number beyond 2^53 as it was sent', () => {
    const type = columnTypeOf({ options: { type: 'int', max: 9_223_372_036_854_775_807n } }, 'Column');
    expect(type).toEqual({ type: 'int', max: '9223372036854775807' });
  });
});
