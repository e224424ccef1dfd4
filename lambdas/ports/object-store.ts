/** Immutable objects by key. Keys are relative paths of `[A-Za-z0-9._=-]` parts joined by `/`. */
export interface ObjectStore {
  /** Stores durably unless the key is taken. False: it was taken, and nothing changed. */
  putIfAbsent(key: string, body: Uint8Array): Promise<boolean>;
  /** undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** All keys below a prefix (`a/b/`), sorted, with sizes. */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly bytes: number; readonly modifiedAtMs: number }>;
  /** Absent keys are ignored. */
  delete(keys: readonly string[]): Promise<void>;
}
