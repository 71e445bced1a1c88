import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyJson } from '../packages/core/src/json/testing/arbitrary-json.ts';
import { ruleBook } from '../packages/core/src/rules/rule-book.ts';
import { parseYaml } from '../packages/core/src/source/parse-yaml.ts';

const root = resolve(import.meta.dirname, '..');
const typeScript: BuildOptions = { platform: 'node', target: 'node20.19' };

interface Problem {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly message?: string;
  readonly parentSchema?: object;
}

interface Validation {
  readonly compiledSchemas: ReadonlyMap<object, unknown>;
  readonly ownSchemas: readonly object[];
  /** Of the options that the part reads. */
  readonly optionSchemas: readonly object[];
  readonly validatorOf: (
    schema: object,
    author: 'ours',
  ) => { readonly problems: (value: unknown) => readonly Problem[] };
}

type CompileSchemas = (part: Part, bundle: typeof build, options: BuildOptions, root: string) => Promise<string>;

const optionSchemas = {
  main: `import { verbs } from './packages/verbs/src/verbs.ts';
    export const optionSchemas = verbs.map(({ schema }) => schema);`,
  service: `import schema from './packages/verbs/src/generate/service/schema.json' with { type: 'json' };
    export const optionSchemas = [schema];`,
};
type Part = keyof typeof optionSchemas;

/** The validation of core as a module of its own, with what the build puts into it or without. */
async function validation(part: Part, plugins: Plugin[]): Promise<Validation> {
  const files = ['core/src/schema/compiled-schemas', 'core/src/schema/own-schemas', 'core/src/schema/validator'];
  const { outputFiles } = await build({
    ...typeScript,
    stdin: {
      contents: `${files.map((file) => `export * from './packages/${file}.ts';`).join('\n')}\n${optionSchemas[part]}`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    plugins: [
      {
        name: 'without-verbs',
        setup: (bundler) =>
          bundler.onResolve({ filter: /./ }, ({ kind, path }) =>
            kind === 'dynamic-import' ? { path, external: true } : undefined,
          ),
      },
      ...plugins,
    ],
  });
  const module = { exports: {} };
  new Function('module', 'require', outputFiles?.[0]?.text ?? '')(module, undefined);
  return module.exports as Validation;
}

it.each(['main', 'service'] as const)(
  'what the build has compiled for %s answers as what is compiled in the run',
  async (part) => {
    const builder = join(root, 'packages/cli/compile-schemas.mjs');
    const { compileSchemas }: { compileSchemas: CompileSchemas } = await import(builder);
    const contents = await compileSchemas(part, build, typeScript, root);
    const inTheBin = await validation(part, [
      {
        name: 'compiled',
        setup: (bundler) => bundler.onLoad({ filter: /compiled-schemas\.ts$/ }, () => ({ contents, loader: 'js' })),
      },
    ]);
    const inTheRun = await validation(part, []);
    const schemasOf = ({ ownSchemas, optionSchemas }: Validation) => [...ownSchemas, ...optionSchemas];
    const schemas = schemasOf(inTheRun);
    expect([...inTheBin.compiledSchemas.keys()]).toEqual(schemas);
    expect(inTheRun.compiledSchemas.size).toBe(0);
    const compiled = schemasOf(inTheBin);
    const agree = (value: unknown) =>
      schemas.forEach((schema, index) => {
        const problems = inTheBin.validatorOf(compiled[index] ?? {}, 'ours').problems(value);
        expect(said(problems)).toBe(said(inTheRun.validatorOf(schema, 'ours').problems(value)));
      });
    for (const { examples } of ruleBook) {
      for (const files of Object.values(examples ?? {})) {
        for (const text of Object.values(files as Record<string, unknown>)) {
          const parsed = typeof text === 'string' ? parseYaml(text) : undefined;
          if (parsed?.ok) parsed.documents.forEach(agree);
        }
      }
    }
    fc.assert(fc.property(anyJson(), agree), { numRuns: 30 });
  },
);

function said(problems: readonly Problem[]): string {
  return JSON.stringify(
    problems.map(({ instancePath, schemaPath, message, parentSchema }) => [
      instancePath,
      schemaPath,
      message,
      Object.keys(parentSchema ?? {}),
    ]),
  );
}
