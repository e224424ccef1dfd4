import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '../../lambdas/ports/object-store.ts';

export interface ObjectStoreHarness {
  readonly objects: ObjectStore;
  close(): Promise<void>;
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** What every `ObjectStore` must do. */
export function objectStoreSuite(name: string, open: () => Promise<ObjectStoreHarness>): void {
  describe(`${name} keeps objects`, () => {
    let harness: ObjectStoreHarness;
    let objects: ObjectStore;
    beforeEach(async () => {
      harness = await open();
      objects = harness.objects;
    });
    afterEach(() => harness.close());

    const textOf = async (key: string) => {
      const body = await objects.get(key);
      return body && new TextDecoder().decode(body);
    };
    const keysBelow = async (prefix: string) => (await Array.fromAsync(objects.list(prefix))).map(({ key }) => key);

    it.each([
      ['empty', new Uint8Array()],
      ['all bytes', Uint8Array.from({ length: 256 }, (_, i) => i)],
      ['3 MB', new Uint8Array(3_000_000).fill(7)],
    ])('gives a body back as it was: %s', async (_, body) => {
      expect(await objects.putIfAbsent('a/b-1/c_2=x.bin', body)).toBe(true);
      const found = await objects.get('a/b-1/c_2=x.bin');
      expect(Buffer.compare(found!, body)).toBe(0);
    });

    it('has no object where none was put', async () => {
      await objects.putIfAbsent('a/b/c', bytes('x'));
      expect(await Promise.all(['none', 'a/none', 'a/b', 'a/b/c/d'].map(textOf))).toEqual(Array(4).fill(undefined));
    });

    it('never replaces an object', async () => {
      expect(await objects.putIfAbsent('a/b', bytes('first'))).toBe(true);
      expect(await objects.putIfAbsent('a/b', bytes('second'))).toBe(false);
      expect(await textOf('a/b')).toBe('first');
    });

    it('lets one of 50 puts have a key', async () => {
      const puts = Array.from({ length: 50 }, (_, i) => objects.putIfAbsent('a/b', bytes(`body ${i}`)));
      const stored = await Promise.all(puts);
      expect(stored.filter((first) => first)).toHaveLength(1);
      expect(await textOf('a/b')).toBe(`body ${stored.indexOf(true)}`);
    });

    it('lists what is below a prefix, sorted by key, with sizes', async () => {
      const keys = ['t/1/rows', 't/1-a/rows', 't/10/rows', 't/1/a/b/c', 't/1.x', 'u/1/rows', 't-2/rows'];
      await Promise.all(keys.map((key) => objects.putIfAbsent(key, bytes(key))));
      const listed = await Array.fromAsync(objects.list('t/'));
      expect(listed.map(({ key, bytes }) => [key, bytes])).toEqual(
        ['t/1-a/rows', 't/1.x', 't/1/a/b/c', 't/1/rows', 't/10/rows'].map((key) => [key, key.length]),
      );
      for (const { modifiedAtMs } of listed) expect(Math.abs(modifiedAtMs - Date.now())).toBeLessThan(3_600_000);
      expect(await keysBelow('t/1/')).toEqual(['t/1/a/b/c', 't/1/rows']);
      expect(await keysBelow('')).toEqual(keys.toSorted());
      expect(await keysBelow('none/')).toEqual([]);
    });

    it('deletes objects, ignores absent ones, and has their keys free again', async () => {
      await Promise.all(['a/1', 'a/2', 'b/1'].map((key) => objects.putIfAbsent(key, bytes(key))));
      await objects.delete(['a/1', 'a/2', 'none/1', 'a/none']);
      await objects.delete([]);
      expect(await keysBelow('')).toEqual(['b/1']);
      expect(await textOf('a/1')).toBeUndefined();
      expect(await objects.putIfAbsent('a/1', bytes('again'))).toBe(true);
      expect(await textOf('a/1')).toBe('again');
    });

    it('bears puts and deletions side by side', async () => {
      const cycle = async (i: number) => {
        for (let turn = 0; turn < 5; turn += 1) {
          expect(await objects.putIfAbsent(`deep/er/${i}`, bytes('x'))).toBe(true);
          await objects.delete([`deep/er/${i}`]);
        }
        await objects.putIfAbsent(`deep/er/${i}`, bytes(`kept ${i}`));
      };
      const places = Array.from({ length: 8 }, (_, i) => i);
      await Promise.all(places.map(cycle));
      expect(await Promise.all(places.map((i) => textOf(`deep/er/${i}`)))).toEqual(places.map((i) => `kept ${i}`));
    });

    it.each(['', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/./b', 'a b', 'a\\b', 'a\0b', 'é', 'a~b', 'c:/a'])(
      'refuses the key %j',
      async (key) => {
        await expect(objects.putIfAbsent(key, bytes('x'))).rejects.toThrow(TypeError);
        await expect(objects.get(key)).rejects.toThrow(TypeError);
        await expect(objects.delete([key])).rejects.toThrow(TypeError);
        expect(await keysBelow('')).toEqual([]);
      },
    );

    it('refuses a prefix that leads out', async () => {
      await expect(keysBelow('../')).rejects.toThrow(TypeError);
    });
  });
}
