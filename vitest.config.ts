import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import type { InlineConfig } from 'vitest/node';

const include = ['{packages,generators,executors}/**/src/**/*.spec.ts', 'e2e/**/*.spec.ts'];
const exclude = [...configDefaults.exclude, '**/dist/**', 'services/**', 'e2e/long/**'];

/** The specs in whose text something stands. */
export function specsWith(pattern: RegExp): readonly string[] {
  return ['packages', 'generators', 'executors', 'e2e'].flatMap((folder) =>
    readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.spec.ts') && !/(^|\/)(node_modules|dist)\//.test(path))
      .map((path) => `${folder}/${path}`)
      .filter((path) => pattern.test(readFileSync(join(import.meta.dirname, path), 'utf8'))),
  );
}

/** What replaces a module has to come before everybody who imports it: such a file gets a process of its own. */
const alone = [...specsWith(/\bvi\.(mock|doMock)\(/)];

/** What holds for the long tests, too. */
export const settings = {
  // Ends what hangs; no measure of speed: the machine may have ten times as much to do as cores.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  teardownTimeout: 60_000,
  pool: 'forks',
  // Half of the tests wait for processes that they started; by default one core would do nothing.
  maxWorkers: '100%',
  globalSetup: ['e2e/testing/prepare-run.ts'],
  setupFiles: ['packages/git/src/testing/remove-folders.ts', 'e2e/testing/seed-properties.ts'],
  restoreMocks: true,
  unstubEnvs: true,
  // What the developer configured for themselves must not decide a test.
  env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
} satisfies InlineConfig;

export default defineConfig({
  test: {
    // A file's modules take longer to load than most files to run, so the files of a process share them
    // (docs/decisions.md, "What the tests cost").
    projects: [
      { extends: true, test: { name: 'shared', include, exclude: [...exclude, ...alone], isolate: false } },
      { extends: true, test: { name: 'alone', include: alone, exclude, isolate: true } },
    ],
    ...settings,
  },
});
