const folder = 'dist/mutation';

export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // A table of words for the documents, which a test holds to them, has no behaviour.
  mutate: ['lambdas/domain/**/*.ts', '!lambdas/domain/product-limits.ts'],
  concurrency: 2,
  maxTestRunnerReuse: 150,
  disableTypeChecks: false,
  ignorePatterns: ['/*', '!/lambdas', '!/test', '!/schemas', '!/jest.config.mjs', '!/package.json'],
  tempDirName: `${folder}/tmp`,
  incremental: true,
  incrementalFile: `${folder}/incremental.json`,
  // The survivors are printed by test/run-mutation.ts, a line each.
  reporters: ['progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `${folder}/report.json` },
  htmlReporter: { fileName: `${folder}/report.html` },
  // Generous, because what runs out of time counts as found: a busy machine must not find anything.
  timeoutMS: 10_000,
  timeoutFactor: 4,
  thresholds: { high: 95, low: 85, break: 85 },
};
