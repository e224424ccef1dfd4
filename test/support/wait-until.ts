/**
 * Waits for a fact instead of a time: asks `probe` until it answers something, at growing distances of at most 100 ms.
 * @param fact what is waited for, in words: the message when the deadline passes
 * @throws when `timeoutMs` passes first; the last error of the probe is its cause
 */
export async function waitUntil<T>(fact: string, probe: () => Promise<T | undefined>, timeoutMs = 30_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let pauseMs = 5;
  let lastError: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${fact}`, { cause: lastError });
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(100, pauseMs * 2);
  }
}
