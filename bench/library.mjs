import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compiledSchemasFile, compileSchemas } from '../packages/cli/compile-schemas.mjs';
import { nativeHashes } from '../packages/cli/native-hashes.mjs';

const root = resolve(import.meta.dirname, '..');
const typeScript = {
  platform: 'node',
  target: 'node20.19',
  tsconfigRaw: { compilerOptions: { target: 'ES2023', verbatimModuleSyntax: true } },
};

/** Core and the adapter of git as the bin has them, for what is measured in one process. */
export async function library(folder) {
  const outfile = join(folder, 'library.mjs');
  const compiled = join(root, compiledSchemasFile);
  await build({
    ...typeScript,
    stdin: {
      contents: "export * from '@idp/core'; export * from '@idp/git';",
      resolveDir: join(root, 'packages/verbs'),
    },
    bundle: true,
    format: 'esm',
    outfile,
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    plugins: [
      nativeHashes(root),
      {
        name: 'compiled-schemas',
        setup: (bundler) =>
          bundler.onLoad({ filter: /compiled-schemas\.ts$/ }, async ({ path }) =>
            path === compiled
              ? { contents: await compileSchemas('service', build, typeScript, root), loader: 'js' }
              : undefined,
          ),
      },
    ],
  });
  return import(pathToFileURL(outfile).href);
}
