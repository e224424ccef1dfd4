import { gatewayAnswerBody, gatewayAnswers } from '../../lib/gateway-answers.ts';
import { outputNamed, type StackOutputs } from './deploy-to-localstack.ts';
import type { LocalStackPlace } from './place.ts';
import { type RootProxy, startRootProxy } from './root-proxy.ts';

/** Serves a deployment's API at the root of a server of its own, with API Gateway's own answer to what is too large. */
export function startApiProxy({ url }: LocalStackPlace, outputs: StackOutputs, port?: number): Promise<RootProxy> {
  const [apiId, stage] = [outputNamed(outputs, 'ApiId'), outputNamed(outputs, 'ApiStage')];
  return startRootProxy({
    target: `${url}/_aws/execute-api/${apiId}/${stage}`,
    tooLargeBody: gatewayAnswerBody(gatewayAnswers.find(({ type }) => type === 'REQUEST_TOO_LARGE')!),
    ...(port !== undefined && { port }),
  });
}
