import { describe, expect, it } from '@jest/globals';
import { functionFor, type Route, routes } from '../../lambdas/http/route-table.ts';
import { apiResources } from '../../lib/api-resources.ts';
import { arrivalByPattern, arrivalByWalk } from './gateway-matching.ts';

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Paths as clients send them: each parameter stands for itself, once as a word of the API itself. */
const samples = routes.flatMap(({ path }) => [
  path.replaceAll(/\{(\w+)\}/g, 'some-$1'),
  path.replaceAll(/\{\w+\}/g, 'query'),
]);
/** Every path of the table, those above it and one below it. */
const paths = [
  ...new Set(
    samples.flatMap((path) => {
      const segments = path.slice(1).split('/');
      return [...segments.map((_, i) => `/${segments.slice(0, i).join('/')}`), path, `${path}/deeper/still`];
    }),
  ),
];
const matchers = [
  ['read strictly', arrivalByWalk],
  ['read generously', arrivalByPattern],
] as const;

describe.each(matchers)("API Gateway's rules %s", (_reading, arrival) => {
  const resources = apiResources(routes);

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s reaches its function, with and without a slash at the end',
    (_name, route) => {
      const path = route.path.replaceAll(/\{(\w+)\}/g, 'some-$1');
      expect(arrival(resources, route.method, path)).toBe(route.function);
      expect(arrival(resources, route.method, `${path}/`)).toBe(route.function);
    },
  );

  it('send every other verb and path where the router of the product expects it', () => {
    expect(paths.length).toBeGreaterThan(60);
    for (const path of paths)
      for (const verb of verbs)
        expect(`${verb} ${path} ${arrival(resources, verb, path)}`).toBe(`${verb} ${path} ${functionFor(verb, path)}`);
  });

  it('find a resource that lacks a method for other verbs, or a child for any segment', () => {
    const bare = resources.map(({ segments, methods: { ANY, ...own } }) => ({
      segments,
      methods: segments.join('/') === 'v1/sinks/{sink_id}' ? own : { ANY, ...own },
    }));
    expect(arrival(bare as typeof resources, 'GET', '/v1/sinks/x')).toBe('403');
    expect(arrival(bare as typeof resources, 'POST', '/v1/sinks/x')).toBe('ingest');
  });
});

it('a strict reading needs a child for any segment below each resource', () => {
  const without = apiResources(routes).filter(({ segments }) => segments.join('/') !== 'v2/{proxy+}');
  expect(arrivalByWalk(without, 'GET', '/v2/quota')).toBe('403');
});

describe('resources of other tables', () => {
  const route = (method: Route['method'], path: string, to: Route['function']): Route => ({
    method,
    path,
    operation: `${method} ${path}`,
    function: to,
    handler: 'any',
    verb: 'any' as const,
  });
  const shown = (table: readonly Route[]) =>
    apiResources(table).map(({ segments, methods }) => `/${segments.join('/')} ${JSON.stringify(methods)}`);

  it('nothing but the root and all below it where everything is control', () => {
    expect(shown([route('GET', '/health', 'control')])).toEqual(['/ {"ANY":"control"}', '/{proxy+} {"ANY":"control"}']);
  });

  it('one resource where two routes name its parameter otherwise, and several verbs on one', () => {
    expect(
      shown([
        route('POST', '/in/{id}', 'ingest'),
        route('GET', '/in/{key}', 'query'),
        route('GET', '/in/all', 'query'),
      ]),
    ).toEqual([
      '/ {"ANY":"control"}',
      '/in {"ANY":"control"}',
      '/{proxy+} {"ANY":"control"}',
      '/in/{id} {"ANY":"control","POST":"ingest","GET":"query"}',
      '/in/all {"ANY":"control","GET":"query"}',
      '/in/{id}/{proxy+} {"ANY":"control"}',
      '/in/all/{proxy+} {"ANY":"control"}',
    ]);
  });

  it('a route of another function at the root', () => {
    expect(shown([route('POST', '/', 'ingest')])).toContain('/ {"ANY":"control","POST":"ingest"}');
  });
});
