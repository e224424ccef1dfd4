/** Makes identifiers: ULIDs, 26 characters, sortable by time, unique without coordination. */
export interface IdSource {
  next<T extends string>(): T;
}
