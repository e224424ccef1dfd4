import { describe, expect, it } from '@jest/globals';
import { type ImportException, type ImportRule, importsOf, importViolations } from '../support/import-rules.ts';
import { repositorySources } from '../support/repository-files.ts';

const domain = /^lambdas\/domain\//;
const generated = /^lambdas\/generated\//;
const ports = /^lambdas\/ports\//;
const useCases = /^lambdas\/use-cases\//;
const http = /^lambdas\/http\//;
const handler = /^lambdas\/handlers\/[^/]+\//;
const adapter = /^lambdas\/adapters\/[^/]+\//;
/** What any process has, whatever the place: its clock, random ids and keys. */
const system = /^lambdas\/adapters\/system\//;
const awsStores = /^lambdas\/handlers\/aws-(?:stores|intake)\.ts$/;
const requireEnv = /^lambdas\/handlers\/require-env\.ts$/;
const env = /^lambdas\/handlers\/[^/]+\/env\.ts$/;

/**
 * handlers -> http -> use-cases -> ports, domain; adapters -> ports, domain. Adapters and use cases meet only in a
 * handler's `aws.ts` and in the embedded host, which alone knows `adapters/embedded`.
 */
const rules: readonly ImportRule[] = [
  { from: generated, own: [generated, domain], packages: ['ajv'] },
  { from: domain, own: [domain, generated], packages: [] },
  { from: ports, own: [ports, domain], packages: [] },
  // Bodies at rest are packed, in every place the same way.
  { from: useCases, own: [useCases, ports, domain], packages: ['jose', 'node:crypto', 'node:util', 'node:zlib'] },
  // HTTP as AWS sends it: types of the events, the middleware engine, bodies that are gzip or base64.
  {
    from: http,
    own: [http, useCases, ports, domain, generated],
    packages: ['@middy/core', 'aws-lambda', 'node:buffer', 'node:crypto', 'node:util', 'node:zlib'],
  },
  { from: requireEnv, own: [], packages: [] },
  { from: env, own: [requireEnv], packages: [] },
  {
    from: /^lambdas\/handlers\/(?:[^/]+\/aws|aws-stores|aws-intake)\.ts$/,
    own: [/^lambdas\/adapters\/(?!embedded\/)/, http, useCases, ports, domain, awsStores, requireEnv],
    within: handler,
    packages: ['*'],
  },
  { from: handler, own: [http, useCases, ports, domain], within: handler, packages: ['@middy/core', 'aws-lambda'] },
  { from: adapter, own: [system, ports, domain, generated], within: adapter, packages: ['*'] },
  { from: /^lambdas\/host\//, own: [/^lambdas\//], packages: ['*'] },
  {
    from: /^bin\/(?:build-functions\.ts$|functions\/)/,
    own: [/^bin\/functions\//, /^lib\/function-table\.ts$/],
    packages: ['*'],
  },
  { from: /^bin\/app\.ts$/, own: [/^lib\//], packages: ['*'] },
  { from: /^bin\//, own: [/^lambdas\/host\//], packages: ['*'] },
  // The route table is data, and so are the errors that the gateway answers in our words; limits are what queue and functions
  // are made by.
  {
    from: /^lib\//,
    own: [
      /^lib\//,
      env,
      /^lambdas\/http\/(?:route-table|problem-body|problem-codes)\.ts$/,
      /^lambdas\/domain\/limits\.ts$/,
    ],
    packages: ['*'],
  },
  // What others copy knows nothing of the product.
  { from: /^clients\/typescript\//, own: [/^clients\/typescript\//], packages: ['openapi-fetch'] },
  { from: /^examples\//, own: [], packages: [] },
  { from: /^(?:test|bench|schemas|localstack|console)\/|^[^/]+$/, own: [/./], packages: ['*'] },
];

const exceptions: readonly ImportException[] = [
  {
    from: 'lambdas/use-cases/selected-times.ts',
    to: 'ulid',
    reason: 'where in a list of ids a time stands is known to those who make the ids',
  },
];

describe('import direction', () => {
  it('holds in the whole repository', () => {
    const sources = repositorySources(/\.(?:ts|tsx|mjs|js)$/);
    expect(sources.length).toBeGreaterThan(30);
    expect(importViolations(sources, rules, exceptions)).toEqual([]);
  });

  it.each([
    ['lambdas/domain/merge.ts', "import type { Clock } from '../ports/clock.ts';", 'lambdas/ports/clock.ts'],
    ['lambdas/domain/names.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['lambdas/domain/key.ts', "import { ulid } from 'ulid';", 'ulid'],
    ['lambdas/ports/clock.ts', "import { x } from '../use-cases/sign-in.ts';", 'lambdas/use-cases/sign-in.ts'],
    ['lambdas/use-cases/a.ts', "import { b } from '../adapters/duckdb/b.ts';", 'lambdas/adapters/duckdb/b.ts'],
    ['lambdas/use-cases/a.ts', "const b = await import('../http/b.ts');", 'lambdas/http/b.ts'],
    ['lambdas/use-cases/a.ts', "import 'node:sqlite';", 'node:sqlite'],
    ['lambdas/http/a.ts', "export { b } from '../adapters/catalog/b.ts';", 'lambdas/adapters/catalog/b.ts'],
    ['lambdas/handlers/query/handler.ts', "import x from '../../adapters/aws/x.ts';", 'lambdas/adapters/aws/x.ts'],
    [
      'lambdas/handlers/query/aws.ts',
      "import x from '../../adapters/embedded/x.ts';",
      'lambdas/adapters/embedded/x.ts',
    ],
    ['lambdas/handlers/query/handler.ts', "import x from '../ingest/x.ts';", 'lambdas/handlers/ingest/x.ts'],
    ['lambdas/adapters/duckdb/a.ts', "import x from '../embedded/x.ts';", 'lambdas/adapters/embedded/x.ts'],
    ['lambdas/adapters/duckdb/a.ts', "import x from '../../use-cases/x.ts';", 'lambdas/use-cases/x.ts'],
    [
      'lambdas/adapters/duckdb/a.ts',
      "new Worker(new URL('../embedded/x.ts', import.meta.url));",
      'lambdas/adapters/embedded/x.ts',
    ],
    ['bin/headgate.ts', "import x from '../lambdas/adapters/embedded/x.ts';", 'lambdas/adapters/embedded/x.ts'],
    ['lib/api-stack.ts', "import x from '../lambdas/handlers/query/handler.ts';", 'lambdas/handlers/query/handler.ts'],
    ['lambdas/domain/a.ts', "import {\n  one,\n  two,\n} from '../http/a.ts';", 'lambdas/http/a.ts'],
  ])('finds a bad import in %s', (path, text, target) => {
    expect(importViolations([{ path, text }], rules)).toEqual([`${path} imports ${target}`]);
  });

  it.each([
    ['lambdas/host/start-host.ts', "import x from '../adapters/embedded/x.ts';"],
    ['lambdas/handlers/query/aws.ts', "import x from '../../adapters/aws/x.ts';\nimport y from './handler.ts';"],
    ['lambdas/adapters/duckdb/a.ts', "import x from './sql/x.ts';\nimport { DuckDBInstance } from '@duckdb/node-api';"],
    [
      'lambdas/domain/a.ts',
      "/** Not `import x from '../http/x.ts'`. */\n// import 'ulid';\nimport type { A } from './b.ts';",
    ],
    ['lib/api-stack.ts', "import type { Env } from '../lambdas/handlers/query/env.ts';"],
  ])('lets a good import of %s pass', (path, text) => {
    expect(importViolations([{ path, text }], rules)).toEqual([]);
  });

  it('names an exception that nothing needs any more', () => {
    const stale = { from: 'lambdas/domain/a.ts', to: 'ulid', reason: 'none' };
    const found = importViolations([{ path: stale.from, text: '' }], rules, [stale]);
    expect(found).toEqual(['the exception lambdas/domain/a.ts to ulid is not used']);
  });

  it('names a file that no rule covers', () => {
    const path = 'lambdas/extra/a.ts';
    expect(importViolations([{ path, text: '' }], rules)).toEqual([`${path} has no rule`]);
  });

  it('reads type-only, side-effect, dynamic and re-exporting imports', () => {
    const text = "import type { A } from './a.ts';\nimport './b.ts';\nexport * from \"./c.ts\";\nimport('./d.ts');";
    expect(importsOf('lambdas/x/y.ts', text)).toEqual(['a', 'b', 'c', 'd'].map((name) => `lambdas/x/${name}.ts`));
  });
});
