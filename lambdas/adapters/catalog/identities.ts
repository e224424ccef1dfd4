import type { TenantId, UserId } from '../../domain/ids.ts';
import type { ApiToken, Tenant, User } from '../../domain/tenant.ts';
import type { Identities } from '../../ports/catalog/identities.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import {
  emailKey,
  identitiesPartition,
  secretKey,
  tenantKey,
  tenantsPartition,
  tokenKey,
  tokenPrefix,
  userKey,
  userPrefix,
} from './catalog-keys.ts';
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

function makeUsers(
  items: ItemStore,
): Pick<Identities, 'createUser' | 'findUser' | 'findUserByEmail' | 'listUsers' | 'saveUser'> {
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
  };
}

function makeTokens(
  items: ItemStore,
): Pick<Identities, 'createToken' | 'findToken' | 'listTokens' | 'findTokenById' | 'saveToken'> {
  return {
    async createToken(token) {
      const { id, tenantId, userId, secretHash } = token;
      const place: TokenPlace = { ...(userId !== undefined && { userId }), secretHash };
      const failed = await items.transact([
        { put: entityItem(secretKey(secretHash), token), if: 'absent' },
        { put: { ...tokenKey(tenantId, id), revision: 0, value: place }, if: 'absent' },
      ]);
      if (failed !== undefined) throw new Error(`token ${id} or its secret is there already`);
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
    saveToken: (token) => saveEntity(items, secretKey(token.secretHash), token),
  };
}
