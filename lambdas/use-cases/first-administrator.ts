import { randomInt } from 'node:crypto';
import type { TenantId, UserId } from '../domain/ids.ts';
import { normalAddress } from '../domain/naming/email-address.ts';
import type { Tenant, User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { hashPassword } from './check-password.ts';

export interface FirstAdministratorPorts {
  readonly catalog: Pick<Catalog, 'listTenants' | 'listUsers' | 'createTenant' | 'createUser'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Told just before the first administrator is stored, so that nothing it shows or notes is lost by a crash after. */
export type OnFirstStart = (first: { readonly email: string; readonly password?: string }) => void;

export interface FirstAdministrator {
  readonly email: string;
  /** Only when it was made up here: stored nowhere. */
  readonly password?: string;
  readonly created: boolean;
}

const defaultEmail = 'admin@headgate.local';
const passwordLength = 20;
/** Letters and digits that nobody mistakes for each other: 20 of them are 116 bits. */
const passwordAlphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * Sees to it that somebody can sign in. While no user exists, makes a tenant and its administrator, from what was given
 * or made up; afterwards what is given counts for nothing, and the first administrator's address is the answer.
 */
export async function ensureFirstAdministrator(
  ports: FirstAdministratorPorts,
  given: { readonly email?: string; readonly password?: string },
  onFirstStart: OnFirstStart = () => {},
): Promise<FirstAdministrator> {
  const tenants = await ports.catalog.listTenants();
  const existing = await firstUser(ports, tenants);
  if (existing) return { email: existing.email, created: false };
  const madeUp = given.password ? undefined : makePassword();
  const email = normalAddress(given.email ?? '') || defaultEmail;
  onFirstStart({ email, ...(madeUp && { password: madeUp }) });
  const created = await ports.catalog.createUser({
    id: ports.ids.next<UserId>(),
    // A first start that broke off left a tenant without users: it is taken up again.
    tenantId: tenants[0]?.id ?? (await createTenant(ports)),
    email,
    passwordHash: await hashPassword(given.password || madeUp!),
    role: 'Administrator',
    state: 'Active',
    createdAt: new Date(ports.clock.now()).toISOString(),
    revision: 1,
  });
  return { email, created, ...(created && madeUp ? { password: madeUp } : {}) };
}

async function firstUser(ports: FirstAdministratorPorts, tenants: readonly Tenant[]): Promise<User | undefined> {
  for (const { id } of tenants) {
    const users = await ports.catalog.listUsers(id);
    const first = users.find(({ role, state }) => role === 'Administrator' && state === 'Active') ?? users[0];
    if (first) return first;
  }
  return undefined;
}

async function createTenant({ catalog, clock, ids }: FirstAdministratorPorts): Promise<TenantId> {
  const id = ids.next<TenantId>();
  await catalog.createTenant({ id, name: 'default', createdAt: new Date(clock.now()).toISOString() });
  return id;
}

function makePassword(): string {
  return Array.from({ length: passwordLength }, () => passwordAlphabet[randomInt(passwordAlphabet.length)]).join('');
}
