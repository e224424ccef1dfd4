import type { MessagePort } from 'node:worker_threads';

/**
 * Calls a port's methods across threads, so that one thread alone writes the main database while workers use the
 * catalog as if it were theirs. Arguments and results are structured clones; errors come back with name and message.
 */
interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** Answers calls that come over `channel` with `target`'s own methods of those names. */
export function servePort(channel: MessagePort, target: object): void {
  const methods = target as Record<string, unknown>;
  channel.on('message', async ({ id, method, args }: Call) => {
    try {
      const callee = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (typeof callee !== 'function') throw new TypeError(`no method ${method}`);
      channel.postMessage({ id, value: await callee.apply(target, args) } satisfies Answer);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      channel.postMessage({ id, error: { name, message } } satisfies Answer);
    }
  });
}

/** A stand-in whose asynchronous methods run on the other side of `channel`. */
export function remotePort<T extends object>(channel: MessagePort): T {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  channel.on('message', ({ id, value, error }: Answer) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error) caller?.reject(Object.assign(new Error(error.message), { name: error.name }));
    else caller?.resolve(value);
  });
  return new Proxy({} as T, {
    get: (_, method) =>
      typeof method === 'string' && method !== 'then'
        ? (...args: unknown[]) =>
            new Promise((resolve, reject) => {
              last += 1;
              waiting.set(last, { resolve, reject });
              channel.postMessage({ id: last, method, args } satisfies Call);
            })
        : undefined,
  });
}
