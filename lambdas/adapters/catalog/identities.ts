import type { TenantId, UserId } from '../../domain/ids.ts';
import { deadKeyDays } from '../../domain/limits.ts';
import type { ApiToken, Tenant, User } from '../../domain/tenant.ts';
import type { Identities } from '../../ports/catalog/identities.ts';
import { RevisionConflict } from '../../ports/catalog/resources.ts';
import type { Item, ItemStore } from '../../ports/item-store.ts';
import {
  emailKey,
  externalKey,
  identitiesPartition,
  secretKey,
  standingsKey,
  tenantKey,
  tenantsPartition,
  tokenKey,
  tokenPrefix,
  userKey,
  userPrefix,
} from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';
import { entityItem, findValue, findValues, listValues, saveEntity } from './saved-entity.ts';

/** Which user an e-mail address names. */
interface Address {
  readonly tenantId: TenantId;
  readonly id: UserId;
}

/** Where a token is: tokens are stored by the hash of their secret, which every request has, and nothing else has. */
interface TokenPlace {
  readonly userId?: UserId;
  readonly secretHash: string;
}

type UserPart = Pick<
  Identities,
  | 'createUser'
  | 'findUser'
  | 'findUserByEmail'
  | 'listUsers'
  | 'saveUser'
  | 'findUserByExternal'
  | 'bindExternal'
  | 'listStandings'
  | 'saveStanding'
  | 'deleteUser'
>;

/** Where no standing of the tenant has been changed yet. */
const noMark = 0;

/** Tenants, users and tokens. Users and tokens are found in one or two reads by what a request brings with it. */
export function makeIdentities(items: ItemStore): Identities {
  return { ...makeTenants(items), ...makeUsers(items), ...makeTokens(items) };
}

function makeTenants(items: ItemStore): Pick<Identities, 'createTenant' | 'findTenant' | 'listTenants'> {
  return {
    async createTenant(tenant) {
      const put = { ...tenantKey(tenant.id), revision: 0, value: tenant };
      const failed = await items.transact([{ put, if: 'absent' }]);
      if (failed !== undefined) throw new Error(`tenant ${tenant.id} is there already`);
    },
    findTenant: (id) => findValue<Tenant>(items, tenantKey(id)),
    listTenants: () => listValues<Tenant>(items, tenantsPartition),
  };
}

/**
 * Users, one item each, and one for each address. Changes of roles and states are serialised by the tenant's `standings`,
 * whose revision each of them moves: of two that were decided on what stood before, the second fails.
 */
function makeUsers(items: ItemStore): UserPart {
  return {
    async createUser(user) {
      const { id, tenantId, email } = user;
      const address: Address = { tenantId, id };
      const failed = await items.transact([
        { put: { ...emailKey(email), revision: 0, value: address }, if: 'absent' },
        { put: entityItem(userKey(tenantId, id), user), if: 'absent' },
      ]);
      if (failed === 1) throw new Error(`user ${id} is there already`);
      return failed === undefined;
    },
    findUser: (tenantId, id) => findValue<User>(items, userKey(tenantId, id)),
    async findUserByEmail(email) {
      const address = await findValue<Address>(items, emailKey(email));
      return address && findValue<User>(items, userKey(address.tenantId, address.id));
    },
    listUsers: (tenantId) => listValues<User>(items, identitiesPartition(tenantId), userPrefix),
    saveUser: (user) => saveEntity(items, userKey(user.tenantId, user.id), user),
    ...makeExternal(items),
    async listStandings(tenantId) {
      // The mark first: what is saved after it makes the save fail that goes by it.
      const [standings] = await items.get([standingsKey(tenantId)]);
      const users = await listValues<User>(items, identitiesPartition(tenantId), userPrefix);
      return { users, mark: standings?.revision ?? noMark };
    },
    async saveStanding(user, mark) {
      const next = { ...user, revision: user.revision + 1 };
      const standings = { ...standingsKey(user.tenantId), revision: mark + 1, value: {} };
      const failed = await items.transact([
        { put: entityItem(userKey(user.tenantId, user.id), next), if: user.revision },
        { put: standings, if: mark === noMark ? 'absent' : mark },
      ]);
      if (failed !== undefined) throw new RevisionConflict(`user ${user.id} or a standing was saved meanwhile`);
      return next;
    },
    async deleteUser({ tenantId, id, email, revision }) {
      const failed = await items.transact([
        { delete: userKey(tenantId, id), if: revision },
        { delete: emailKey(email) },
      ]);
      if (failed !== undefined) throw new RevisionConflict(`user ${id} is no longer at revision ${revision}`);
    },
  };
}

/**
 * An item that leads from an issuer's subject to a user. It counts only where that user says the same: it may be left over
 * from one who is gone or bound anew, and is then written over.
 */
function makeExternal(items: ItemStore): Pick<Identities, 'findUserByExternal' | 'bindExternal'> {
  async function findUserByExternal(issuer: string, subject: string): Promise<User | undefined> {
    const place = await findValue<Address>(items, externalKey(issuer, subject));
    const user = place && (await findValue<User>(items, userKey(place.tenantId, place.id)));
    return user?.external?.issuer === issuer && user.external.subject === subject ? user : undefined;
  }
  return {
    findUserByExternal,
    async bindExternal(user) {
      const { tenantId, id, external } = user;
      if (!external) throw new Error(`user ${id} has nothing to be bound to`);
      const key = externalKey(external.issuer, external.subject);
      const [place] = await items.get([key]);
      const holder = await findUserByExternal(external.issuer, external.subject);
      if (holder && (holder.tenantId !== tenantId || holder.id !== id))
        throw new RevisionConflict(`the identity of user ${id} is bound to another`);
      const next = { ...user, revision: user.revision + 1 };
      const value: Address = { tenantId, id };
      const failed = await items.transact([
        { put: { ...key, revision: (place?.revision ?? 0) + 1, value }, if: place?.revision ?? 'absent' },
        { put: entityItem(userKey(tenantId, id), next), if: user.revision },
      ]);
      if (failed !== undefined) throw new RevisionConflict(`user ${id} or their identity was saved meanwhile`);
      return next;
    },
  };
}

/** Tokens, found by their secret and by their id. Both items go some time after a token has ended. */
function makeTokens(
  items: ItemStore,
): Pick<Identities, 'createToken' | 'findToken' | 'listTokens' | 'findTokenById' | 'saveToken'> {
  return {
    async createToken(token) {
      const failed = await items.transact([
        { put: { ...entityItem(secretKey(token.secretHash), token), ...expiryOf(token) }, if: 'absent' },
        { put: placeOf(token), if: 'absent' },
      ]);
      if (failed !== undefined) throw new Error(`token ${token.id} or its secret is there already`);
    },
    findToken: (secretHash) => findValue<ApiToken>(items, secretKey(secretHash)),
    async listTokens(tenantId, userId) {
      const places = await listValues<TokenPlace>(items, identitiesPartition(tenantId), tokenPrefix);
      const ofUser = places.filter((place) => place.userId === userId);
      return findValues<ApiToken>(
        items,
        ofUser.map(({ secretHash }) => secretKey(secretHash)),
      );
    },
    async findTokenById(tenantId, id) {
      const place = await findValue<TokenPlace>(items, tokenKey(tenantId, id));
      return place && findValue<ApiToken>(items, secretKey(place.secretHash));
    },
    async saveToken(token) {
      const next = { ...token, revision: token.revision + 1 };
      const failed = await items.transact([
        { put: { ...entityItem(secretKey(token.secretHash), next), ...expiryOf(next) }, if: token.revision },
        { put: placeOf(next) },
      ]);
      if (failed !== undefined) throw new RevisionConflict(`token ${token.id} is not at revision ${token.revision}`);
      return next;
    },
  };
}

function placeOf(token: ApiToken): Item {
  const { id, tenantId, userId, secretHash } = token;
  const place: TokenPlace = { ...(userId !== undefined && { userId }), secretHash };
  return { ...tokenKey(tenantId, id), revision: 0, value: place, ...expiryOf(token) };
}

function expiryOf({ revokedAt, expiresAt }: ApiToken): Pick<Item, 'expiresAtSeconds'> {
  const endsAt = revokedAt ?? expiresAt;
  return endsAt === undefined ? {} : { expiresAtSeconds: expiresAfter(endsAt, deadKeyDays) };
}
