import { isDeepStrictEqual } from 'node:util';
import { expectStatus, type HeadgateApi } from '../support/headgate-api.ts';
import { type Findings, type FoundPost, quarantined } from './check.ts';
import { countsOf, type Fact, type FactTable, factsOf, firstIdOf, type Post, tableOf } from './posts.ts';
import type { FaultPlace } from './session.ts';

/** Of all facts that were looked at, one in so many is read by key too. */
const readByKeyEvery = 97;

/** Every fact of the posts by SQL, some by key, and what was refused of them in quarantine. */
export async function checkFacts(
  api: HeadgateApi,
  place: FaultPlace,
  posts: readonly Post[],
  findings: Findings,
): Promise<FoundPost[]> {
  const found: FoundPost[] = [];
  for (const table of ['facts', 'events'] as const) {
    const ofTable = posts.filter((post) => tableOf(post) === table);
    if (ofTable.length > 0) found.push(...(await checkTable(api, place, table, ofTable, findings)));
  }
  for (const sink of ['factsA', 'factsB', 'events'] as const)
    await checkRefused(
      api,
      place.sinks[sink],
      posts.filter((post) => post.sink === sink),
      findings,
    );
  return found;
}

async function checkTable(
  api: HeadgateApi,
  { databaseId }: FaultPlace,
  table: FactTable,
  posts: readonly Post[],
  { problems }: Findings,
): Promise<FoundPost[]> {
  const [from, to] = [firstIdOf(posts[0]!.number), firstIdOf(posts.at(-1)!.number + 1)];
  const sql = `select _id, n, tags from ${table} where _id >= ${from} and _id < ${to}`;
  const rows = Map.groupBy((await api.select(databaseId, sql)) as unknown as Fact[], ({ _id }) => _id);
  const found: FoundPost[] = [];
  for (const post of posts) {
    const facts = factsOf(post);
    const stored = facts.map((fact) => rows.get(fact._id) ?? []);
    for (const [i, fact] of facts.entries()) {
      const [row] = stored[i]!;
      if (row && !isDeepStrictEqual(row, fact)) problems.push(`${table} has ${JSON.stringify(row)}`);
      if (row && fact._id % readByKeyEvery === 0) problems.push(...(await unlikeByKey(api, databaseId, table, fact)));
      rows.delete(fact._id);
    }
    const distinct = stored.filter(({ length }) => length > 0).length;
    found.push({ post, records: facts.length, distinct, visible: stored.flat().length });
  }
  for (const id of rows.keys()) problems.push(`${table} has a row ${id} that nobody sent there`);
  return found;
}

async function unlikeByKey(api: HeadgateApi, databaseId: string, table: string, fact: Fact): Promise<string[]> {
  const { body } = expectStatus(await api.get(`/v2/tables/${databaseId}/${table}/rows/${fact._id}`), 200);
  return isDeepStrictEqual(body, fact) ? [] : [`by key, ${table} has ${JSON.stringify(body)}`];
}

/** Each refused record of an acknowledged post is in quarantine once, for its own reason. */
async function checkRefused(
  api: HeadgateApi,
  sinkId: string,
  posts: readonly Post[],
  { problems }: Findings,
): Promise<void> {
  const refused = posts.filter((post) => post.receipt !== undefined && countsOf(post).rejected > 0);
  if (refused.length === 0) return;
  const entries = await quarantined(api, sinkId);
  for (const post of refused) {
    const reasons = entries.get(post.receipt!);
    if (!isDeepStrictEqual([...(reasons ?? [])], [['wrong_type', 1]]))
      problems.push(`quarantine of post ${post.number} has ${JSON.stringify([...(reasons ?? [])])}`);
  }
}

/** Over the whole folder: every fact that was ever taken, once, and no other. */
export async function checkAllFacts(
  api: HeadgateApi,
  { databaseId }: FaultPlace,
  posts: readonly Post[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const table of ['facts', 'events']) {
    const taken = posts.filter(
      (post) => tableOf(post) === table && (post.receipt !== undefined || post.fate === 'whole'),
    );
    const facts = taken.flatMap(factsOf);
    const wanted = { rows: facts.length, ids: facts.length, n: facts.reduce((sum, { n }) => sum + n, 0) };
    const sql = `select count(*) as "rows", count(distinct _id) as ids, sum(n) as n from ${table}`;
    const [row] = await api.select(databaseId, sql);
    const stored = { rows: Number(row!['rows']), ids: Number(row!['ids']), n: Number(row!['n']) };
    if (!isDeepStrictEqual(stored, wanted))
      problems.push(`${table} as a whole has ${JSON.stringify(stored)}, not ${JSON.stringify(wanted)}`);
  }
  return problems;
}
