import { clientEnvironment } from './client-environment.ts';
import type { LocalStackPlace } from './place.ts';
import { isHealthy } from './wait-until-ready.ts';

/**
 * A LocalStack that runs already, whoever started it.
 * @throws when none answers on the port
 */
export async function connectLocalStack(port: number): Promise<LocalStackPlace> {
  const url = `http://127.0.0.1:${port}`;
  if (!(await isHealthy(url))) throw new Error(`no LocalStack answers at ${url}; start one: npm run localstack`);
  return { url, port, environment: clientEnvironment(url) };
}
