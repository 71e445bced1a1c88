import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{packages,generators,executors}/**/src/**/*.spec.ts',
      '{generators,executors}/src/**/*.spec.ts',
      'e2e/**/*.spec.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', 'services/**', 'e2e/long/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Half of the tests wait for processes that they started; by default one core would do nothing.
    maxWorkers: '100%',
    globalSetup: ['e2e/testing/build-bin.ts'],
  },
});
