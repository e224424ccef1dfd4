import { expect, it } from '@jest/globals';
import { refuseSegments, slowMsMax, slowSegments } from '../../lambdas/domain/limits.ts';
import { segmentDelayMs } from '../../lambdas/domain/segment-pressure.ts';

it.each([
  [0, 0],
  [slowSegments - 1, 0],
  [slowSegments, Math.round(slowMsMax / (refuseSegments - slowSegments))],
  [(slowSegments + refuseSegments) / 2 - 1, slowMsMax / 2],
  [refuseSegments - 1, slowMsMax],
  [refuseSegments, 'refuse'],
  [10 * refuseSegments, 'refuse'],
])('a table of %d segments: %s', (segments, delay) => {
  expect(segmentDelayMs(segments)).toBe(delay);
});
