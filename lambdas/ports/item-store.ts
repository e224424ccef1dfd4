/**
 * A key-value store with conditional writes: the little of DynamoDB that the catalog needs. Items are addressed by a
 * partition and a sort key; a query reads one partition in sort order.
 */
export interface ItemKey {
  readonly partition: string;
  readonly sort: string;
}

export interface Item extends ItemKey {
  /** Grows with every write of this key that `ifRevision` guards; 0 where nobody asks. */
  readonly revision: number;
  /** JSON: undefined fields are left out. */
  readonly value: unknown;
  /** Seconds since 1970 after which the item no longer counts. Readers never see an expired item. */
  readonly expiresAtSeconds?: number;
}

export type ItemWrite =
  /** `absent`: only where the key is free. A number: only where the stored revision is that. None: always. */
  | { readonly put: Item; readonly if?: 'absent' | number }
  | { readonly delete: ItemKey; readonly if?: 'present' | number }
  /** Writes nothing; the transaction fails unless it holds. */
  | { readonly check: ItemKey; readonly if: 'absent' | 'present' | number };

export interface ItemStore {
  get(keys: readonly ItemKey[]): Promise<readonly (Item | undefined)[]>;
  /**
   * Items of a partition whose sort key begins with `prefix` and comes after `after` in the order of reading: ascending
   * by UTF-8 bytes, descending with `newestFirst`.
   */
  query(
    partition: string,
    options?: {
      readonly prefix?: string;
      readonly after?: string;
      readonly limit?: number;
      readonly newestFirst?: boolean;
    },
  ): Promise<readonly Item[]>;
  /**
   * All or nothing, durable when it resolves. At most 100 writes, one per key.
   * @returns the index of the first write whose condition did not hold (then nothing changed), or undefined when done
   */
  transact(writes: readonly ItemWrite[]): Promise<number | undefined>;
  /** Writes without conditions that need not be atomic together; any number. */
  write(writes: readonly ItemWrite[]): Promise<void>;
}
