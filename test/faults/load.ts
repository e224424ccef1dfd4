import { randomUUID } from 'node:crypto';
import { idempotencyHeldMs } from '../../lambdas/domain/limits.ts';
import type { RecordsAnswer } from '../support/headgate-api.ts';
import type { Answer } from '../support/http-client.ts';
import { sendRaw } from '../support/raw-http.ts';
import { bodyOf, countsOf, type Post, type SinkName, totalsOf } from './posts.ts';
import { type Session, waitWhileUp } from './session.ts';

/** Clients at once. The first of them give an Idempotency-Key and retry until they are answered; the others never do. */
export const clients = 4;
export const keyedClients = 2;

/** Posts of a life after which each client pauses between two: what a long life sends has to be checked. */
const eagerPosts = 100;
const pausedMs = 80;
/** One answered post in so many of a keyed client is sent again: its answer might have been lost. */
const repeatEvery = 8;

/** A try that was killed holds its key for `idempotencyHeldMs`, and a busy machine takes its time besides. */
const answeredMsMax = 4 * idempotencyHeldMs;

/** What is known of all that was sent to one data folder. */
export interface Ledger {
  readonly posts: Post[];
  /** The next turn of each client. */
  readonly turns: number[];
  /** Keyed posts without an answer yet, by client. */
  readonly open: (Post | undefined)[];
  readonly lastTurns: LastTurns;
}

/** Of each shared key, the last turn of each client that is known to be in. */
export interface LastTurns {
  /** To be called in the order of a client's posts. */
  set(post: Post): void;
  get(key: string, client: number): number | undefined;
}

export function newLedger(): Ledger {
  const turns = new Map<string, number>();
  return {
    posts: [],
    turns: Array(clients).fill(1),
    open: Array(clients).fill(undefined),
    lastTurns: {
      set(post) {
        for (const key of totalsOf(post).shared) turns.set(`${key} ${post.client}`, post.turn);
      },
      get: (key, client) => turns.get(`${key} ${client}`),
    },
  };
}

export interface LoadOptions {
  readonly life: number;
  /** Also some posts that can't be written, and are buried. */
  readonly poison?: boolean;
  /** Every third keyed request is cut off once it was sent. */
  readonly cutAnswers?: boolean;
  /** Each client pauses for as long after every post: the second write thread joins in where nothing comes for a while. */
  readonly pausedMs?: number;
  /** Told of each answer that acknowledged a post. */
  readonly onAnswer?: (answers: number) => void;
  /** The load ends by itself then, between two posts. */
  readonly isOver?: () => boolean;
  /** Told of each answer by which the host refused for want of something (5xx). */
  readonly onRefused?: () => void;
}

const usualSinks: readonly SinkName[] = ['factsA', 'totals', 'factsB', 'events', 'totals'];

/** Sends on all clients until the host is gone or the load is over. */
export async function runLoad(session: Session, ledger: Ledger, options: LoadOptions): Promise<void> {
  let answers = 0;
  const isOver = () => session.host.isGone() || options.isOver?.() === true;
  const client = async (number: number) => {
    for (let sent = 0; !isOver(); sent += 1) {
      const post = ledger.open[number] ?? newPost(ledger, options, number, sent);
      ledger.open[number] = post;
      const wasAnswered = await tryOnce(session, ledger, post, options);
      if (wasAnswered) {
        answers += 1;
        options.onAnswer?.(answers);
      }
      if (!wasAnswered || answers > eagerPosts || options.pausedMs) await pause(options.pausedMs ?? pausedMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
}

/**
 * Sends what keyed clients have no answer to, until each has one.
 * @throws HostGone
 */
export async function retryOpen(session: Session, ledger: Ledger): Promise<void> {
  for (const post of ledger.open) {
    if (!post) continue;
    const isAnswered = async () => (await tryOnce(session, ledger, post, {})) || undefined;
    await waitWhileUp(session.host, `the post under ${post.key} is answered`, isAnswered, answeredMsMax);
  }
}

function newPost(ledger: Ledger, { life, poison = false }: LoadOptions, client: number, sent: number): Post {
  const turn = ledger.turns[client]!++;
  const isPoison = poison && (sent === 0 || sent % 40 === 0);
  const sink = isPoison ? 'poison' : usualSinks[(turn + client) % usualSinks.length]!;
  const key = client < keyedClients ? randomUUID() : undefined;
  const post: Post = {
    number: ledger.posts.length + 1,
    client,
    turn,
    life,
    sink,
    key,
    receipt: undefined,
    fate: undefined,
  };
  ledger.posts.push(post);
  return post;
}

/** One try of a post. @returns whether it was answered; without an answer only a keyed post stays open */
async function tryOnce(
  session: Session,
  ledger: Ledger,
  post: Post,
  { cutAnswers = false, onRefused }: Pick<LoadOptions, 'cutAnswers' | 'onRefused'>,
): Promise<boolean> {
  if (cutAnswers && post.key !== undefined && post.turn % 3 === 0) await sendAndCut(session, post);
  const answer = await send(session, post);
  // The token of a clock that jumped: nothing was looked at.
  if (answer?.status === 401) await session.signInAgain();
  const isKeyInUse = answer?.status === 409;
  const isRefused = answer !== undefined && answer.status >= 500;
  if (isRefused) onRefused?.();
  const isAnswered = answer !== undefined && answer.status === 200;
  if (answer && !isAnswered && !isKeyInUse && !isRefused && answer.status !== 401)
    throw new Error(`HTTP ${answer.status} to a post: ${answer.text}`);
  if (isAnswered) acknowledge(post, answer);
  const mayComeAgain = post.key !== undefined || answer?.status === 401;
  if (isAnswered || !mayComeAgain) ledger.open[post.client] = undefined;
  if (isAnswered && post.key !== undefined && post.turn % repeatEvery === 0) await repeat(session, post);
  return isAnswered;
}

async function send(session: Session, post: Post): Promise<Answer<RecordsAnswer> | undefined> {
  const headers = post.key === undefined ? {} : { 'Idempotency-Key': post.key };
  try {
    const api = await session.api();
    return await api.post<RecordsAnswer>(`/v2/sinks/${session.place.sinks[post.sink]}`, bodyOf(post), { headers });
  } catch {
    // The connection broke, or nobody listens any more: whether it was taken is not known.
    return undefined;
  }
}

/** A post that was answered is sent once more and must be the same request. */
async function repeat(session: Session, post: Post): Promise<void> {
  const again = await send(session, post);
  if (again?.status === 200) acknowledge(post, again);
}

function acknowledge(post: Post, answer: Answer<RecordsAnswer>): void {
  const { accepted, rejected } = countsOf(post);
  const { success_count, error_count } = answer.body;
  if (success_count !== accepted || error_count !== rejected)
    throw new Error(
      `${success_count} and ${error_count} records instead of ${accepted} and ${rejected}: ${answer.text}`,
    );
  const receipt = answer.headers.get('x-headgate-receipt');
  if (receipt === null) throw new Error('the answer names no receipt');
  if (post.receipt !== undefined && post.receipt !== receipt)
    throw new Error(`one request under a key has receipts ${post.receipt} and ${receipt}`);
  post.receipt = receipt;
}

async function sendAndCut(session: Session, post: Post): Promise<void> {
  const api = await session.api().catch(() => undefined);
  if (!api) return;
  const { authorization, baseUrl } = api;
  const body = bodyOf(post);
  const head = [
    `POST /v2/sinks/${session.place.sinks[post.sink]} HTTP/1.1`,
    `host: ${new URL(baseUrl).host}`,
    `authorization: ${authorization}`,
    'content-type: application/json',
    `idempotency-key: ${post.key}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  await sendRaw(baseUrl, `${head.join('\r\n')}\r\n\r\n${body}`, 'cut');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
