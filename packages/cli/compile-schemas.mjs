/**
 * Compiles our own schemas while the bin is built: what packages/core/src/schema/compiled-schemas.ts is in the build.
 *
 * ajv makes the same code as it would make in the run, by the same options (`ajvOptions`); only the time when it does differs.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The module in which the build puts the validators. */
export const compiledSchemasFile = 'packages/core/src/schema/compiled-schemas.ts';

const sources = {
  ownSchemas: 'packages/core/src/schema/own-schemas.ts',
  verbs: 'packages/verbs/src/verbs.ts',
  ajvOptions: 'packages/core/src/schema/ajv-options.ts',
};

/**
 * @param {typeof import('esbuild').build} bundle
 * @param {import('esbuild').BuildOptions} options how TypeScript is read
 * @param {string} root
 * @returns {Promise<string>} the module's code
 */
export async function compileSchemas(bundle, options, root) {
  const { ownSchemas, verbs, ajvOptions } = await load(bundle, options, root);
  const schemas = [...ownSchemas, ...verbs.map(({ schema }) => schema)];
  const require = createRequire(join(root, 'packages/core/package.json'));
  const { Ajv2020 } = require('ajv/dist/2020.js');
  const standaloneCode = require('ajv/dist/standalone').default;
  const formats = require('ajv-formats');
  const makers = schemas.map((schema) => {
    const ajv = formats(new Ajv2020({ ...ajvOptions, code: { source: true } }));
    // Each is a module in CommonJS of its own, which is executed when it is first asked for.
    return `() => { const module = {};${standaloneCode(ajv, ajv.compile(schema))}; return module.exports; }`;
  });
  return `import { ownSchemas } from './own-schemas.ts';
import { verbs } from '../../../verbs/src/verbs.ts';
const schemas = [...ownSchemas, ...verbs.map(({ schema }) => schema)];
const makers = [${makers.join(',\n')}];
export const compiledSchemas = new Map(schemas.map((schema, index) => [schema, makers[index]]));
`;
}

/** What verbs import when they run is not needed to know their options. */
const withoutDynamicImports = {
  name: 'without-dynamic-imports',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'unused', external: true } : undefined,
    );
  },
};

/** The exports that the validators are made from, as the sources have them now. */
async function load(bundle, options, root) {
  const contents = Object.entries(sources).map(([name, file]) => `export { ${name} } from './${file}';`);
  const { outputFiles } = await bundle({
    ...options,
    stdin: { contents: contents.join('\n'), resolveDir: root, loader: 'ts' },
    write: false,
    bundle: true,
    format: 'esm',
    plugins: [withoutDynamicImports],
  });
  const [entry] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(entry.contents).toString('base64')}`);
}
