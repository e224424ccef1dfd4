import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import base from '../../jest.config.mjs';

/** In Stryker's copy of the repository this is the copy's root. */
const rootDir = fileURLToPath(new URL('../..', import.meta.url));
/** They import nothing but the domain, and yet start stores or a pipeline of their own. */
const slow = /dynamo-row|producer-versions|replay|write-accounting/;
/** They hold a part of the domain and import more than that. */
const also = ['test/unit/http/column-types.test.ts', 'test/property/quota.test.ts', 'test/property/row-bytes.test.ts'];

/** Jest for mutants of the domain: the tests of the domain alone, and no more of them than the first that fails. */
export default {
  ...base,
  rootDir,
  roots: ['<rootDir>/lambdas', '<rootDir>/test'],
  testMatch: [...domainTests('test/unit'), ...domainTests('test/property'), ...also].map((path) => join(rootDir, path)),
  // The copy may lie below a folder that jest leaves alone otherwise.
  testPathIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: [],
  testEnvironment: join(rootDir, 'test/mutation/first-failure-environment.mjs'),
  runner: '<rootDir>/test/mutation/first-failure-runner.mjs',
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/mutation/fast-check.mjs' },
};

/** The files of tests in a folder that import nothing but the domain and what stands below `test/`. */
function domainTests(folder) {
  return readdirSync(join(rootDir, folder))
    .filter((name) => name.endsWith('.test.ts') && !slow.test(name))
    .filter((name) => {
      const text = readFileSync(join(rootDir, folder, name), 'utf8');
      const imports = [...text.matchAll(/ from '\.\.\/\.\.\/(\w+\/\w+)/g)];
      return imports.length > 0 && imports.every(([, place]) => place === 'lambdas/domain');
    })
    .map((name) => `${folder}/${name}`);
}
