import { databaseShapes, deploymentShapes, type Shape } from '../../domain/shapes.ts';
import { prettyAnswer } from '../answer.ts';
import type { Operation } from '../operation.ts';

/** The lists of shapes that a database (/v2) or deployment (/v1) may name. They are echoed, and mean nothing else. */
export const shapeOperations: Readonly<Record<'listDatabaseShapes' | 'v1ListDeploymentShapes', Operation>> = {
  listDatabaseShapes: async () => prettyAnswer(200, { resources: databaseShapes.map(shapeView) }),
  v1ListDeploymentShapes: async () => prettyAnswer(200, { resources: deploymentShapes.map(shapeView) }),
};

function shapeView({ name, memoryGigabytes, volumeGigabytes, vcpus, environment }: Shape): object {
  return {
    name,
    environment,
    memory_gb: memoryGigabytes,
    ...(volumeGigabytes !== undefined && { volume_gb: volumeGigabytes }),
    ...(vcpus !== undefined && { vcpu: vcpus }),
  };
}
