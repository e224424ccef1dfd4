import { queryValuesMax } from '../limits.ts';
import { Problem } from '../problem.ts';

export type ParameterValue = string | number | bigint | boolean | null;

/** Takes a user's value out of the statement: keeps it, and returns the `$n` that stands for it. */
export type Bind = (value: ParameterValue) => string;

export interface Parameters {
  readonly bind: Bind;
  /** In the order of their numbers. */
  readonly values: readonly ParameterValue[];
}

/** Parameters of one statement; refuses more than `queryValuesMax`. */
export function makeParameters(): Parameters {
  const values: ParameterValue[] = [];
  return {
    values,
    bind(value) {
      if (values.length >= queryValuesMax)
        throw new Problem('limit_exceeded', `A statement may hold at most ${queryValuesMax} values; split it.`);
      values.push(value);
      return `$${values.length}`;
    },
  };
}
