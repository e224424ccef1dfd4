/** What a list can be ordered by; `-` is the other way round. Ids are in the order of creation. */
export const sorts = ['created_at', '-created_at', 'name', '-name'] as const;
export type Sort = (typeof sorts)[number];

/** What lists know of a resource. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

/** Which resources are asked for, and in which order. */
export interface Selection {
  readonly sort: Sort;
  /** The name; with `*` at its end, how it begins. */
  readonly name?: string;
  readonly status?: string;
}

/** Where a page ended: what its last resource was ordered by. It needs not be there any more. */
export type Place = Pick<Listed, 'id' | 'name'>;

export interface PageRequest extends Selection {
  /** All, unless given. */
  readonly limit?: number;
  /** From the beginning, unless given. */
  readonly after?: Place;
}

/**
 * One page of a list that was read whole. Between two pages things may come and go: what is there all the time is shown
 * once, unless it is renamed while the order is that of names.
 * @returns `next`, if there is more
 */
export function pageOf<T>(
  all: readonly T[],
  listed: (one: T) => Listed,
  { limit = all.length, after, ...selection }: PageRequest,
): { readonly shown: readonly T[]; readonly next?: Place } {
  const found = all
    .map((one) => ({ one, of: listed(one) }))
    .filter(({ of }) => isSelected(of, selection) && (after === undefined || comesAfter(of, after, selection.sort)))
    .sort((a, b) => (comesAfter(a.of, b.of, selection.sort) ? 1 : -1));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    shown: shown.map(({ one }) => one),
    ...(last && found.length > shown.length && { next: { id: last.of.id, name: last.of.name } }),
  };
}

function isSelected({ name, status }: Listed, wanted: Selection): boolean {
  if (wanted.status !== undefined && status !== wanted.status) return false;
  if (wanted.name === undefined) return true;
  return wanted.name.endsWith('*') ? name.startsWith(wanted.name.slice(0, -1)) : name === wanted.name;
}

/** Names are compared by their code units; those of one name, by creation. */
function comesAfter(a: Place, b: Place, sort: Sort): boolean {
  const [later, earlier] = sort.startsWith('-') ? [b, a] : [a, b];
  const isByName = sort.endsWith('name') && later.name !== earlier.name;
  return isByName ? later.name > earlier.name : later.id > earlier.id;
}
