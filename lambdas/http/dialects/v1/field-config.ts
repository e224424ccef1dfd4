/** The `config` of a field of a /v1 schema, by key in small letters; nulls are left out. */
export type FieldConfig = ReadonlyMap<string, unknown>;

/**
 * Reads a `config`: its keys in any case, the last of those that differ in nothing else, as the original's decoder takes
 * them; no config is an empty one.
 * @returns what is wrong with it, as the end of a sentence
 */
export function readFieldConfig(config: unknown): FieldConfig | string {
  if (config === undefined || config === null) return new Map();
  if (typeof config !== 'object' || Array.isArray(config)) return 'config is an object';
  return new Map(
    Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key.toLowerCase(), value]),
  );
}
