/** Resolves after `ms` milliseconds: what waits for a fact asks again after it. */
export type Pause = (ms: number) => Promise<void>;
