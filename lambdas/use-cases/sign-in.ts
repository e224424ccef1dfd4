import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { checkPassword } from './check-password.ts';
import { issueTokens, type TokenPorts, type TokenSet } from './issue-tokens.ts';

export interface SignInPorts extends TokenPorts {
  readonly catalog: Pick<Catalog, 'findUserByEmail'>;
}

/**
 * Tokens for an e-mail address and its password. Whether address, password or account is at fault is told neither by
 * the answer nor by the time it takes.
 * @throws Problem `unauthorized`
 */
export async function signIn(
  ports: SignInPorts,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<TokenSet> {
  const user = await ports.catalog.findUserByEmail(username.trim().toLowerCase());
  const isRight = await checkPassword(password, user?.passwordHash);
  if (!user || !isRight || user.state !== 'Active')
    throw new Problem('unauthorized', 'Incorrect username or password.');
  return issueTokens(ports, user);
}
