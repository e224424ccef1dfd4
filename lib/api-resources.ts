import type { HandlerFunction, HttpMethod, Route } from '../lambdas/http/route-table.ts';

/** One resource of the REST API with the function of each verb; `ANY` is for the verbs that have none of their own. */
export interface ApiResource {
  /** Literals, `{parameters}`, and at the end perhaps `{proxy+}`, which stands for all that is below. None: the root. */
  readonly segments: readonly string[];
  readonly methods: Readonly<ApiMethods>;
}

type ApiMethods = Partial<Record<HttpMethod, HandlerFunction>> & { readonly ANY: HandlerFunction };

const everythingBelow = '{proxy+}';

/**
 * How API Gateway splits traffic between the functions, parents before children. Exact routing is the work of
 * `lambdas/http`: only routes that do not belong to `control` have a resource of their own. API Gateway picks the resource
 * by the path alone; one without the verb of a request answers 403 by itself. So every resource gives the verbs that are
 * not its own to `control`, those on the way to another too. And none relies on a search that goes back: below each there
 * is a child for any segment, the parameter of a route or `{proxy+}` for `control`.
 */
export function apiResources(routes: readonly Route[]): ApiResource[] {
  const found = new Map<string, { segments: readonly string[]; methods: ApiMethods }>();
  const resourceAt = (segments: readonly string[]) => {
    const key = segments.map((segment) => (isParameter(segment) ? '{}' : segment)).join('/');
    const resource = found.get(key) ?? { segments, methods: { ANY: 'control' } };
    found.set(key, resource);
    return resource;
  };
  resourceAt([]);
  for (const route of routes) {
    if (route.function === 'control') continue;
    const segments = route.path.slice(1).split('/');
    for (let length = 1; length < segments.length; length++) resourceAt(segments.slice(0, length));
    resourceAt(segments).methods[route.method] = route.function;
  }
  const parents = [...found.values()];
  for (const { segments } of parents) {
    const children = parents.filter((other) => isChild(other.segments, segments));
    if (!children.some((child) => isParameter(child.segments.at(-1)!))) resourceAt([...segments, everythingBelow]);
  }
  return [...found.values()].sort((a, b) => a.segments.length - b.segments.length);
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment !== everythingBelow;
}

function isChild(segments: readonly string[], parent: readonly string[]): boolean {
  return (
    segments.length === parent.length + 1 &&
    parent.every((segment, i) => segment === segments[i] || (isParameter(segment) && isParameter(segments[i]!)))
  );
}
