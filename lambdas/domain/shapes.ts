/** A size of FeatureBase's machines. Headgate has none to size: a database's shape is echoed and means nothing else. */
export interface Shape {
  /** As its list names it. */
  readonly name: string;
  readonly memoryGigabytes: number;
  /** Absent where the original's documents do not say. */
  readonly volumeGigabytes?: number;
  readonly vcpus?: number;
  readonly environment: 'development' | 'production';
}

/** What is said of a size that both lists have. */
type Size = readonly [memoryGigabytes: number, volumeGigabytes: number, vcpus: number];

/** FeatureBase's pages on shapes: memory, volume, vCPU. */
const development: readonly Size[] = [
  [8, 32, 2],
  [64, 64, 16],
];
const production: readonly Size[] = [
  [32, 100, 12],
  [64, 300, 24],
  [128, 500, 48],
  [256, 1_200, 96],
  [512, 2_500, 192],
  [1_024, 5_000, 320],
  [2_048, 10_000, 576],
];

/** Shapes of /v2 databases. The original printed those for production as "32GB prod"; both forms are taken. */
export const databaseShapes: readonly Shape[] = [
  ...development.map((size) => shapeOfSize(size, 'Development')),
  ...production.map((size) => shapeOfSize(size, 'Production')),
];

/** Shapes of /v1 deployments, of which nothing but the memory is known; the smallest was for development. */
export const deploymentShapes: readonly Shape[] = [8, 64, 128, 256, 512, 1_024, 2_048].map((memory) => ({
  name: `${memory}GB`,
  memoryGigabytes: memory,
  environment: memory === 8 ? 'development' : 'production',
}));

const memories = [...new Set([...development, ...production].map(([memory]) => memory))].sort((a, b) => a - b);
const form = new RegExp(`^(?:${memories.join('|')})GB(?:[- ](?:dev|development|prod|production))?$`, 'i');

/** What a shape may be, for messages. */
export const shapeForms = `${memories.map((memory) => `${memory}GB`).join(', ')}, each alone or with -Development, -Production or " prod" behind it`;

/**
 * Whether a text is a shape, in any form that clients of the original have sent, in any case. Which size stands with which
 * environment is not looked at: neither has an effect.
 */
export function isShape(text: string): boolean {
  return form.test(text);
}

function shapeOfSize([memory, volume, vcpus]: Size, suffix: 'Development' | 'Production'): Shape {
  return {
    name: `${memory}GB-${suffix}`,
    memoryGigabytes: memory,
    volumeGigabytes: volume,
    vcpus,
    environment: suffix === 'Development' ? 'development' : 'production',
  };
}
