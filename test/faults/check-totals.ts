import { isDeepStrictEqual } from 'node:util';
import { expectStatus, type HeadgateApi } from '../support/headgate-api.ts';
import type { Findings, FoundPost } from './check.ts';
import { clients, type Ledger } from './load.ts';
import { columnOf, lifeKeysOf, memberOf, type Post, sharedKeys, totalsOf } from './posts.ts';
import type { FaultPlace } from './session.ts';

type TotalsRow = Record<string, unknown> & { readonly _id: string };

/**
 * The table of colliding keys. The sets of a life say which posts are in. A shared row says the last turn of each client
 * that is in, because each client sends one after the other and a later POST wins: also after restarts, and when the
 * clock was set back between the two.
 */
export async function checkTotals(
  api: HeadgateApi,
  { databaseId }: FaultPlace,
  ledger: Ledger,
  posts: readonly Post[],
  { problems }: Findings,
): Promise<FoundPost[]> {
  const totals = posts.filter(({ sink }) => sink === 'totals');
  const lives = new Set(totals.map(({ life }) => life));
  const keys = [...sharedKeys, ...[...lives].flatMap(lifeKeysOf)];
  const list = keys.map((key) => `'${key}'`).join(', ');
  const rows = (await api.select(databaseId, `select * from totals where _id in (${list})`)) as TotalsRow[];
  const byKey = new Map(rows.map((row) => [row._id, row]));
  if (byKey.size < rows.length) problems.push('totals has a key twice');
  const found = totals.map((post) => foundPost(post, byKey));
  checkMembers(found, byKey, lives, problems);
  for (const { post, distinct } of found) if (distinct > 0) ledger.lastTurns.set(post);
  for (const key of sharedKeys) {
    const row = byKey.get(key);
    const stored = Array.from({ length: clients }, (_, client) => row?.[columnOf(client)] ?? null);
    const wanted = Array.from({ length: clients }, (_, client) => ledger.lastTurns.get(key, client) ?? null);
    if (!isDeepStrictEqual(stored, wanted))
      problems.push(`${key} has turns ${JSON.stringify(stored)}, not ${JSON.stringify(wanted)}`);
  }
  problems.push(...(await unlikeByKey(api, databaseId, byKey)));
  return found;
}

/** What a post says of shared keys counts as found with its members: `checkTotals` compares it by itself. */
function foundPost(post: Post, rows: ReadonlyMap<string, TotalsRow>): FoundPost {
  const { shared, lives } = totalsOf(post);
  const members = lives.filter((key) => membersOf(rows.get(key)).includes(memberOf(post))).length;
  const distinct = members === lives.length ? members + shared.length : members;
  return { post, records: lives.length + shared.length, distinct, visible: distinct };
}

function checkMembers(
  found: readonly FoundPost[],
  rows: ReadonlyMap<string, TotalsRow>,
  lives: ReadonlySet<number>,
  problems: string[],
): void {
  const sent = Map.groupBy(
    found.flatMap(({ post }) => totalsOf(post).lives.map((key) => ({ key, member: memberOf(post) }))),
    ({ key }) => key,
  );
  for (const key of [...lives].flatMap(lifeKeysOf)) {
    const stored = membersOf(rows.get(key));
    const known = new Set(sent.get(key)?.map(({ member }) => member));
    if (new Set(stored).size < stored.length) problems.push(`${key} has a member twice`);
    for (const member of stored) if (!known.has(member)) problems.push(`${key} has ${member}, which nobody sent`);
  }
}

function membersOf(row: TotalsRow | undefined): readonly string[] {
  return (row?.['seen'] as readonly string[] | null | undefined) ?? [];
}

/** The row store says the same as the segments. */
async function unlikeByKey(
  api: HeadgateApi,
  databaseId: string,
  rows: ReadonlyMap<string, TotalsRow>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const [key, row] of rows) {
    const { body } = expectStatus(await api.get(`/v2/tables/${databaseId}/totals/rows/${key}`), 200);
    if (!isDeepStrictEqual(body, row))
      problems.push(`totals has ${JSON.stringify(body)} by key and ${JSON.stringify(row)} by SQL`);
  }
  return problems;
}
