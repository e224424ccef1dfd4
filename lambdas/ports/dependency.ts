/** Something without which the service does not do its work, and a cheap question that it must be able to answer. */
export interface Dependency {
  readonly name: string;
  /** Rejects, or never ends, where it does not answer; what it answers plays no part. */
  ask(): Promise<unknown>;
}
