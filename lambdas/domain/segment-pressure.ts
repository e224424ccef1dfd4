import { refuseSegments, slowMsMax, slowSegments } from './limits.ts';

/**
 * How long a request to a table with so many current segments waits before it is accepted: from nothing at `slowSegments`
 * up to `slowMsMax`, evenly.
 * @returns `refuse` where the table takes no more until a compaction has caught up
 */
export function segmentDelayMs(segments: number): number | 'refuse' {
  if (segments < slowSegments) return 0;
  if (segments >= refuseSegments) return 'refuse';
  return Math.round(((segments - slowSegments + 1) / (refuseSegments - slowSegments)) * slowMsMax);
}
