import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeTime } from 'ulid';
import { makeCatalog } from '../../../lambdas/adapters/catalog/catalog.ts';
import type { QuarantineId, SinkId } from '../../../lambdas/domain/ids.ts';
import { nextVersion } from '../../../lambdas/domain/version.ts';
import type { Catalog } from '../../../lambdas/ports/catalog/catalog.ts';
import {
  discardQuarantined,
  getQuarantined,
  listQuarantined,
  type QuarantineFilter,
} from '../../../lambdas/use-cases/read-quarantine.ts';
import { aQuarantineEntry, ours, theirs } from '../../conformance/catalog-entities.ts';
import { openTestStores, type TestStores } from '../../conformance/open-test-stores.ts';

const sinkId = 's1' as SinkId;
let opened: TestStores;
let catalog: Catalog;
let noon: number;
beforeAll(async () => {
  opened = openTestStores();
  catalog = makeCatalog(opened.stores.items);
  noon = opened.clock.now();
  await catalog.addQuarantined(entries());
});
afterAll(() => opened.close());

const minuteMs = 60_000;
const at = (minutes: number) => new Date(noon + minutes * minuteMs).toISOString();

type Given = Parameters<typeof aQuarantineEntry>[0];
function entry(minutes: number, position: number, more: Given = {}) {
  const receiptId = `${encodeTime(noon + minutes * minuteMs, 10)}0000000000000000`;
  const { version } = nextVersion({ ms: 0, counter: 0 }, noon + minutes * minuteMs, 1, 1);
  const id = `${receiptId}-${String(position).padStart(6, '0')}`;
  return aQuarantineEntry({ id, receiptId, position, version, at: at(0), ...more });
}

const mapped: Given = { reason: 'wrong_type', pointer: '/value/n', mappingRevision: 2 };
/** Places by minute and position: -90/0, -10/0, -10/1, 0/0 (replayed much later), 10/0, and one of another tenant. */
const entries = () => [
  entry(-90, 0, mapped),
  entry(-10, 0, mapped),
  entry(-10, 1, { reason: 'out_of_range', pointer: '/value/n', mappingRevision: 3 }),
  entry(10, 0, { reason: 'out_of_range', pointer: '/value/m' }),
  entry(600, 3, { ...mapped, version: nextVersion({ ms: 0, counter: 0 }, noon, 1, 1).version, position: 0 }),
  entry(20, 0, { ...mapped, tenantId: theirs }),
];

async function list(filter: QuarantineFilter, limit = 100, after?: QuarantineId, tenantId = ours) {
  const asked = { sinkId, filter, limit, ...(after !== undefined && { after }) };
  const page = await listQuarantined({ catalog }, { tenantId }, asked);
  const names = page.entries.map(({ id, position }) => `${Math.round((decode(id) - noon) / minuteMs)}/${position}`);
  return { ...page, names };
}

function decode(id: string): number {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return [...id.slice(0, 10)].reduce((ms, digit) => ms * 32 + digits.indexOf(digit), 0);
}

describe('the quarantine of a sink', () => {
  const all = ['600/0', '10/0', '-10/1', '-10/0', '-90/0'];

  it.each<[string, () => QuarantineFilter, readonly string[]]>([
    ['nothing', () => ({}), all],
    ['its reason', () => ({ reason: 'out_of_range' }), ['10/0', '-10/1']],
    ['its receipt', () => ({ receiptId: entry(-10, 0).receiptId }), ['-10/1', '-10/0']],
    ['its pointer', () => ({ pointer: '/value/n' }), ['600/0', '-10/1', '-10/0', '-90/0']],
    ['the mapping', () => ({ mappingRevision: 2 }), ['600/0', '-10/0', '-90/0']],
    ['the time from which', () => ({ acceptedFrom: at(-10) }), ['600/0', '10/0', '-10/1', '-10/0']],
    ['the time to which', () => ({ acceptedTo: at(-10) }), ['-90/0']],
    [
      'a window, in which a replay from another sink was accepted too',
      () => ({ acceptedFrom: at(-1), acceptedTo: at(1) }),
      ['600/0'],
    ],
    ['several things', () => ({ reason: 'wrong_type', acceptedFrom: at(-10), mappingRevision: 2 }), ['600/0', '-10/0']],
    ['what nothing has', () => ({ receiptId: 'none' as never }), []],
  ])('is chosen from by %s, newest first', async (_how, filter, expected) => {
    expect(await list(filter())).toMatchObject({ names: expected });
    const { names, next } = await list(filter(), 1);
    expect(names).toEqual(expected.slice(0, 1));
    expect(next === undefined).toBe(expected.length === 0);
  });

  it.each([1, 2, 3, 4])('comes in pages of %i that together are all', async (limit) => {
    const names: string[] = [];
    let after: QuarantineId | undefined;
    do {
      const page = await list({}, limit, after);
      names.push(...page.names);
      after = page.next;
    } while (after !== undefined);
    expect(names).toEqual(all);
  });

  it('is each tenant its own', async () => {
    expect(await list({}, 100, undefined, theirs)).toMatchObject({ names: ['20/0'] });
    const id = entry(20, 0).id;
    expect(await getQuarantined({ catalog }, { tenantId: theirs }, { sinkId, id })).toMatchObject({ id });
    await expect(getQuarantined({ catalog }, { tenantId: ours }, { sinkId, id })).rejects.toMatchObject({
      kind: 'not_found',
    });
    const discard = discardQuarantined({ catalog }, { tenantId: ours }, { sinkId, id });
    await expect(discard).rejects.toMatchObject({ kind: 'not_found' });
    expect((await list({}, 100, undefined, theirs)).names).toHaveLength(1);
  });

  it('is looked through up to a bound in one call, and goes on from there', async () => {
    let reads = 0;
    const endless: Pick<Catalog, 'listQuarantined'> = {
      async listQuarantined(_sink, { limit }) {
        reads += 1;
        return Array.from({ length: limit }, (_, i) => entry(1_000 - reads, i));
      },
    };
    const asked = { sinkId, filter: { receiptId: 'none' as never }, limit: 5 };
    const page = await listQuarantined({ catalog: endless }, { tenantId: ours }, asked);
    expect(page.entries).toEqual([]);
    expect(page.next).toBe(entry(1_000 - reads, 499).id);
    expect(reads).toBe(20);
  });

  it('loses what is discarded, for good, and nothing else', async () => {
    const { id } = entry(-90, 0);
    expect(await discardQuarantined({ catalog }, { tenantId: ours }, { sinkId, id })).toMatchObject({ id });
    expect((await list({})).names).toEqual(all.slice(0, -1));
    const again = discardQuarantined({ catalog }, { tenantId: ours }, { sinkId, id });
    await expect(again).rejects.toMatchObject({ kind: 'not_found' });
  });
});
