import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { issueTokens, sessionMark, type TokenPorts, type TokenSet } from './issue-tokens.ts';
import { makeVerifyToken } from './verify-token.ts';

export interface RefreshPorts extends TokenPorts {
  readonly catalog: Pick<Catalog, 'findUser'>;
}

/**
 * A new Id and Access token for a refresh token, which stays as it is. It is good until it expires, the user is deactivated or the password changes.
 * @throws Problem `unauthorized`
 */
export async function refreshTokens(
  ports: RefreshPorts,
  { refreshToken }: { readonly refreshToken: string },
): Promise<TokenSet> {
  const token = await makeVerifyToken(ports)(refreshToken);
  if (token.use !== 'refresh')
    throw new Problem('unauthorized', `A refresh token is wanted; this is the ${token.use} token.`);
  const user = await ports.catalog.findUser(token.tenantId, token.userId);
  if (user?.state !== 'Active' || token.sessionMark !== sessionMark(user))
    throw new Problem('unauthorized', 'The refresh token has been revoked; sign in again.');
  // The same one, which ends when it ends: whoever has got hold of one does not keep it for ever.
  return { ...(await issueTokens(ports, user)), refreshToken };
}
