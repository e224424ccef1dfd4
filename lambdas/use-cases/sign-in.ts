import type { AuditEnd, RequestOrigin } from '../domain/audit.ts';
import { normalAddress } from '../domain/naming/email-address.ts';
import { Problem } from '../domain/problem.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { checkPassword } from './check-password.ts';
import { issueTokens, type TokenPorts, type TokenSet } from './issue-tokens.ts';
import { noteAudit, type RecordAuditPorts } from './record-audit.ts';
import { type ThrottlePorts, throttled } from './throttle-attempts.ts';

export interface SignInPorts extends TokenPorts, ThrottlePorts, RecordAuditPorts {
  readonly catalog: ThrottlePorts['catalog'] & RecordAuditPorts['catalog'] & Pick<Catalog, 'findUserByEmail'>;
}

export interface SignInRequest {
  readonly username: string;
  readonly password: string;
  readonly origin: RequestOrigin;
}

/** `operationId` of the call, by which the audit log names sign-ins. */
const operation = 'createToken';

/**
 * Tokens for an e-mail address and its password. Whether address, password or account is at fault is told neither by
 * the answer nor by the time it takes: a known user's failure is noted while the counters are written, which takes longer.
 * @throws Problem `unauthorized`; `over_rate` after too many failures, whatever the password
 */
export async function signIn(ports: SignInPorts, { username, password, origin }: SignInRequest): Promise<TokenSet> {
  const address = normalAddress(username);
  const by = { source: origin.source, address };
  let noted: Promise<void> | undefined;
  const check = async (): Promise<User | undefined> => {
    const user = await ports.catalog.findUserByEmail(address);
    const isRight = await checkPassword(password, user?.passwordHash);
    if (user && isRight && user.state === 'Active') return user;
    noted = user && note(ports, user, origin, { outcome: 'refused', status: 401 });
    // Waited for below; until then an error of it is nobody's.
    noted?.catch(() => {});
    return undefined;
  };
  const user = await throttled(ports, by, check, async () => {
    const named = await ports.catalog.findUserByEmail(address);
    if (named) await note(ports, named, origin, { outcome: 'refused', status: 429 });
  });
  await noted;
  if (!user) throw new Problem('unauthorized', 'Incorrect username or password.');
  await note(ports, user, origin, { outcome: 'done', status: 200 });
  return issueTokens(ports, user);
}

function note(
  ports: RecordAuditPorts,
  { tenantId, id: userId, email }: User,
  origin: RequestOrigin,
  end: AuditEnd,
): Promise<void> {
  return noteAudit(ports, { tenantId, actor: { userId, email }, operation, target: {}, origin }, end);
}
