import { BOOLEAN } from '@duckdb/node-api';
import type { Integer, Scalar } from '../../domain/column-type.ts';
import type { ScalarCell } from '../../domain/row.ts';
import { rangeOfTexts, rangeOfValues } from '../../domain/segment-ranges.ts';
import type { Column } from '../../domain/table.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';
import { rowPlaceRowsMin, sqlTypeOf, stampOf, valuesOf, wideDecimalMin } from './segment-format.ts';
import { type ColumnStage, integers, type StagedColumn, type StagedValues, stamps, texts } from './staged-values.ts';

/**
 * Gathers a scalar column's cells.
 * @param exists the rows' stamps, of as many rows as cells were added and the one that is being added
 */
export function stageScalars({ id, type }: Column, exists: readonly Stamp[]): ColumnStage {
  const values: (Scalar | null)[] = [];
  /** Undefined as long as every cell has its row's stamp, or is absent where the row has none. */
  let cellStamps: Stamp[] | undefined;
  let cells = 0;
  return {
    add(cell, rowStamp) {
      const scalar = cell as ScalarCell | undefined;
      const stamp = scalar?.stamp ?? noStamp;
      if (cellStamps !== undefined) cellStamps.push(stamp);
      else if (stamp !== rowStamp) cellStamps = [...exists.slice(0, values.length), stamp];
      if (scalar !== undefined) cells += 1;
      values.push(scalar?.value ?? null);
    },
    staged() {
      if (cells === 0) return undefined;
      const isWide = type.type === 'decimal' && values.some(isWideDecimal);
      const range = () =>
        type.type === 'string'
          ? rangeOfTexts(values as (string | null)[])
          : rangeOfValues(values as (Integer | boolean | null)[]);
      const columns: StagedColumn[] = [{ name: id, ...scalars(type.type, values) }];
      const select = [`${fileValue({ id, type }, isWide)} AS ${valuesOf(id)}`];
      if (cellStamps === undefined && values.length >= rowPlaceRowsMin) return { columns, select, place: 'row', range };
      columns.push({ name: `s_${id}`, ...stamps(cellStamps ?? exists) });
      return { columns, select: [...select, stampOf(id)], place: 'cell', range };
    },
  };
}

function scalars(type: Column['type']['type'], values: readonly (Scalar | null)[]): StagedValues {
  if (type === 'string') return texts(values as readonly (string | null)[]);
  if (type === 'bool') return { type: BOOLEAN, values: values as readonly (boolean | null)[] };
  return integers(values as readonly (Integer | null)[]);
}

/** DuckDB expression: a column's value in its natural type, from what was appended. */
function fileValue({ id, type }: Pick<Column, 'id' | 'type'>, isWide: boolean): string {
  const value = valuesOf(id);
  if (type.type === 'string' || type.type === 'bool') return value;
  const count = `CAST(${value} AS BIGINT)`;
  if (type.type === 'timestamp') {
    const micros = { s: `${count} * 1000000`, ms: `${count} * 1000`, us: count, ns: count }[type.unit];
    return `${type.unit === 'ns' ? 'make_timestamp_ns' : 'make_timestamp'}(${micros})`;
  }
  if (type.type !== 'decimal') return count;
  const { scale } = type;
  const whole = `CAST(${count} AS DECIMAL(19, 0))`;
  const unit = `CAST('0.${'1'.padStart(scale, '0')}' AS DECIMAL(${scale}, ${scale}))`;
  return `CAST(${scale === 0 ? whole : `${whole} * ${unit}`} AS ${sqlTypeOf(type, isWide)})`;
}

function isWideDecimal(value: Scalar | null): boolean {
  return typeof value === 'bigint' && (value < 0n ? -value : value) >= wideDecimalMin;
}
