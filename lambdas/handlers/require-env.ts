/** Environment of a function: exactly these variables, all of them set. */
export type EnvOf<Names extends readonly string[]> = Readonly<Record<Names[number], string>>;

/**
 * Reads the variables that a function needs; `lib/` gives each function the same list.
 * @throws Error that names all that are missing, so that a function without them fails at its start
 */
export function requireEnv<const Names extends readonly string[]>(
  names: Names,
  environment: Readonly<Record<string, string | undefined>>,
): EnvOf<Names> {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`the function needs these environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as EnvOf<Names>;
}
