import { parseKeepingDigits } from '../../lambdas/domain/json/exact-json.ts';
import { readFixtureText } from './read-fixture.ts';

/** Parses JSON with whole numbers beyond 2^53 as bigints, as cells have them. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { readonly source?: string }) => {
    const isLarge = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
    return isLarge && /^-?\d+$/.test(context?.source ?? '') ? BigInt(context!.source!) : value;
  });
}

/** The lines of a `.jsonl` fixture: `values` for what goes in, `digits` for what `JSON.stringify` is to write. */
export function readFixtureLines<T>(path: string): readonly { readonly values: T; readonly digits: T }[] {
  return readFixtureText(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ values: parseExact(line) as T, digits: parseKeepingDigits(line) as T }));
}
