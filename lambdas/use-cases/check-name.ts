import { Problem } from '../domain/problem.ts';

/**
 * Refuses a name that is missing or against its rules.
 * @param problemOf one of `domain/names.ts`
 */
export function checkName(
  kind: string,
  name: unknown,
  problemOf: (name: unknown) => string | undefined,
): asserts name is string {
  if (name === undefined || name === null)
    throw new Problem('missing_parameter', `The ${kind} wants a name.`, { parameter: 'name' });
  const problem = problemOf(name);
  if (problem !== undefined) throw new Problem('invalid_parameter', problem, { parameter: 'name' });
}
