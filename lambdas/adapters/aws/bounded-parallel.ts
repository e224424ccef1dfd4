/**
 * Runs `work` on each input, at most `atOnceMax` at a time.
 * @returns the results in the order of the inputs; rejects with the first error, once those under way have ended
 */
export async function boundedParallel<T, R>(
  atOnceMax: number,
  inputs: readonly T[],
  work: (input: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(inputs.length);
  const errors: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < inputs.length && errors.length === 0) {
      const at = next++;
      try {
        results[at] = await work(inputs[at]!);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMax, inputs.length) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** Consecutive pieces of at most `size`. */
export function chunksOf<T>(size: number, inputs: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(inputs.length / size) }, (_, i) => inputs.slice(i * size, (i + 1) * size));
}
