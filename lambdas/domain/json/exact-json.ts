/** JSON with 64-bit integers kept digit by digit, by the standard's raw JSON values (Node 22 and later). */

declare global {
  interface JSON {
    /** A value that `JSON.stringify` writes as the given JSON text of a primitive. */
    rawJSON(text: string): unknown;
  }
}

/** JSON text of a value that may hold bigints; they are written as plain numbers. */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? JSON.rawJSON(part.toString()) : part,
  );
}

/** Parses so that `JSON.stringify` writes every number as it came. The numbers themselves are opaque. */
export function parseKeepingDigits(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? JSON.rawJSON(context.source) : value,
  );
}
