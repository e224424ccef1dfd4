import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import { readFieldType } from '../../../lambdas/http/dialects/v1/field-type.ts';
import { readFixture } from '../../support/read-fixture.ts';

interface FieldCase {
  readonly type?: unknown;
  readonly config?: unknown;
  /** Absent where the field is the records' time. */
  readonly column?: ColumnType;
  readonly readAs?: unknown;
  readonly says?: string;
  readonly kind?: string;
}

const cases = readFixture<FieldCase[]>('control-plane/field-types.json').map((one) => ({
  ...one,
  text: `${JSON.stringify(one.type)} ${JSON.stringify(one.config ?? {})}`,
}));
const good = cases.filter(({ says }) => says === undefined);
const bad = cases.filter(({ says }) => says !== undefined);

describe('type and config of a /v1 field', () => {
  it.each(good)('$text', ({ type, config, column, readAs }) => {
    const kind = column === undefined ? 'recordTime' : 'column';
    expect(readFieldType(type, config, 'here')).toEqual({
      kind,
      ...(column && { type: column }),
      ...(readAs !== undefined && { readAs }),
    });
  });

  it.each(bad)('$text is refused', ({ type, config, says, kind = 'invalid_parameter' }) => {
    expect(() => readFieldType(type, config, 'definition[3]')).toThrow(
      expect.objectContaining({ kind, message: expect.stringMatching(/^definition\[3\]: .*\.$/) }),
    );
    expect(() => readFieldType(type, config, 'definition[3]')).toThrow(says!);
  });
});
