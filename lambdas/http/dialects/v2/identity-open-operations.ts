import { Problem } from '../../../domain/problem.ts';
import { isV2AcceptInviteBody } from '../../../generated/request-validators.js';
import { acceptInvite } from '../../../use-cases/accept-invite.ts';
import { algorithm } from '../../../use-cases/issue-tokens.ts';
import { audited } from '../../../use-cases/record-audit.ts';
import { throttled } from '../../../use-cases/throttle-attempts.ts';
import { prettyAnswer } from '../../answer.ts';
import { originOf } from '../../audit-trail.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import type { OpenOperation } from '../../operation.ts';
import { pause } from '../../pause.ts';
import { readBody } from '../../request-body.ts';
import { userView } from './identity.ts';

/** Seconds that a key set may be kept: as long as our own functions go by one (`published-keys.ts`). */
const jwksSeconds = 300;

/** What is open to anyone who has an invite, or wants to check our tokens. */
export function identityOpenOperations(
  ports: ControlPorts,
): Readonly<Record<'getJwks' | 'acceptInvite', OpenOperation>> {
  return {
    getJwks: async () => {
      // Named one by one: what a key ring may hold besides is nobody's.
      const keys = (await ports.keys.publicKeys()).map(({ kid, publicJwk: { kty, n, e } }) => ({
        ...{ kid, kty, alg: algorithm, use: 'sig', n, e },
      }));
      return prettyAnswer(200, { keys }, { 'cache-control': `public, max-age=${jwksSeconds}` });
    },
    acceptInvite: async ({ body, event }) => {
      if (ports.passwordSignIn === 'off')
        throw new Problem('forbidden', 'There are no passwords here: sign in at the issuer that is trusted.');
      const { token, password } = readBody(isV2AcceptInviteBody, body);
      const origin = originOf(event);
      const accept = () =>
        acceptInvite(ports, { secret: token, password }, ({ tenantId, id: userId, email }, save) => {
          const by = { tenantId, actor: { userId, email }, target: { user_id: userId }, origin };
          return audited(ports, { ...by, operation: 'acceptInvite' }, save);
        });
      const user = await throttled({ pause, ...ports }, { source: origin.source }, accept);
      return prettyAnswer(200, userView(user!), { 'cache-control': 'no-store' });
    },
  };
}
