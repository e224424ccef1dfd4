import { describe, expect, it } from '@jest/globals';
import { functionFor, matchRoute, routes } from '../../lambdas/http/route-table.ts';

/** A path that fits the template: each parameter stands for itself. */
const samplePath = (template: string) => template.replaceAll(/\{(\w+)\}/g, 'some-$1');

describe('route table', () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s finds itself',
    (_name, route) => {
      const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      const params = Object.fromEntries(names.map((name) => [name, `some-${name}`]));
      const path = samplePath(route.path);
      expect(matchRoute(route.method, path)).toEqual({ kind: 'found', route, params });
      expect(functionFor(route.method, path)).toBe(route.function);
      if (path !== '/') expect(matchRoute(route.method, `${path}/`)).toEqual({ kind: 'found', route, params });
    },
  );

  it('answers a HEAD as its GET, by the function that API Gateway sends all methods to', () => {
    const reads = routes.filter(({ method }) => method === 'GET');
    for (const route of reads)
      expect(matchRoute('HEAD', samplePath(route.path))).toMatchObject({ kind: 'found', route });
    expect(reads.filter((route) => route.function !== 'control')).toEqual([]);
  });

  it('names each operation, and each method of a path, once', () => {
    expect(new Set(routes.map(({ operation }) => operation)).size).toBe(routes.length);
    const shapes = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(shapes).size).toBe(routes.length);
  });

  it('keeps open what has to be: tokens, health and the description', () => {
    expect(routes.filter(({ verb }) => verb === 'open').map(({ path }) => path)).toEqual([
      '/',
      '/health',
      '/ready',
      '/problems/{kind}',
      '/openapi.json',
      '/.well-known/jwks.json',
      '/v2/invites/accept',
    ]);
  });

  it.each([
    ['PUT', '/v1/sinks/x', ['GET', 'DELETE', 'POST']],
    ['DELETE', '/v1/sinks', ['POST', 'GET']],
    ['GET', '/', ['POST']],
    ['GET', '/v2/databases/x/query/sql', ['POST']],
    ['OPTIONS', '/v2/receipts/x', ['GET']],
    ['HEAD', '/v2/databases/x/query/sql', ['POST']],
    ['get', '/health', ['GET']],
  ])('%s %s is a wrong method', (method, path, allowed) => {
    expect(matchRoute(method, path)).toEqual({ kind: 'wrong_method', allowed });
    expect(functionFor(method, path)).toBe('control');
  });

  it.each([
    '/v1',
    '/v3/sinks',
    '/V1/sinks',
    '/v1/sinks/a/b',
    '/v1//sinks',
    '/v1/sinks//',
    '/v2/databases/x/query/xml',
    '/v2/tables/db/table/fields',
    '/__proto__/constructor',
    '/v1/databases',
    '/v2/deployments',
  ])('nothing is at %j', (path) => {
    expect(matchRoute('GET', path)).toEqual({ kind: 'unknown' });
    expect(functionFor('GET', path)).toBe('control');
  });

  it('knows its words by their escapes too', () => {
    const match = matchRoute('GET', '/v2/service%2Dproperties/database%3Ashapes');
    expect(match).toMatchObject({ kind: 'found', route: { operation: 'listDatabaseShapes' } });
    expect(matchRoute('GET', '/v2%2Fsinks').kind).toBe('unknown');
  });

  it.each([
    ['a%2Fb%7Cc', 'a/b|c'],
    ['%E2%82%AC', '€'],
    ['100%25', '100%'],
    ['%zz', '%zz'],
    ['a+b', 'a+b'],
    ['__proto__', '__proto__'],
  ])('decodes the parameter %s once', (sent, decoded) => {
    const match = matchRoute('GET', `/v2/tables/db/t/rows/${sent}`);
    expect(match.kind === 'found' && match.params['row_id']).toBe(decoded);
  });
});
