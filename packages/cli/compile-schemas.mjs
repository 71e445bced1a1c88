/**
 * Compiles our own schemas while the bin is built: what packages/core/src/schema/compiled-schemas.ts is in the build.
 *
 * ajv makes the same code as it would make in the run, by the same options (`ajvOptions`); only the time when it does differs.
 */
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** The module in which the build puts the validators. */
export const compiledSchemasFile = 'packages/core/src/schema/compiled-schemas.ts';

const ownSchemas = `export { ownSchemas } from './packages/core/src/schema/own-schemas.ts';`;
const ajvOptions = `export { ajvOptions } from './packages/core/src/schema/ajv-options.ts';`;

/** The verbs whose options each script of the build reads: `options` is a list of their schemas. */
const options = {
  main: `import { verbs } from './packages/verbs/src/verbs.ts';
export const options = verbs.map(({ schema }) => schema);`,
  service: `import schema from './packages/verbs/src/generate/service/schema.json' with { type: 'json' };
export const options = [schema];`,
};

/**
 * @param {keyof typeof options} part the script that the validators are for
 * @param {typeof import('esbuild').build} bundle
 * @param {import('esbuild').BuildOptions} typeScript how it is read
 * @param {string} root
 * @returns {Promise<string>} the module's code
 */
export async function compileSchemas(part, bundle, typeScript, root) {
  const loaded = await load([ownSchemas, options[part], ajvOptions], bundle, typeScript, root);
  const schemas = [...loaded.ownSchemas, ...loaded.options];
  const require = createRequire(join(root, 'packages/core/package.json'));
  const { Ajv2020 } = require('ajv/dist/2020.js');
  const standaloneCode = require('ajv/dist/standalone').default;
  const formats = require('ajv-formats');
  const makers = schemas.map((schema) => {
    const ajv = formats(new Ajv2020({ ...loaded.ajvOptions, code: { source: true } }));
    // Each is a module in CommonJS of its own, which is executed when it is first asked for.
    return `() => { const module = {};${standaloneCode(ajv, ajv.compile(schema))}; return module.exports; }`;
  });
  const here = (code) => code.replaceAll(`from './`, `from '${relative(dirname(compiledSchemasFile), '.')}/`);
  return `${here(ownSchemas).replace('export', 'import')}
${here(options[part]).replace('export const', 'const')}
const schemas = [...ownSchemas, ...options];
const makers = [${makers.join(',\n')}];
export const compiledSchemas = new Map(schemas.map((schema, index) => [schema, makers[index]]));
`;
}

/** What is imported only when it runs is neither needed to know the options of verbs, nor to add a service. */
export const withoutDynamicImports = {
  name: 'without-dynamic-imports',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'unused', external: true } : undefined,
    );
  },
};

/** The exports that the validators are made from, as the sources have them now. */
async function load(contents, bundle, typeScript, root) {
  const { outputFiles } = await bundle({
    ...typeScript,
    stdin: { contents: contents.join('\n'), resolveDir: root, loader: 'ts' },
    write: false,
    bundle: true,
    format: 'esm',
    plugins: [withoutDynamicImports],
  });
  const [entry] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(entry.contents).toString('base64')}`);
}
