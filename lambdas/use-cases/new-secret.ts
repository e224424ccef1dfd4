import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { TenantId, UserId } from '../domain/ids.ts';
import { apiSecretHash } from './authenticate.ts';

/** What a secret is for, as its first letters say, so that scanners of repositories and logs find and name it. */
const prefixes = { key: 'hgk_', token: 'hgt_', invite: 'hgi_' } as const;
/** Random bytes of a secret: nobody guesses 256 bits, so that one SHA-256 is enough to store it. */
const secretBytes = 32;
/** Compared with where there is nothing to compare with. */
const nobodysHash = '0'.repeat(64);
/** Prefix, tenant, user, random part: each has its length. An id is a ULID. */
const inviteForm = /^hgi_([0-9A-HJKMNP-TV-Z]{26})([0-9A-HJKMNP-TV-Z]{26})[\w-]{43}$/;

/** A secret that is shown once, and the hash that is kept of it. */
export interface NewSecret {
  readonly secret: string;
  /** Lower-case hex SHA-256. */
  readonly secretHash: string;
}

/** A secret for calls: the API key of a user, or a token of the tenant. */
export function newApiSecret(kind: 'key' | 'token'): NewSecret {
  return hashed(prefixes[kind] + randomText());
}

/** The secret of an invite or a reset; it names the user, so that nothing needs to be looked up by its hash. */
export function newInviteSecret({ tenantId, id }: { readonly tenantId: TenantId; readonly id: UserId }): NewSecret {
  return hashed(prefixes.invite + tenantId + id + randomText());
}

/** Whose invite a text would be; undefined for a text that has not the form of one. */
export function inviteeOf(secret: string): { readonly tenantId: TenantId; readonly userId: UserId } | undefined {
  const [, tenantId, userId] = inviteForm.exec(secret) ?? [];
  return tenantId && userId ? { tenantId: tenantId as TenantId, userId: userId as UserId } : undefined;
}

/** Whether a secret is the one that was stored, in a time that tells nothing of it; never where none was. */
export function isSecretOf(secret: string, secretHash: string | undefined): boolean {
  const [given, stored] = [Buffer.from(apiSecretHash(secret)), Buffer.from(secretHash ?? nobodysHash)];
  return given.length === stored.length && timingSafeEqual(given, stored) && secretHash !== undefined;
}

function hashed(secret: string): NewSecret {
  return { secret, secretHash: apiSecretHash(secret) };
}

function randomText(): string {
  return randomBytes(secretBytes).toString('base64url');
}
