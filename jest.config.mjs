export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.headgate/', '/.localstack/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/.localstack/', '<rootDir>/dist/', '<rootDir>/cdk.out/'],
  maxWorkers: 2,
  // Suites wait for facts, and properties run hundreds of histories: a slow machine must not fail them.
  testTimeout: 60_000,
};
