import { Problem } from '../domain/problem.ts';
import { isSignInBody } from '../generated/request-validators.js';
import { makeCheckReadiness } from '../use-cases/check-readiness.ts';
import { refreshTokens } from '../use-cases/refresh-tokens.ts';
import { signIn } from '../use-cases/sign-in.ts';
import { prettyAnswer, textAnswer } from './answer.ts';
import { originOf } from './audit-trail.ts';
import { tokenAnswerOf, tokenRequestOf } from './dialects/featurebase-token.ts';
import { identityOpenOperations } from './dialects/v2/identity-open-operations.ts';
import { withEtag } from './etag.ts';
import type { ControlPorts } from './handler-ports.ts';
import type { OpenOperation } from './operation.ts';
import { pause } from './pause.ts';
import { problemOperations } from './problem-operations.ts';
import { readinessAnswer } from './readiness-answer.ts';
import { readBody } from './request-body.ts';

/** Seconds for which a copy of the OpenAPI document may be taken for the document: a deployment brings another. */
const openApiSeconds = 300;

type ServiceOperations = Readonly<
  Record<'createToken' | 'getHealth' | 'getReady' | 'getProblem' | 'getOpenApi', OpenOperation>
> &
  ReturnType<typeof identityOpenOperations>;

/** What is answered to anyone: tokens, whether we are there, what there is, and what an error means. */
export function serviceOperations(ports: ControlPorts): ServiceOperations {
  const checkReadiness = makeCheckReadiness(ports);
  return {
    ...problemOperations,
    ...identityOpenOperations(ports),
    createToken: async ({ body, event }) => {
      if (ports.passwordSignIn === 'off')
        throw new Problem('forbidden', 'Nobody signs in by password here: send a token of the issuer that is trusted.');
      const asked = tokenRequestOf(readBody(isSignInBody, body));
      const tokens =
        asked.kind === 'refresh'
          ? await refreshTokens(ports, asked)
          : await signIn({ pause, ...ports }, { ...asked, origin: originOf(event) });
      return prettyAnswer(200, tokenAnswerOf(tokens), { 'cache-control': 'no-store' });
    },
    getHealth: async () => prettyAnswer(200, { status: 'ok', time_ms: ports.clock.now() }),
    getReady: async () => {
      const [checks, pressure] = await Promise.all([checkReadiness(), ports.pressure?.checkPlace?.()]);
      return readinessAnswer(checks, ports.pressure?.checkPlace && (pressure ?? null));
    },
    // Read on demand: nobody else needs its 120 KB.
    getOpenApi: async () => {
      const { openApiDigest, openApiJson } = await import('../generated/openapi.ts');
      const headers = { 'cache-control': `public, max-age=${openApiSeconds}` };
      return withEtag(textAnswer(200, openApiJson, headers), openApiDigest);
    },
  };
}
