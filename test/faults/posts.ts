/** What the load sends and what the checks expect are made from a post alone, so that nothing else need be kept. */
export const sinkNames = ['factsA', 'factsB', 'events', 'totals', 'poison'] as const;
export type SinkName = (typeof sinkNames)[number];
export type FactTable = 'facts' | 'events';

/** One request of the load, from its first try on. */
export interface Post {
  /** Over the whole folder: no two posts have one. */
  readonly number: number;
  readonly client: number;
  /** Grows with each post of its client, also over restarts: what `totals` keeps of it. */
  readonly turn: number;
  readonly life: number;
  readonly sink: SinkName;
  /** Idempotency-Key; without one the post is never sent again. */
  readonly key: string | undefined;
  /** The receipt of the answer; undefined while there is none. */
  receipt: string | undefined;
  /** What the checks found of a post that was never answered. */
  fate: 'whole' | 'absent' | undefined;
}

export const factsPerPost = 8;
/** One more than the facts of a post, so that the next post's are not its neighbours. */
const idsPerPost = factsPerPost + 1;
/** Keys of `totals` that all clients write in every life of the process. */
export const sharedKeys = Array.from({ length: 12 }, (_, i) => `shared-${i}`);
/** Keys of `totals` in each life. */
const keysPerLife = 3;

export const firstIdOf = (post: number) => post * idsPerPost;
export const tableOf = ({ sink }: Post): string => (sink === 'factsA' || sink === 'factsB' ? 'facts' : sink);
const idOf = (post: Post, position: number) => firstIdOf(post.number) + position;

/** Position of the one fact whose value is wrong, in every third post of facts. */
function badPosition({ sink, turn }: Post): number {
  return sink !== 'totals' && sink !== 'poison' && turn % 3 === 0 ? 4 : -1;
}

/** A fact as it must come back; ids are never sent twice, so a row too many shows. */
export interface Fact {
  readonly _id: number;
  readonly n: number;
  readonly tags: readonly string[];
}

/** The facts of a post that are to be stored. */
export function factsOf(post: Post): Fact[] {
  const bad = badPosition(post);
  const positions = Array.from({ length: factsPerPost }, (_, position) => position).filter((one) => one !== bad);
  return positions.map((position) => fact(idOf(post, position)));
}

function fact(id: number): Fact {
  return { _id: id, n: id * 3, tags: [`t${id % 7}`, `u${id % 11}`] };
}

/** What a post says of `totals`: its client's turn on two shared keys, and itself in the sets of two keys of its life. */
export function totalsOf(post: Post): { readonly shared: readonly string[]; readonly lives: readonly string[] } {
  const { turn, client, life } = post;
  const shared = [turn + client, turn * 5 + client + 1].map((i) => sharedKeys[i % sharedKeys.length]!);
  const lives = [turn, turn + 1].map((i) => `life-${life}-${i % keysPerLife}`);
  return { shared: [...new Set(shared)], lives };
}

export const lifeKeysOf = (life: number) => Array.from({ length: keysPerLife }, (_, i) => `life-${life}-${i}`);
/** The member that a post adds to the sets of its life. */
export const memberOf = (post: Post) => `p${post.number}`;
/** The column of `totals` that only one client writes. */
export const columnOf = (client: number) => `c${client}`;

/** Records of a post by what must become of them. */
export function countsOf(post: Post): { readonly accepted: number; readonly rejected: number } {
  if (post.sink === 'poison') return { accepted: 1, rejected: 0 };
  if (post.sink === 'totals') {
    const { shared, lives } = totalsOf(post);
    return { accepted: shared.length + lives.length, rejected: 0 };
  }
  const rejected = badPosition(post) < 0 ? 0 : 1;
  return { accepted: factsPerPost - rejected, rejected };
}

/** The records of a post: the same at every try. */
export function recordsOf(post: Post): readonly object[] {
  if (post.sink === 'poison') return [{ id: idOf(post, 0), poison: 1 }];
  if (post.sink === 'totals') {
    const { shared, lives } = totalsOf(post);
    return [
      ...shared.map((key) => ({ id: key, [columnOf(post.client)]: post.turn })),
      ...lives.map((key) => ({ id: key, seen: [memberOf(post)] })),
    ];
  }
  const bad = badPosition(post);
  return Array.from({ length: factsPerPost }, (_, position) => {
    const { _id, n, tags } = fact(idOf(post, position));
    return { id: _id, n: position === bad ? 'wrong' : n, tags };
  });
}

export const bodyOf = (post: Post) => JSON.stringify({ records: recordsOf(post).map((value) => ({ value })) });
