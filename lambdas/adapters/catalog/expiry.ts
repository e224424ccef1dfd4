const secondsPerDay = 86_400;

/**
 * When an item goes that is kept for `days` from `at` (RFC 3339), in seconds since 1970. The time comes from the entity
 * itself: the catalog reads no clock.
 */
export function expiresAfter(at: string, days: number): number {
  return Math.floor(Date.parse(at) / 1_000) + days * secondsPerDay;
}
