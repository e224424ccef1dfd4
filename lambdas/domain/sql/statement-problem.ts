import { Problem } from '../problem.ts';

/**
 * A Problem of a kind that also says that a database can't be queried at all, and that here a statement has brought about:
 * `incorrect_state` of a DROP. Where statements have answers of their own, this is one of them.
 */
export class StatementProblem extends Problem {}
