import type { Segment } from './segment.ts';

/**
 * Which segments to merge into one: the smaller ones, and each larger one only while it is at most as large as all
 * smaller ones together. So a row is rewritten about once each time its table doubles, and a large segment is left in
 * peace until enough has gathered beside it. Merging any subset is safe: segments keep stamps and tombstones.
 * @param segmentsMin fewer current segments than this are left alone
 * @param bytesMax of the chosen ones together
 */
export function segmentsToMerge(
  segments: readonly Segment[],
  segmentsMin: number,
  bytesMax = Number.POSITIVE_INFINITY,
): readonly Segment[] {
  if (segments.length < segmentsMin) return [];
  const bySize = [...segments].sort((a, b) => a.bytes - b.bytes);
  const chosen: Segment[] = [];
  let bytes = 0;
  for (const segment of bySize) {
    if ((chosen.length >= 2 && segment.bytes > bytes) || bytes + segment.bytes > bytesMax) break;
    chosen.push(segment);
    bytes += segment.bytes;
  }
  return chosen.length >= 2 ? chosen : [];
}
