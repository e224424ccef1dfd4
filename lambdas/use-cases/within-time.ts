/** The time for some work is up; what it does may still be done later. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Waits for work, but not longer than `timeMs`. The work itself goes on: it must be such that it may end at any time, or
 * be done again beside itself.
 * @throws OutOfTime when the time is up first
 */
export async function withinTime<T>(work: Promise<T>, timeMs: number): Promise<T> {
  if (timeMs === Number.POSITIVE_INFINITY) return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime('the time for it is up')), timeMs);
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
    // Nobody waits for it any more; its own end is no news then.
    work.catch(() => undefined);
  }
}
