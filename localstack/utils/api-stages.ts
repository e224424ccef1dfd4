import type { StackOutputs } from './deploy-to-localstack.ts';
import type { LocalStackPlace } from './place.ts';

/** A deployed stage of a REST API, and where LocalStack serves it without the help of a name server. */
export interface ApiStage {
  /** The stack and the output that named it. */
  readonly output: string;
  readonly url: string;
}

const executeApi = /^https?:\/\/([a-z0-9]+)\.execute-api\.[^/]+\/([^/]+)\/?$/;

/** The API stages among a deployment's outputs, each once; their host names do not resolve offline. */
export function apiStages({ url }: LocalStackPlace, outputs: StackOutputs): ApiStage[] {
  const found = new Map<string, ApiStage>();
  for (const [stack, values] of Object.entries(outputs)) {
    for (const [name, value] of Object.entries(values)) {
      const [, apiId, stage] = executeApi.exec(value) ?? [];
      if (apiId === undefined || stage === undefined) continue;
      const stageUrl = `${url}/_aws/execute-api/${apiId}/${stage}`;
      if (!found.has(stageUrl)) found.set(stageUrl, { output: `${stack}.${name}`, url: stageUrl });
    }
  }
  return [...found.values()];
}
