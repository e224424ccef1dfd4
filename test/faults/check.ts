import { expectStatus, type HeadgateApi } from '../support/headgate-api.ts';
import { checkFacts } from './check-facts.ts';
import { checkReceipts } from './check-receipts.ts';
import { checkTotals } from './check-totals.ts';
import type { Ledger } from './load.ts';
import { countsOf, type Post } from './posts.ts';
import { HostGone, type Session, waitWhileUp } from './session.ts';

/** What was found of the records that were sent. acknowledged = visible = distinct, and nothing lost or doubled. */
export interface Findings {
  /** Records whose acceptance was answered. */
  acknowledged: number;
  /** How often those were found: in their table, or in quarantine where they could not be written. */
  visible: number;
  /** How many of them were found. */
  distinct: number;
  lost: number;
  /** Found once more than they should be, or at all though nobody sent them. */
  doubled: number;
  /** Posts without an answer that were found whole, and not at all. */
  whole: number;
  absent: number;
  /** What else was not as it should be, in words. */
  readonly problems: string[];
}

export function noFindings(): Findings {
  return { acknowledged: 0, visible: 0, distinct: 0, lost: 0, doubled: 0, whole: 0, absent: 0, problems: [] };
}

/** What was found of one post's records. */
export interface FoundPost {
  readonly post: Post;
  readonly records: number;
  /** Records that were found, and how often all of them together. */
  readonly distinct: number;
  readonly visible: number;
}

/**
 * Waits until nothing is under way and compares what is stored with what the posts from `from` on say. Also decides the
 * fate of those that were never answered.
 * @throws when the host goes meanwhile, or records do not become visible
 */
export async function checkPosts(session: Session, ledger: Ledger, from: number): Promise<Findings> {
  const posts = ledger.posts.slice(from);
  const findings = noFindings();
  const api = await session.api();
  await checkReceipts(session, posts, findings);
  await drained(session);
  const found = [
    ...(await checkFacts(api, session.place, posts, findings)),
    ...(await checkTotals(api, session.place, ledger, posts, findings)),
    ...(await poisoned(api, session, posts, findings)),
  ];
  for (const one of found) count(findings, one);
  return findings;
}

/** Nothing waits and nothing is being written: what is not there now never comes. */
export function drained({ host }: Session): Promise<true> {
  return waitWhileUp(host, 'the queue is empty', async () => {
    const depth = await host.depth();
    if (depth === undefined) throw new HostGone('the queue is empty');
    return depth === 0 || undefined;
  });
}

function count(findings: Findings, { post, records, distinct, visible }: FoundPost): void {
  findings.doubled += visible - distinct;
  if (post.receipt !== undefined) {
    findings.acknowledged += records;
    findings.distinct += distinct;
    findings.visible += visible;
    findings.lost += records - distinct;
    return;
  }
  post.fate = distinct > 0 ? 'whole' : 'absent';
  findings[post.fate] += 1;
  if (distinct > 0 && distinct < records)
    findings.problems.push(`${distinct} of ${records} records of post ${post.number}, which had no answer, are there`);
}

/** Records that no store takes: each is in quarantine once, and in no table. */
async function poisoned(
  api: HeadgateApi,
  { place }: Session,
  posts: readonly Post[],
  { problems }: Findings,
): Promise<FoundPost[]> {
  const sent = posts.filter(({ sink }) => sink === 'poison');
  if (sent.length === 0) return [];
  const rows = await api.select(place.databaseId, 'select count(*) as n from poison');
  if (Number(rows[0]!['n']) !== 0) problems.push('records that no store takes are in a table');
  const entries = await quarantined(api, place.sinks.poison);
  return sent
    .filter(({ receipt }) => receipt !== undefined)
    .map((post) => {
      const visible = entries.get(post.receipt!)?.get('write_failed') ?? 0;
      return { post, records: countsOf(post).accepted, visible, distinct: Math.min(1, visible) };
    });
}

/** Records in quarantine by receipt and reason, of the newest requests of a sink. */
export async function quarantined(
  api: HeadgateApi,
  sinkId: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  type Errors = { resources: { receipt_id: string; reason: string; record_count: number }[] };
  const { body } = expectStatus(await api.get<Errors>(`/v2/sinks/${sinkId}/errors?limit=1000`), 200);
  const byReceipt = new Map<string, Map<string, number>>();
  for (const { receipt_id, reason, record_count } of body.resources) {
    const reasons = byReceipt.get(receipt_id) ?? new Map<string, number>();
    byReceipt.set(receipt_id, reasons.set(reason, (reasons.get(reason) ?? 0) + record_count));
  }
  return byReceipt;
}
