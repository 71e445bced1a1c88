/**
 * Bundles the bin into packages/cli/dist/, and says what it was made from.
 *
 * `npm ci` runs this file (the root's `prepare`), and so does bin/load-build.mjs when a source has changed since. It prints the
 * folder of the build.
 *
 *   dist/stamp.json     which build is current, and the inputs that it was made from
 *   dist/<digest>/      the build itself: main.cjs and service.cjs, their source maps, legal comments; beside them what
 *                       bin/load-script.mjs keeps of their compilation
 *
 * A build is named by the digest of its files and is never changed again, so that two processes that build at
 * once make the same folder. Only `dist/stamp.json` moves, by rename, so that a reader sees an old pair of build
 * and inputs or a new one.
 *
 * They are scripts in CommonJS, because Node 20 can keep the compiled code of scripts only; what a verb does
 * not import is in main.cjs, but not executed. service.cjs is what `idp g service` needs and nothing else.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, readStamp, writeStamp } from './bin/stamp.mjs';
import { compiledSchemasFile, compileSchemas, withoutDynamicImports } from './compile-schemas.mjs';
import { nativeHashes } from './native-hashes.mjs';

const cli = dirname(fileURLToPath(import.meta.url));
const root = join(cli, '..', '..');
/** Older builds stay this long (milliseconds) for the processes that may still run them. */
const keepFor = 10 * 60 * 1000;

/** Inputs besides the bundled sources: what is installed, and the build itself. */
const fixedInputs = [
  'package-lock.json',
  'packages/cli/build.mjs',
  'packages/cli/compile-schemas.mjs',
  'packages/cli/native-hashes.mjs',
  'packages/cli/bin/load-build.mjs',
  'packages/cli/bin/load-script.mjs',
  'packages/cli/bin/stamp.mjs',
];

/** The scripts of a build, by the files in src/ that they begin with. */
const parts = ['main', 'service'];

/** The tsconfig files are about checking, not about what is emitted: they are no inputs. */
const typeScript = {
  platform: 'node',
  target: 'node20.19',
  tsconfigRaw: { compilerOptions: { target: 'ES2023', verbatimModuleSyntax: true } },
};

function explain(error) {
  if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'esbuild'"))
    return 'the build is missing or older than the sources, and esbuild is not installed here: run `npm ci`';
  return `the build failed: ${error?.message ?? error}`;
}

/**
 * Builds the bin and makes the build current.
 *
 * @returns {Promise<string>} the folder of the build
 * @throws when esbuild is not installed (`ERR_MODULE_NOT_FOUND`) or a source does not compile
 */
async function build() {
  const { build: bundle } = await import('esbuild');
  const dist = join(cli, 'dist');
  /** @type {Map<string, import('./bin/stamp.mjs').Input>} */
  const inputs = new Map();
  const take = (file) => takeInput(file, inputs);
  for (const file of fixedInputs) take(join(root, file));
  const part = (name) => ({
    absWorkingDir: root,
    entryPoints: { [name]: join(cli, 'src', `${name}.ts`) },
    outdir: join(dist, 'build'),
    outExtension: { '.js': '.cjs' },
    write: false,
    bundle: true,
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    // Only ASCII, so that the script is read as bytes.
    charset: 'ascii',
    logLevel: 'warning',
    ...typeScript,
    plugins: [
      nativeHashes(root),
      sourceInputs(take, () => compileSchemas(name, bundle, typeScript, root)),
      ...(name === 'main' ? [] : [withoutDynamicImports]),
    ],
  });
  const outputFiles = [];
  for (const name of parts) outputFiles.push(...(await bundle(part(name))).outputFiles);
  const name = place(outputFiles, dist);
  const previous = readStamp(dist)?.build;
  if (previous !== undefined && previous !== name) touch(join(dist, previous));
  writeStamp(dist, { build: name, inputs: [...inputs.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) });
  removeOldBuilds(dist, name);
  return join(dist, name);
}

/**
 * Reads our own sources for esbuild, so that what the stamp says is what was bundled even if a file changes
 * while the build runs; takes each package's manifest too, because its `exports` steer the resolution. Puts the
 * compiled schemas where the sources have none.
 */
function sourceInputs(take, compiledSchemas) {
  return {
    name: 'source-inputs',
    setup(bundler) {
      const manifests = new Set();
      bundler.onLoad({ filter: /\.(ts|mts|js|mjs|cjs|json)$/ }, async ({ path }) => {
        if (path.includes(`${sep}node_modules${sep}`)) return undefined;
        const manifest = manifestOf(path);
        if (manifest !== undefined && !manifests.has(manifest)) {
          manifests.add(manifest);
          take(manifest);
        }
        const contents = take(path);
        if (path === join(root, compiledSchemasFile)) return { contents: await compiledSchemas(), loader: 'js' };
        return { contents, loader: path.endsWith('.json') ? 'json' : path.endsWith('ts') ? 'ts' : 'js' };
      });
    },
  };
}

function takeInput(file, inputs) {
  // The time is read before the content: an edit in between makes the stamp look older, never newer.
  const { mtimeMs, size } = statSync(file);
  const contents = readFileSync(file);
  const path = relative(root, file).split(sep).join('/');
  inputs.set(path, { path, mtimeMs, size, hash: hashOf(contents) });
  return contents;
}

function manifestOf(file) {
  for (let folder = dirname(file); folder.startsWith(root) && folder !== root; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return manifest;
  }
  return undefined;
}

/** Writes a build beside its final name and moves it there. Another process may have been first: its build is the same. */
function place(outputFiles, dist) {
  const outdir = join(dist, 'build');
  const name = `build-${digestOf(outputFiles, outdir)}`;
  const temporary = join(dist, `.building-${process.pid}-${randomUUID()}`);
  try {
    for (const { path, contents } of outputFiles) {
      const file = join(temporary, relative(outdir, path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, contents);
    }
    renameSync(temporary, join(dist, name));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code) || !existsSync(join(dist, name, 'main.cjs')))
      throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return name;
}

function digestOf(outputFiles, outdir) {
  const hash = createHash('sha256');
  for (const { path, contents } of outputFiles) hash.update(`${relative(outdir, path)}\0${hashOf(contents)}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** From now on, not from when it was made, a superseded build is kept for its last users. */
function touch(folder) {
  const now = new Date();
  if (existsSync(folder)) utimesSync(folder, now, now);
}

function removeOldBuilds(dist, current) {
  const before = Date.now() - keepFor;
  for (const name of readdirSync(dist)) {
    if (name === current || !/^(build-|\.building-|\.stamp-)/.test(name)) continue;
    const folder = join(dist, name);
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs < before) rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.stdout.write(`${await build()}\n`);
} catch (error) {
  process.stderr.write(`idp: ${explain(error)}\n`);
  process.exitCode = 1;
}
