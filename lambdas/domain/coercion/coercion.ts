import type { ColumnType } from '../column-type.ts';
import type { MappedValue } from '../outcome.ts';
import type { ReadAs } from '../sink.ts';
import { dateIntCoercer } from './coerce-date-int.ts';
import { decimalCoercer } from './coerce-decimal.ts';
import { idCoercer, intCoercer } from './coerce-integer.ts';
import { idsetCoercer, oneMemberCoercer, signedMemberCoercer, stringsetCoercer } from './coerce-set.ts';
import { boolCoercer, stringCoercer } from './coerce-text.ts';
import { timestampCoercer } from './coerce-timestamp.ts';
import { Misfit } from './misfit.ts';

/** What a JSON value becomes: the column's value (undefined: missing, null: clears), or why it can't be one. */
export type Coerced = MappedValue | Misfit;

/**
 * Makes the function that turns a JSON value into a value of a column. It never throws; numbers that a double would
 * round are taken as bigint and `LongDecimal` (see `parseRecordsBody`). The rules are the FeatureBase ingester's, one file a family of types.
 * @param column the name that errors show
 * @param readAs how a /v1 sink said its values are to be read; absent for /v2
 */
export function coercerOf(type: ColumnType, column: string, readAs?: ReadAs): (value: unknown) => Coerced {
  switch (type.type) {
    case 'id':
      return idCoercer(column);
    case 'int':
      return readAs?.countedIn === undefined
        ? intCoercer(column, type.min, type.max)
        : dateIntCoercer(column, intCoercer(column, type.min, type.max), readAs.countedIn, readAs);
    case 'decimal':
      return decimalCoercer(column, type.scale);
    case 'timestamp':
      return timestampCoercer(column, type.unit, type.epoch, readAs);
    case 'string':
      return stringCoercer(column);
    case 'bool':
      return boolCoercer(column);
    case 'idset':
    case 'idsetq':
      if (readAs?.signed) return signedMemberCoercer(column);
      return readAs?.oneMember ? oneMemberCoercer(idCoercer(column)) : idsetCoercer(column);
    case 'stringset':
    case 'stringsetq':
      return readAs?.oneMember ? oneMemberCoercer(stringCoercer(column)) : stringsetCoercer(column);
  }
}

/** True for what `coercerOf` returns when the value can't be one of the column's. */
export function isMisfit(coerced: Coerced): coerced is Misfit {
  return coerced instanceof Misfit;
}
