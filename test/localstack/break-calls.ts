import { connectionLost, interceptAttempts } from '../support/scripted-aws.ts';

/**
 * Every so many attempts of a client break: a tenth in all, which the SDK's budget for retries bears for good. The two
 * numbers have no common divisor, so that all sequences come.
 */
const everyBefore = 17;
const everyAfter = 23;

/** Attempts broken so far, before and after they reached the service. */
export interface BrokenCalls {
  before: number;
  after: number;
}

/**
 * Breaks attempts of a client as a network does: some before they reach the service, some after it did what it was
 * asked, so that their answer is lost.
 * @param mayLoseAnswer which operations break in the second way too; only these count towards it
 */
export function breakCalls(
  client: Parameters<typeof interceptAttempts>[0],
  mayLoseAnswer: (operation: string) => boolean = () => true,
): BrokenCalls {
  const broken: BrokenCalls = { before: 0, after: 0 };
  let attempts = 0;
  let losable = 0;
  interceptAttempts(client, async ({ operation }, proceed) => {
    attempts += 1;
    const isLosable = mayLoseAnswer(operation);
    if (isLosable) losable += 1;
    const losesAnswer = isLosable && losable % everyAfter === 0;
    if (attempts % everyBefore === 0) {
      broken.before += 1;
      throw connectionLost();
    }
    const answer = await proceed();
    if (losesAnswer) {
      broken.after += 1;
      throw connectionLost();
    }
    return answer;
  });
  return broken;
}
