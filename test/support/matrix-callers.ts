import type { SinkId, TenantId, TokenId, UserId } from '../../lambdas/domain/ids.ts';
import { type Scope, type Verb, verbs } from '../../lambdas/domain/scope.ts';
import type { ApiToken, User, UserRole } from '../../lambdas/domain/tenant.ts';
import { apiSecretHash } from '../../lambdas/use-cases/authenticate.ts';
import { hashPassword } from '../../lambdas/use-cases/check-password.ts';
import { type HttpPlace, password } from './http-place.ts';

export type Headers = Readonly<Record<string, string>>;

/** Makes users and keys straight in the catalog, as if they had been made over HTTP long ago. */
export function matrixCallers(place: HttpPlace) {
  const { catalog, ids } = place.ports;
  let made = 0;

  async function newUser(tenantId: TenantId, role: UserRole): Promise<User> {
    made += 1;
    const user: User = {
      id: ids.next<UserId>(),
      tenantId,
      email: `matrix${made}@example.com`,
      passwordHash: await hashPassword(password),
      role,
      state: 'Active',
      createdAt: '2026-01-01T00:00:00.000Z',
      revision: 1,
    };
    await catalog.createUser(user);
    return user;
  }

  async function newKey({ tenantId, id: userId }: User, more: Partial<ApiToken> = {}) {
    made += 1;
    const secret = `matrix-secret-${made}`;
    const key: ApiToken = {
      id: ids.next<TokenId>(),
      tenantId,
      userId,
      description: 'of the matrix',
      secretHash: apiSecretHash(secret),
      scope: { verbs },
      createdAt: '2026-01-01T00:00:00.000Z',
      revision: 1,
      ...more,
    };
    await catalog.createToken(key);
    return { key, headers: { 'x-api-key': secret } as Headers };
  }

  return {
    newUser,
    newKey,
    /** The Authorization header of a fresh sign-in. */
    async signIn({ email }: User): Promise<Headers> {
      const { json } = await place.call('POST', '/', { body: { USERNAME: email, PASSWORD: password } });
      return { authorization: `Bearer ${json.AuthenticationResult.IdToken}` };
    },
    /** Keys of a user for all verbs but one. */
    async keysWithout(user: User): Promise<ReadonlyMap<Verb, Headers>> {
      const made = verbs.map(async (verb) => {
        const scope: Scope = { verbs: verbs.filter((other) => other !== verb) };
        return [verb, (await newKey(user, { scope })).headers] as const;
      });
      return new Map(await Promise.all(made));
    },
    limitedTo: async (user: User, sinkId: string): Promise<Headers> =>
      (await newKey(user, { scope: { verbs, sinks: [sinkId as SinkId] } })).headers,
  };
}
