import { defineConfig } from 'vitest/config';

/** What takes minutes: `npm run test:long`. Its last result is in docs/performance.md. */
export default defineConfig({
  test: { include: ['e2e/long/**/*.spec.ts'], testTimeout: 900_000, pool: 'forks' },
});
