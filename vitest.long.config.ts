import { defineConfig } from 'vitest/config';
import { settings, specsWith } from './vitest.config.ts';

/** The specs that try properties with values that are drawn. */
const drawing = [...specsWith(/from 'fast-check'/)];

const seed = process.env['PROPERTY_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));

/**
 * What takes minutes: `npm run test:long`. Its last result is in docs/performance.md. The properties are tried with values
 * that no run had before; `PROPERTY_SEED=<the number that a failure names>` tries the same ones again.
 */
export default defineConfig({
  test: {
    ...settings,
    env: { ...settings.env, PROPERTY_SEED: seed },
    projects: [
      { extends: true, test: { name: 'long', include: ['e2e/long/**/*.spec.ts'], testTimeout: 900_000 } },
      { extends: true, test: { name: 'properties', include: drawing, isolate: false } },
    ],
  },
});
