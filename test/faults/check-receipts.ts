import { expectStatus } from '../support/headgate-api.ts';
import type { Findings } from './check.ts';
import { countsOf, type Post } from './posts.ts';
import { HostGone, type Session, waitWhileUp } from './session.ts';

interface ReceiptView {
  readonly state: string;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  readonly written?: number;
  readonly superseded?: number;
  readonly quarantined?: number;
}

/** Receipts that are asked for at a time. */
const askedAtOnce = 8;
/** Milliseconds that all receipts of a life have to come to their end, also on a machine that does other work. */
const endMsMax = 60_000;

/**
 * Waits until every acknowledged post has come to its end, and checks that its receipt balances. One that never ends
 * is noted, and its records are still looked for.
 * @throws HostGone
 */
export async function checkReceipts(session: Session, posts: readonly Post[], { problems }: Findings): Promise<void> {
  const waiting = posts.filter(({ receipt }) => receipt !== undefined);
  const receipts = new Set(waiting.map(({ receipt }) => receipt));
  if (receipts.size < waiting.length) problems.push('two posts have one receipt');
  const deadline = Date.now() + endMsMax;
  const worker = async () => {
    for (let post = waiting.pop(); post; post = waiting.pop())
      problems.push(...(await imbalanceOf(session, post, deadline)));
  };
  await Promise.all(Array.from({ length: askedAtOnce }, worker));
}

async function imbalanceOf(session: Session, post: Post, deadline: number): Promise<string[]> {
  const path = `/v2/receipts/${post.receipt}`;
  const ended = async () => {
    const { body } = expectStatus(await (await session.api()).get<ReceiptView>(path), 200);
    return body.state === 'queued' ? undefined : body;
  };
  const timeoutMs = Math.max(0, deadline - Date.now());
  const end = await waitWhileUp(session.host, `the receipt of post ${post.number} has its end`, ended, timeoutMs).catch(
    (error: unknown) => {
      if (error instanceof HostGone) throw error;
      return error as Error;
    },
  );
  if (end instanceof Error) return [end.message];
  const { state, accepted, rejected, written = 0, superseded = 0, quarantined = 0 } = end;
  const sent = countsOf(post);
  const wanted = post.sink === 'poison' ? 'failed' : 'visible';
  const isBalanced =
    state === wanted &&
    accepted === sent.accepted &&
    rejected === sent.rejected &&
    end.received === accepted + rejected + end.dropped &&
    accepted === written + superseded + quarantined;
  return isBalanced ? [] : [`the receipt of post ${post.number} (${post.sink}) says ${JSON.stringify(end)}`];
}
