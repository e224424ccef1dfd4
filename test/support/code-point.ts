import fc from 'fast-check';

/**
 * One character of Unicode, also unassigned ones, but no half of a surrogate pair. It is fast-check's unit `binary` without
 * the table of all its characters, which each file of tests would spend half a second on.
 */
export const codePoint: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
