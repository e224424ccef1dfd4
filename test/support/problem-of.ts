import { Problem } from '../../lambdas/domain/problem.ts';

/** The problem that a call is refused with; a call that is not, or fails otherwise, fails the test. */
export async function problemOf(call: () => unknown): Promise<Problem> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}
