import {
  GetSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSecretsClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeSecretSigningKeys } from '../../lambdas/adapters/aws/secret-signing-keys.ts';
import { makePublishedKeys } from '../../lambdas/adapters/catalog/published-keys.ts';
import type { ItemStore } from '../../lambdas/ports/item-store.ts';
import { openTestStores, type TestStores } from '../conformance/open-test-stores.ts';
import {
  type Attempt,
  connectionLost,
  makeCountedPause,
  nowhere,
  scriptService,
  serviceError,
} from '../support/scripted-aws.ts';

let opened: TestStores;
beforeEach(() => {
  opened = openTestStores();
});
afterEach(() => opened.close());

const problem = { message: 'planted', $metadata: { httpStatusCode: 400 } };

/** A secret as Secrets Manager keeps it: a version, once stored, never changes. */
async function openSecret(value?: string, fault: (attempt: Attempt) => void = () => {}) {
  const client = await loadSecretsClient(nowhere);
  let stored = value === undefined ? undefined : { token: 'by hand', value };
  const attempts = scriptService(client, (attempt) => {
    const { operation, input } = attempt;
    fault(attempt);
    if (operation === 'GetSecretValue') {
      if (!stored) throw new ResourceNotFoundException(problem);
      return { SecretString: stored.value };
    }
    if (stored && stored.value !== input.SecretString) throw new ResourceExistsException(problem);
    stored = { token: input.ClientRequestToken, value: input.SecretString };
    fault({ operation: 'stored', input });
    return {};
  });
  return { client, attempts, text: () => stored?.value };
}

function openKeys(secret: Awaited<ReturnType<typeof openSecret>>, items: ItemStore = opened.stores.items) {
  const published = makePublishedKeys(items, opened.clock);
  const { pause } = makeCountedPause();
  return makeSecretSigningKeys({ secretId: 'headgate', client: async () => secret.client, published, pause });
}

describe('signing keys in a secret', () => {
  it('are one key for all who make it at once', async () => {
    const secret = await openSecret();
    const made = await Promise.all(Array.from({ length: 4 }, () => openKeys(secret).current()));
    expect(new Set(made.map(({ kid }) => kid)).size).toBe(1);
    const puts = secret.attempts.filter(({ operation }) => operation === 'PutSecretValue');
    expect(puts).toHaveLength(4);
    expect(new Set(puts.map(({ input }) => input.ClientRequestToken)).size).toBe(1);
    expect(JSON.parse(secret.text()!)).toEqual({ keys: [made[0]] });
  });

  it('are read once by an instance', async () => {
    const secret = await openSecret();
    const keys = openKeys(secret);
    const first = await keys.current();
    const asked = secret.attempts.length;
    expect(await keys.current()).toBe(first);
    expect(secret.attempts).toHaveLength(asked);
  });

  it('are read until they show, if another instance has just made them', async () => {
    let isMade = false;
    let unseen = 4;
    const secret = await openSecret('{"keys":[{"kid":"k","privateJwk":{},"publicJwk":{}}]}', ({ operation }) => {
      if (operation === 'PutSecretValue') isMade = true;
      if (operation === 'GetSecretValue' && (!isMade || unseen-- > 0)) throw new ResourceNotFoundException(problem);
    });
    expect((await openKeys(secret).current()).kid).toBe('k');
    unseen = 100;
    isMade = false;
    await expect(openKeys(secret).current()).rejects.toThrow('shows no value though another instance stored a key');
  });

  it('survive a put whose answer is lost', async () => {
    let lost = 0;
    const secret = await openSecret(undefined, ({ operation }) => {
      if (operation === 'stored' && lost++ === 0) throw connectionLost();
    });
    const key = await openKeys(secret).current();
    expect(lost).toBe(2);
    expect(JSON.parse(secret.text()!)).toEqual({ keys: [key] });
  });

  it('are published before they sign, also by who finds them made', async () => {
    let isDown = true;
    const failing: ItemStore = {
      ...opened.stores.items,
      async write(writes) {
        if (isDown) throw new Error('the store is down');
        return opened.stores.items.write(writes);
      },
    };
    const secret = await openSecret();
    const maker = openKeys(secret, failing);
    await expect(maker.current()).rejects.toThrow('the store is down');
    const checking = makePublishedKeys(opened.stores.items, opened.clock);
    expect(await checking.publicKeys()).toEqual([]);
    const { kid, publicJwk } = await openKeys(secret).current();
    expect(await checking.publicKeys()).toEqual([{ kid, publicJwk }]);
    isDown = false;
    expect((await maker.current()).kid).toBe(kid);
  });

  it('are checked without the secret', async () => {
    const published = makePublishedKeys(opened.stores.items, opened.clock);
    const client = () => Promise.reject(new Error('no right to the secret'));
    expect(await makeSecretSigningKeys({ secretId: 'headgate', client, published }).publicKeys()).toEqual([]);
  });

  it('are never made over a secret that holds something else, nor quoted', async () => {
    const secret = await openSecret('{"keys":"precious');
    const error = await openKeys(secret).current().catch(String);
    expect(error).toContain('secret headgate does not hold signing keys');
    expect(error).not.toContain('precious');
    expect(secret.text()).toBe('{"keys":"precious');
  });

  it('are asked for again after Secrets Manager failed', async () => {
    let isDown = true;
    const secret = await openSecret(undefined, () => {
      if (isDown) throw serviceError('InternalServiceError', 500);
    });
    const keys = openKeys(secret);
    await expect(keys.current()).rejects.toThrow('InternalServiceError');
    expect(secret.attempts).toHaveLength(4);
    isDown = false;
    const read = await secret.client.send(new GetSecretValueCommand({ SecretId: 'headgate' })).catch(String);
    expect(read).toContain('ResourceNotFoundException');
    expect((await keys.current()).kid).not.toBe('');
  });
});
