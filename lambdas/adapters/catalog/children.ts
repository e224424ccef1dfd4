import { createHash } from 'node:crypto';
import { type NotCreated, type NotDeleted, RevisionConflict } from '../../ports/catalog/resources.ts';
import type { Item, ItemKey, ItemStore, ItemWrite } from '../../ports/item-store.ts';

/**
 * How creates and deletes of a parent and its children (a database and its tables, a table and its sinks) exclude each
 * other without excluding creates among themselves.
 *
 * A create checks in its transaction that the parent stands at the revision that was read, and leaves its mark in the
 * parent's `newest-child` item. A delete reads that item, then the children; if there are none, it deletes the parent
 * on condition that `newest-child` still is as it was. So a child that the delete did not see has changed the mark, and
 * a child that comes after the delete finds no parent. Deleting a child leaves no mark: it can only make a delete of the
 * parent possible that was refused a moment before.
 */
interface ParentKeys {
  readonly parent: ItemKey;
  readonly newestChild: ItemKey;
}

interface NewChild {
  readonly id: string;
  /** Put where the name is free. */
  readonly nameItem: Item;
  readonly childItem: Item;
  /** Written in the same transaction. */
  readonly more?: readonly ItemWrite[];
}

/**
 * Creates a child with its name, unless the name is taken or the parent is gone.
 * @param isGoing true for a parent that takes no more children
 * @throws when the child's id is taken
 */
export async function createChild(
  items: ItemStore,
  { parent, newestChild }: ParentKeys,
  { id, nameItem, childItem, more = [] }: NewChild,
  isGoing: (parent: unknown) => boolean = () => false,
): Promise<NotCreated | undefined> {
  for (;;) {
    const [found] = await items.get([parent]);
    if (!found || isGoing(found.value)) return 'parent_gone';
    const failed = await items.transact([
      { check: parent, if: found.revision },
      { put: nameItem, if: 'absent' },
      { put: childItem, if: 'absent' },
      { put: { ...newestChild, revision: markOf(id), value: {} } },
      ...more,
    ]);
    if (failed === undefined) return undefined;
    if (failed === 1) return 'name_taken';
    if (failed > 1) throw new Error(`${childItem.sort} is there already`);
  }
}

/**
 * Deletes a parent that has no children, over the revision that was read: its name, which goes with it, is then its name.
 * @param childNames reads the names of the children
 * @param more writes of the same transaction: the parent's name goes with it
 * @param revision the one that must stand, if any
 * @returns why it was not deleted, or undefined
 */
export async function deleteParent<T>(
  items: ItemStore,
  { parent, newestChild }: ParentKeys,
  childNames: (parent: T) => Promise<readonly string[]>,
  more: (parent: T) => readonly ItemWrite[],
  revision?: number,
): Promise<NotDeleted | undefined> {
  for (;;) {
    const [found, newest] = await items.get([parent, newestChild]);
    if (!found) return 'absent';
    if (revision !== undefined && revision !== found.revision)
      throw new RevisionConflict(`${parent.sort} is no longer at revision ${revision}`);
    const children = await childNames(found.value as T);
    if (children.length > 0) return { children };
    const failed = await items.transact([
      { delete: parent, if: found.revision },
      newest ? { delete: newestChild, if: newest.revision } : { check: newestChild, if: 'absent' },
      ...more(found.value as T),
    ]);
    if (failed === undefined) return undefined;
  }
}

/** A number that no other child has (48 bits of a hash of its id), so that no two creates leave the same mark. */
function markOf(id: string): number {
  return createHash('sha256').update(id).digest().readUIntBE(0, 6);
}
