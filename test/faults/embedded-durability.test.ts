import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { systemClock } from '../../lambdas/adapters/system/system-clock.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import { ours } from '../conformance/catalog-entities.ts';

jest.setTimeout(60_000);

const writer = join(import.meta.dirname, 'durability-writer.ts');

/** What a writer process had acknowledged, by kind, when it was killed after about `acknowledgements` of them. */
async function writeUntilKilled(directory: string, acknowledgements: number): Promise<Map<string, string[]>> {
  const child = spawn(process.execPath, [writer, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged = new Map<string, string[]>();
  let lines = 0;
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, id] = line.split(' ') as [string, string];
    acknowledged.set(kind, [...(acknowledged.get(kind) ?? []), id]);
    lines += 1;
    if (lines === acknowledgements) child.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

describe('the embedded stores after kill -9', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'headgate-durability-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const open = () => openEmbeddedStores(directory, { clock: systemClock, ids: ulidSource });

  /** Ids of each kind that are stored. */
  async function stored(stores: ReturnType<typeof open>): Promise<Record<string, readonly string[]>> {
    const messages = await stores.queues.queue.receive({ messagesMax: 100_000, bytesMax: 1e9, leaseMs: 0 });
    expect(messages).toHaveLength(await stores.queues.queue.depth());
    const databases = await makeCatalog(stores.items).listDatabases(ours);
    const objects = await Array.fromAsync(stores.objects.list('objects/'));
    for (const { key } of objects) expect(`objects/${String(await stores.objects.get(key))}`).toBe(key);
    return {
      message: messages.map(({ body }) => body),
      item: (await stores.items.query('items')).map(({ sort }) => sort),
      database: databases.map(({ id }) => id),
      object: objects.map(({ key }) => key.slice('objects/'.length)),
    };
  }

  it('hold all that was acknowledged, over several kills', async () => {
    const acknowledged = new Map<string, string[]>();
    for (const acknowledgements of [20, 300, 1_500]) {
      for (const [kind, ids] of await writeUntilKilled(directory, acknowledgements)) {
        acknowledged.set(kind, [...(acknowledged.get(kind) ?? []), ...ids]);
      }
      const stores = open();
      const found = await stored(stores);
      for (const [kind, ids] of Object.entries(found)) {
        expect(ids).toEqual(expect.arrayContaining(acknowledged.get(kind) ?? []));
        expect(new Set(ids).size).toBe(ids.length);
      }
      const versions = acknowledged.get('version')!;
      expect(versions).toEqual(versions.toSorted());
      expect(new Set(versions).size).toBe(versions.length);
      expect((await stores.versions.issue(1)) > versions.at(-1)!).toBe(true);
      await stores.close();
    }
    expect([...acknowledged.keys()].sort()).toEqual(['database', 'item', 'message', 'object', 'version']);
  });
});
