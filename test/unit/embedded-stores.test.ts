import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import { openTestStores, type TestStores } from '../conformance/open-test-stores.ts';

const all = { messagesMax: 100, bytesMax: 1_000_000, leaseMs: 60_000 };

describe('the embedded stores', () => {
  let test: TestStores;
  beforeEach(() => {
    test = openTestStores();
  });
  afterEach(() => test.close());

  it('keep everything over a restart', async () => {
    const item = { partition: 'p', sort: 's', revision: 1, value: { x: 1 } };
    await test.stores.items.write([{ put: item }]);
    await test.stores.queues.queue.send('sink1', 'body');
    await test.stores.objects.putIfAbsent('a/b', Buffer.from('object'));
    const { kid } = await test.stores.keys.current();
    const version = await test.stores.versions.issue(5);
    const { items, queues, objects, keys, versions } = await test.reopen();
    expect(await items.query('p')).toEqual([item]);
    expect(await queues.queue.depth()).toBe(1);
    expect(String(await objects.get('a/b'))).toBe('object');
    expect((await keys.current()).kid).toBe(kid);
    expect((await versions.issue(1)) > version).toBe(true);
  });

  it('give messages that a lost process had leased at once, and count that lease', async () => {
    await test.stores.queues.queue.send('sink1', 'body');
    await test.stores.queues.queue.receive(all);
    const { queue } = (await test.reopen()).queues;
    expect(await queue.receive(all)).toMatchObject([{ body: 'body', receives: 2 }]);
  });

  it('keep a delay over a restart', async () => {
    await test.stores.queues.queue.send('sink1', 'body');
    const [message] = await test.stores.queues.queue.receive(all);
    await test.stores.queues.queue.release([message!.handle], 10_000);
    const { queue } = (await test.reopen()).queues;
    expect(await queue.receive(all)).toEqual([]);
    test.clock.advance(10_000);
    expect(await queue.receive(all)).toHaveLength(1);
  });

  it('give messages sent before the clock jumped back', async () => {
    await test.stores.queues.queue.send('sink1', 'body');
    test.clock.advance(-3_600_000);
    expect(await test.stores.queues.queue.receive(all)).toHaveLength(1);
  });

  it('give messages released with a delay before the clock jumped back', async () => {
    await test.stores.queues.queue.send('sink1', 'body');
    const [message] = await test.stores.queues.queue.receive(all);
    await test.stores.queues.queue.release([message!.handle], 10_000);
    test.clock.advance(-3_600_000);
    expect(await test.stores.queues.queue.receive(all)).toHaveLength(1);
    expect(await test.stores.queues.queue.receive(all)).toEqual([]);
  });

  it('tell of messages once they can be received', async () => {
    const { queues } = test.stores;
    const told: string[] = [];
    const receivable: Promise<number>[] = [];
    const end = queues.onMessage((place) => {
      told.push(place);
      receivable.push(queues[place].receive({ ...all, leaseMs: 0 }).then((messages) => messages.length));
    });
    await queues.queue.send('sink1', 'poison');
    expect(await receivable[0]).toBe(1);
    for (let lease = 2; lease <= 5; lease += 1) await queues.queue.receive({ ...all, leaseMs: 0 });
    expect(await queues.queue.receive(all)).toEqual([]);
    expect(told).toEqual(['queue', 'deadLetters']);
    expect(await receivable[1]).toBe(1);
    end();
    await queues.queue.send('sink1', 'more');
    expect(told).toHaveLength(2);
  });

  it('do not fail a send for what a listener throws', async () => {
    const thrown: unknown[] = [];
    test.stores.queues.onMessage(() => {
      thrown.push('listener');
    });
    await test.stores.queues.queue.send('sink1', 'body');
    expect(thrown).toEqual(['listener']);
  });

  it('delete expired items, oldest first, up to a limit', async () => {
    const nowSeconds = Math.floor(test.clock.now() / 1_000);
    const { items } = test.stores;
    const put = (sort: string, seconds?: number) => ({
      put: {
        ...{ partition: 'p', sort, revision: 0, value: {} },
        ...(seconds !== undefined && { expiresAtSeconds: nowSeconds + seconds }),
      },
    });
    await items.write([put('a', 30), put('b', 20), put('c', 10), put('d', 40), put('e')]);
    expect(await items.expireItems(nowSeconds + 35, 2)).toBe(2);
    expect((await items.query('p')).map(({ sort }) => sort)).toEqual(['a', 'd', 'e']);
    expect(await items.expireItems(nowSeconds + 35, 2)).toBe(1);
    expect(await items.expireItems(nowSeconds + 35, 2)).toBe(0);
    expect((await items.query('p')).map(({ sort }) => sort)).toEqual(['d', 'e']);
  });

  it('never list what a crash left of an unfinished put, and remove it at the next start', async () => {
    await test.stores.objects.putIfAbsent('a/b', Buffer.from('object'));
    const incoming = join(test.directory, 'objects', '~incoming');
    mkdirSync(incoming, { recursive: true });
    writeFileSync(join(incoming, 'half-written'), 'obj');
    const listed = await Array.fromAsync(test.stores.objects.list(''));
    expect(listed.map(({ key }) => key)).toEqual(['a/b']);
    await test.reopen();
    expect(existsSync(incoming)).toBe(false);
  });

  it('leave no empty folders behind deleted objects', async () => {
    const { objects } = test.stores;
    await Promise.all(['a/b/c/1', 'a/b/2'].map((key) => objects.putIfAbsent(key, Buffer.from(key))));
    await objects.delete(['a/b/c/1']);
    expect(readdirSync(join(test.directory, 'objects', 'a', 'b'))).toEqual(['2']);
    await objects.delete(['a/b/2']);
    expect(existsSync(join(test.directory, 'objects', 'a'))).toBe(false);
  });

  it('keep keys and objects from other users of the machine', async () => {
    await test.stores.keys.current();
    await test.stores.objects.putIfAbsent('a/b', Buffer.from('object'));
    const modeOf = (...path: string[]) => statSync(join(test.directory, ...path)).mode & 0o777;
    expect(modeOf('signing-keys.json')).toBe(0o600);
    expect(modeOf('objects', 'a', 'b')).toBe(0o600);
    expect(modeOf('objects', 'a')).toBe(0o700);
  });

  it('say which file holds no signing keys, and nothing of what it holds', async () => {
    const file = join(test.directory, 'signing-keys.json');
    writeFileSync(file, '{"keys":[{"kid":"k1","privateJwk":{"d":"secret');
    const failure = await test.stores.keys.current().catch((error: Error) => error.message);
    expect(failure).toContain(file);
    expect(failure).not.toContain('secret');
  });

  it('refuse a file that a newer Headgate wrote', async () => {
    await test.stores.close();
    const database = new DatabaseSync(join(test.directory, 'headgate.db'));
    database.exec('PRAGMA user_version = 99');
    const open = () => openEmbeddedStores(test.directory, { clock: test.clock, ids: ulidSource });
    expect(open).toThrow(/layout 99/);
    database.exec('PRAGMA user_version = 1');
    database.close();
    await test.reopen();
  });
});
