import type { Crash } from './history.ts';

/** What a history lets happen to a call. */
export class Planned extends Error {
  override readonly name = 'Planned';
}

/** One process of a history, that nothing, an error or its end comes upon. */
export interface Process {
  /** A port as this process calls it; after its end no call does anything. */
  readonly port: <T extends object>(port: T) => T;
  /** Whether it met its crash: there may be fewer calls than that. */
  readonly hasMet: () => boolean;
  readonly hasEnded: () => boolean;
}

/** Counts the calls that a process makes of its ports, and breaks the one that it is told to. */
export function startProcess(crash: Crash | undefined): Process {
  let calls = 0;
  let hasEnded = false;

  async function call<T>(run: () => T): Promise<Awaited<T>> {
    if (hasEnded) throw new Planned('this process has ended');
    calls += 1;
    if (calls !== crash?.call) return await run();
    // The call itself still begins: what ends is who waits for it.
    const running = crash.done ? run() : undefined;
    hasEnded = crash.ends;
    await running;
    throw new Planned(`call ${calls}`);
  }

  return {
    port: (port) => {
      if (crash === undefined) return port;
      const methods = Object.entries(port).map(([name, method]) => [
        name,
        (...args: unknown[]) => call(() => (method as (...all: unknown[]) => unknown)(...args)),
      ]);
      return Object.fromEntries(methods);
    },
    hasMet: () => crash !== undefined && calls >= crash.call,
    hasEnded: () => hasEnded,
  };
}
