/** Wall-clock time, injected so that domain and use cases never read it themselves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
