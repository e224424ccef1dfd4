import type { Instance } from './instance.ts';

/** Whether the work of a process came to its end. @throws what the history did not plan */
export async function works(instance: Instance, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return !instance.hasEnded();
  } catch (error) {
    if (!instance.hasMet()) throw error;
    return false;
  }
}
