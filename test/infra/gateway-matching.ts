import type { ApiResource } from '../../lib/api-resources.ts';

/** A request's way through API Gateway: a function, or `403`, its answer where no method fits. */
export type Arrival = string;

/**
 * API Gateway's rules for REST APIs, read as strictly as they can be. Segment by segment a literal goes before a parameter
 * and that before `{proxy+}`; what has been passed is not looked at again. The path alone picks the resource, then the verb
 * or `ANY` the method. A slash at the end is dropped; `{proxy+}` takes one segment or more.
 */
export function arrivalByWalk(resources: readonly ApiResource[], verb: string, path: string): Arrival {
  const asked = segmentsOf(path);
  let at = '';
  for (const [i, segment] of asked.entries()) {
    const children = resources.filter(({ segments }) => segments.length === i + 1 && parentOf(segments) === at);
    const last = (one: ApiResource) => one.segments.at(-1)!;
    const next =
      children.find((child) => last(child) === segment) ??
      children.find((child) => isParameter(last(child))) ??
      children.find((child) => last(child) === '{proxy+}');
    if (next === undefined) return '403';
    if (last(next) === '{proxy+}') return methodOf(next, verb);
    at = next.segments.join('/');
  }
  return methodOf(resources.find(({ segments }) => segments.join('/') === at)!, verb);
}

/** The same rules read generously, as LocalStack does: of all resources whose whole path fits, the most specific. */
export function arrivalByPattern(resources: readonly ApiResource[], verb: string, path: string): Arrival {
  const asked = segmentsOf(path);
  const fitting = resources.filter(({ segments }) => fits(segments, asked)).sort(bySpecificity);
  return fitting[0] === undefined ? '403' : methodOf(fitting[0], verb);
}

function segmentsOf(path: string): string[] {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? [] : trimmed.slice(1).split('/');
}

function parentOf(segments: readonly string[]): string {
  return segments.slice(0, -1).join('/');
}

function methodOf({ methods }: ApiResource, verb: string): Arrival {
  return (methods as Record<string, string>)[verb] ?? methods.ANY ?? '403';
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment !== '{proxy+}';
}

function fits(segments: readonly string[], asked: readonly string[]): boolean {
  const isGreedy = segments.at(-1) === '{proxy+}';
  if (isGreedy ? asked.length < segments.length : asked.length !== segments.length) return false;
  return segments.every((segment, i) => segment === '{proxy+}' || isParameter(segment) || segment === asked[i]);
}

function bySpecificity(a: ApiResource, b: ApiResource): number {
  const rank = (segment: string | undefined) =>
    segment === undefined ? 3 : segment === '{proxy+}' ? 2 : isParameter(segment) ? 1 : 0;
  for (let i = 0; i < Math.max(a.segments.length, b.segments.length); i++) {
    const difference = rank(a.segments[i]) - rank(b.segments[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}
