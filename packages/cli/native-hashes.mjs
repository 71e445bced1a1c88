import { dirname, join } from 'node:path';

/**
 * For esbuild: Node's hashes in the place of core's portable ones. The script of a verb that runs for a fifth of a second
 * spent a twentieth of it on them.
 *
 * @param {string} root
 */
export function nativeHashes(root) {
  const portable = join(root, 'packages/core/src/digest/hashes.ts');
  return {
    name: 'native-hashes',
    setup(bundler) {
      bundler.onResolve({ filter: /\/hashes\.ts$/ }, ({ path, importer }) =>
        join(dirname(importer), path) === portable
          ? { path: join(root, 'packages/cli/src/native-hashes.ts') }
          : undefined,
      );
    },
  };
}
