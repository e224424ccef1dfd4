import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { remotePort, servePort } from '../../lambdas/host/port-proxy.ts';

interface Sums {
  add(a: bigint, b: bigint): Promise<bigint>;
  first(list: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array | undefined>;
  refuse(): Promise<void>;
  missing(): Promise<void>;
}

class Refused extends Error {
  override readonly name = 'Refused';
}

const channels: MessageChannel[] = [];
function connect(): Sums {
  const channel = new MessageChannel();
  channels.push(channel);
  servePort(channel.port1, {
    add: async (a: bigint, b: bigint) => a + b,
    first: async (list: Map<string, Uint8Array>) => list.values().next().value,
    refuse: async () => {
      throw new Refused('not today');
    },
  });
  return remotePort<Sums>(channel.port2);
}

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

describe('a port across threads', () => {
  it('carries bigints, maps and bytes both ways', async () => {
    const sums = connect();
    expect(await sums.add(2n ** 62n, 1n)).toBe(2n ** 62n + 1n);
    expect(await sums.first(new Map([['a', new Uint8Array([1, 2])]]))).toEqual(new Uint8Array([1, 2]));
    expect(await sums.first(new Map())).toBeUndefined();
  });

  it('answers many calls at once, each to its caller', async () => {
    const sums = connect();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => sums.add(BigInt(i), 1n)));
    expect(answers).toEqual(Array.from({ length: 100 }, (_, i) => BigInt(i + 1)));
  });

  it('keeps the name and message of an error, and names a method that is not there', async () => {
    const sums = connect();
    await expect(sums.refuse()).rejects.toMatchObject({ name: 'Refused', message: 'not today' });
    await expect(sums.missing()).rejects.toThrow('no method missing');
  });

  it('reaches no inherited method', async () => {
    const sums = connect() as unknown as { valueOf: () => Promise<unknown> };
    await expect(sums.valueOf()).rejects.toThrow('no method valueOf');
  });
});
