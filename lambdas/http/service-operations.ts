import { openApiJson } from '../generated/openapi.ts';
import { isSignInBody } from '../generated/request-validators.js';
import { refreshTokens } from '../use-cases/refresh-tokens.ts';
import { signIn } from '../use-cases/sign-in.ts';
import { prettyAnswer, textAnswer } from './answer.ts';
import { tokenAnswerOf, tokenRequestOf } from './dialects/featurebase-token.ts';
import type { ControlPorts } from './handler-ports.ts';
import type { OpenOperation } from './operation.ts';
import { readBody } from './request-body.ts';

type ServiceOperations = Readonly<Record<'createToken' | 'getHealth' | 'getOpenApi', OpenOperation>>;

/** What is answered to anyone: tokens, whether we are there, and what there is. */
export function serviceOperations(ports: ControlPorts): ServiceOperations {
  return {
    createToken: async ({ body }) => {
      const asked = tokenRequestOf(readBody(isSignInBody, body));
      const tokens = asked.kind === 'refresh' ? await refreshTokens(ports, asked) : await signIn(ports, asked);
      return prettyAnswer(200, tokenAnswerOf(tokens), { 'cache-control': 'no-store' });
    },
    getHealth: async () => prettyAnswer(200, { status: 'ok', time_ms: ports.clock.now() }),
    getOpenApi: async () => textAnswer(200, openApiJson),
  };
}
