const nanosOf: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const durationForm = /^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const partForm = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
/** Characters of a duration worth reading: more parts and digits than any that fits has. */
const durationLengthMax = 64;
/** What Go's `time.Duration` holds: about 292 years. */
const durationMax = 2n ** 63n - 1n;

/**
 * Reads a duration as Go's `time.ParseDuration` does: `24h`, `1h30m`, `1.5s`, `0`. A part of a nanosecond is cut off.
 * @returns nanoseconds; undefined for other text, for negative durations and for those that 64 bits do not hold
 */
export function parseGoDuration(text: string): bigint | undefined {
  if (text === '0') return 0n;
  if (text.length > durationLengthMax || !durationForm.test(text)) return undefined;
  let nanos = 0n;
  for (const [, whole, fraction = '', unit] of text.matchAll(partForm)) {
    const scale = nanosOf[unit!]!;
    nanos += BigInt(whole || 0) * scale + (BigInt(fraction || 0) * scale) / 10n ** BigInt(fraction.length);
  }
  return nanos > durationMax ? undefined : nanos;
}
