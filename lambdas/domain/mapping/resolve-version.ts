import { Problem } from '../problem.ts';
import type { VersionSpec } from '../sink.ts';
import type { Table } from '../table.ts';
import type { RequestedItem } from './mapping-request.ts';

/** Name of the item that maps a record's version; whatever type comes with it, the table says how it is read. */
export const versionItem = '_version';

/**
 * How a sink reads its records' versions: where the table's producers have a clock of their own, every sink does, and
 * elsewhere none.
 * @throws Problem `incorrect_state` when the request and the table do not agree on that
 */
export function resolveVersion(
  items: readonly RequestedItem[],
  { name: table, version: kind }: Pick<Table, 'name' | 'version'>,
): VersionSpec | undefined {
  const item = items.find(({ name }) => name === versionItem);
  if (item && kind) return { kind, path: item.path };
  if (item)
    throw new Problem(
      'incorrect_state',
      `The definition maps _version, and table '${table}' was made without the option version: leave the item out, or make a table with {"options":{"version":"number"}} or "time".`,
      { parameter: 'definition' },
    );
  if (kind)
    throw new Problem(
      'incorrect_state',
      `Table '${table}' has the option version: "${kind}", so the definition must map each record's version: add {"name":"_version","path":[...]}.`,
      { parameter: 'definition' },
    );
  return undefined;
}
