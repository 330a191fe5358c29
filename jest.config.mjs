const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest/strip-types.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/.stack/', '<rootDir>/load/node_modules/'],
};

/**
 * Unit tests lie beside the code and touch nothing outside the process; integration tests use the real servers; browser tests sit before
 * the whole system in a Chromium.
 */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{packages,stack,connect,scripts,load}/**/src/**/*.test.ts',
        '<rootDir>/scripts/{bootstrap,demo,docs,jest,system}/*.test.ts',
      ],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/{packages/*/,stack/,connect/,scripts/,}test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
      globalSetup: '<rootDir>/scripts/jest/start-stack.ts',
      globalTeardown: '<rootDir>/scripts/jest/stop-stack.ts',
    },
    {
      ...shared,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
      globalSetup: '<rootDir>/scripts/jest/start-stack.ts',
      globalTeardown: '<rootDir>/scripts/jest/stop-stack.ts',
    },
  ],
  testSequencer: '<rootDir>/scripts/jest/slowest-first.mjs',
  maxWorkers: 2,
  // Longer than a test waits for one thing, so that what it waited for is said.
  testTimeout: 60_000,
};
