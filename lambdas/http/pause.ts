import type { Pause } from '../ports/pause.ts';

/** The pause of every place. Its timer keeps the process going: a function with nothing else to do would end. */
export const pause: Pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
