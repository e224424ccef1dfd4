import { readFileSync } from 'node:fs';
import type { DemoClient } from './demo-client.ts';

/** The sample of the Molecula quick start: 150 flowers, numbers as strings, as the page prints them. */
const flowers = JSON.parse(readFileSync(new URL('./iris.json', import.meta.url), 'utf8')) as readonly unknown[];

const deploymentName = 'iris_demo_deployment';
const tableName = 'iris_table';
const sinkName = 'iris_streaming_source';

export interface IrisDemo {
  readonly deploymentId: string;
  readonly sinkId: string;
  readonly tableName: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Deployment extends Named {
  readonly sinks: readonly Named[];
}

/**
 * Makes the sample through the product's own HTTP endpoint, in the quick start's steps. Each step first looks whether
 * it was done, so that a start that was cut off half-way is finished by the next.
 */
export async function loadIris(client: DemoClient): Promise<IrisDemo> {
  const deployment = await findDeployment(client);
  const deploymentId = deployment?.id ?? (await createDeployment(client)).id;
  const tables = await client.call<{ resources: readonly Named[] }>('GET', `/v1/tables/${deploymentId}`);
  if (!tables.resources.some(({ name }) => name === tableName)) {
    await client.call('POST', `/v1/tables/${deploymentId}`, {
      name: tableName,
      description: 'table holding flower data',
    });
  }
  const sinkId = sinkOf(deployment) ?? (await client.call<Named>('POST', '/v1/sinks', irisSink(deploymentId))).id;
  await client.call('POST', `/v1/sinks/${sinkId}`, { records: flowers.map((value) => ({ value })) });
  return { deploymentId, sinkId, tableName };
}

/** The demo as an earlier start left it; undefined when somebody has deleted it. */
export async function findIris(client: DemoClient): Promise<IrisDemo | undefined> {
  const deployment = await findDeployment(client);
  const sinkId = sinkOf(deployment);
  return deployment && sinkId !== undefined ? { deploymentId: deployment.id, sinkId, tableName } : undefined;
}

/** Rows per species, as SQL answers them. */
export async function countSpecies(
  client: DemoClient,
  demo: IrisDemo,
): Promise<readonly (readonly [string, number])[]> {
  const answer = await client.call<SpeciesAnswer>('POST', `/v1/deployments/${demo.deploymentId}/query`, {
    language: 'sql',
    statement: `select species, count(*) from ${demo.tableName} group by species`,
  });
  return answer.results.rows.map(
    ({ columns: [species, count] }) => [species.ColumnVal.StringVal, Number(count.ColumnVal.Uint64Val ?? 0)] as const,
  );
}

interface SpeciesAnswer {
  readonly results: {
    readonly rows: readonly {
      readonly columns: readonly [
        { readonly ColumnVal: { readonly StringVal: string } },
        { readonly ColumnVal: { readonly Uint64Val?: number } },
      ];
    }[];
  };
}

async function findDeployment(client: DemoClient): Promise<Deployment | undefined> {
  const { resources } = await client.call<{ resources: readonly Deployment[] }>('GET', '/v1/deployments');
  return resources.find(({ name }) => name === deploymentName);
}

function createDeployment(client: DemoClient): Promise<Named> {
  return client.call('POST', '/v1/deployments', { name: deploymentName, deployment_options: { shape: '8GB' } });
}

function sinkOf(deployment: Deployment | undefined): string | undefined {
  return deployment?.sinks.find(({ name }) => name === sinkName)?.id;
}

function irisSink(deploymentId: string) {
  const measures = ['sepalLength', 'sepalWidth', 'petalLength', 'petalWidth'];
  return {
    name: sinkName,
    sink_details: { deployment_id: deploymentId, table: tableName },
    schema: {
      id_field: 'id',
      allow_missing_fields: false,
      definition: [
        { name: 'id', path: ['id'], type: 'id', config: { Mutex: false } },
        ...measures.map((path) => ({ name: path.toLowerCase(), path: [path], type: 'decimal', config: { Scale: 2 } })),
        { name: 'species', path: ['species'], type: 'string', config: { Mutex: true } },
      ],
    },
  };
}
