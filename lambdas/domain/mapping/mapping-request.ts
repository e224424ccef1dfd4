import type { ColumnType } from '../column-type.ts';
import { pathStepsMax } from '../limits.ts';
import { Problem } from '../problem.ts';
import type { KeySpec, MappingItem, Path, ReadAs, RecordTimeSpec, VersionSpec } from '../sink.ts';
import type { Table } from '../table.ts';

/** One `{name, path}` of the mapping that a client asks for. */
export interface RequestedItem {
  readonly name: string;
  readonly path: Path;
  /** /v1 only: the column that the item makes. */
  readonly type?: ColumnType;
  readonly readAs?: ReadAs;
}

/**
 * How the client says that rows are named. `mapped`: by the item called `_id`. `id`: by the whole number of this item.
 * `fields`: by the values of these items, joined.
 */
export type RequestedKey =
  | { readonly kind: 'mapped' }
  | { readonly kind: 'id'; readonly field: string }
  | { readonly kind: 'fields'; readonly fields: readonly string[] };

export interface MappingRequest {
  readonly key: RequestedKey;
  readonly items: readonly RequestedItem[];
  readonly timeQuantum?: RecordTimeSpec;
  /** /v1: items carry types, and columns that the table lacks are made. Otherwise items name columns that exist. */
  readonly createColumns: boolean;
}

/** What a request comes to on a table as it stands: the mapping's parts, and the table as it has to be for them. */
export interface ResolvedMapping {
  readonly key: KeySpec;
  readonly items: readonly MappingItem[];
  readonly timeQuantum?: RecordTimeSpec;
  readonly version?: VersionSpec;
  readonly table: Pick<Table, 'keyType' | 'columns' | 'nextColumn'>;
}

/** A request is refused for one of its items; the place is named as clients of both dialects know it. */
export function itemProblem(index: number, sentence: string): Problem {
  return new Problem('invalid_parameter', `definition[${index}]: ${sentence}.`, { parameter: 'definition', index });
}

/** @throws Problem when an item has no name or no usable path, or two items have one name. */
export function checkItems(items: readonly RequestedItem[]): void {
  const seen = new Map<string, number>();
  items.forEach((item, index) => {
    if (typeof item !== 'object' || item === null)
      throw itemProblem(index, 'it must be an object like {"name":"lat","path":["data","lat"]}');
    const name: unknown = item.name;
    if (typeof name !== 'string' || name === '') throw itemProblem(index, 'name must be a text that is not empty');
    const wrongPath = pathProblem(item.path);
    if (wrongPath !== undefined) throw itemProblem(index, `the path of '${name}' ${wrongPath}`);
    const first = seen.get(name);
    if (first !== undefined) throw itemProblem(index, `the name '${name}' is that of definition[${first}] already`);
    seen.set(name, index);
  });
}

/** What is wrong with a path, as the end of a sentence that begins with what path it is. */
export function pathProblem(path: unknown): string | undefined {
  if (!Array.isArray(path)) return 'must be a list of object keys like ["data","lat"]';
  if (path.length === 0) return 'is empty; it must name at least one object key';
  if (path.length > pathStepsMax) return `has ${path.length} steps; at most ${pathStepsMax} are allowed`;
  const step = path.findIndex((key) => typeof key !== 'string');
  return step < 0 ? undefined : `has a step (${step}) that is no text; lists cannot be stepped into`;
}
