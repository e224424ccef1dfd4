import { Problem } from '../domain/problem.ts';
import { prettyAnswer } from './answer.ts';
import { type OpenOperation, paramOf } from './operation.ts';
import { isProblemKind, problems, problemType } from './problem-codes.ts';

/** What the `type` of an error leads to. */
export const problemOperations: Readonly<Record<'getProblem', OpenOperation>> = {
  getProblem: async (request) => {
    const kind = paramOf(request, 'kind');
    if (!isProblemKind(kind)) throw new Problem('not_found', 'There is no such kind of problem.');
    const { status, code, title, meaning, whatToDo } = problems[kind];
    return prettyAnswer(200, {
      kind,
      type: problemType(kind),
      code,
      title,
      meaning,
      what_to_do: whatToDo,
      status,
    });
  },
};
