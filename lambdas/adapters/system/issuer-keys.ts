import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../ports/clock.ts';
import { fetchJson } from './fetch-json.ts';
import { trustedUrl } from './trusted-url.ts';

/** Where keys are read from, and what it may take. */
export interface IssuerKeysParts {
  readonly issuer: string;
  readonly clock: Clock;
  /** Milliseconds that each of the two documents may take; `fetchMsMax` unless given. */
  readonly timeoutMs?: number;
}

/** Milliseconds for one document: two of them fit well into the time that a function has. */
const fetchMsMax = 4_000;
/** Bytes of one document: dozens of keys with their certificates. */
const documentBytesMax = 262_144;
/** Milliseconds for which keys are good that were read: after them a key that was taken back counts no longer. */
const freshMs = 600_000;
/** The same while the issuer does not answer. */
const staleMs = 3_600_000;
/** Milliseconds between two readings because of a token whose key is unknown: whoever makes up keys causes no more. */
const unknownKeyPauseMs = 30_000;
/** Milliseconds after a reading that failed in which nobody waits for another one. */
export const failurePauseMs = 5_000;

/** The issuer's keys cannot be read at the moment. */
export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
}

interface KnownKeys {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly readAtMs: number;
}

/**
 * The keys that an issuer publishes (OpenID Connect Discovery 1.0), read when they are first needed and once more for a
 * token with a key that is not among them. Requests that come meanwhile wait for one reading.
 * @returns a function that throws `IssuerUnreachable`, and what jose throws where no key fits
 */
export function makeIssuerKeys({ issuer, clock, timeoutMs = fetchMsMax }: IssuerKeysParts): JWTVerifyGetKey {
  let known: KnownKeys | undefined;
  let reading: Promise<KnownKeys> | undefined;
  let failedAtMs = Number.NEGATIVE_INFINITY;

  function read(): Promise<KnownKeys> {
    if (clock.now() - failedAtMs < failurePauseMs) throw new IssuerUnreachable('the issuer did not answer just now');
    reading ??= readKeys(issuer, { timeoutMs, bytesMax: documentBytesMax })
      .then(
        (find) => {
          known = { find, readAtMs: clock.now() };
          return known;
        },
        (cause: unknown) => {
          failedAtMs = clock.now();
          throw new IssuerUnreachable('the keys of the issuer cannot be read', { cause });
        },
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  async function current(): Promise<KnownKeys> {
    const ageMs = known === undefined ? Number.POSITIVE_INFINITY : clock.now() - known.readAtMs;
    if (known && ageMs < freshMs) return known;
    try {
      return await read();
    } catch (error) {
      if (known && ageMs < staleMs) return known;
      throw error;
    }
  }

  return async (header, token) => {
    const keys = await current();
    try {
      return await keys.find(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || clock.now() - keys.readAtMs < unknownKeyPauseMs) throw error;
      return (await read()).find(header, token);
    }
  };
}

async function readKeys(
  issuer: string,
  bounds: { readonly timeoutMs: number; readonly bytesMax: number },
): Promise<KnownKeys['find']> {
  const configuration = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, bounds);
  const { issuer: named, jwks_uri: uri } = (configuration ?? {}) as Readonly<Record<string, unknown>>;
  if (named !== issuer) throw new Error('the configuration is of another issuer');
  if (typeof uri !== 'string') throw new Error('the configuration has no jwks_uri');
  return createLocalJWKSet((await fetchJson(trustedUrl(uri), bounds)) as JSONWebKeySet);
}
