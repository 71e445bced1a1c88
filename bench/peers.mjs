import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Other generators, writing the same files: those that are installed in the folder of BENCH_PEERS (`installPeers`), with
 * templates made of a scaffolded service.
 *
 * @param {string} folder where templates and results go
 * @param {string} service the folder of a service of this name
 * @param {string} name
 */
export function peers(folder, service, name) {
  const installed = process.env.BENCH_PEERS;
  if (installed === undefined) return [];
  const files = readdirSync(service, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(service, path), text: readFileSync(path, 'utf8') }));
  const out = join(folder, 'out');
  const before = () => {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
  };
  const write = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const all = [];

  const hygen = join(installed, 'node_modules/hygen/dist/bin.js');
  if (existsSync(hygen)) {
    const templates = join(folder, 'hygen/_templates/service/new');
    files.forEach(({ path, text }, index) => {
      write(join(templates, `${index}.ejs.t`), `---\nto: ${out}/${path}\n---\n${text.replaceAll(name, '<%= name %>')}`);
    });
    const command = [process.execPath, hygen, 'service', 'new', '--name', name];
    all.push({ label: 'hygen', command, cwd: join(folder, 'hygen'), before });
  }
  const cookiecutter = join(installed, 'py/bin/cookiecutter');
  if (existsSync(cookiecutter)) {
    const template = join(folder, 'cookiecutter');
    write(join(template, 'cookiecutter.json'), JSON.stringify({ name }));
    for (const { path, text } of files)
      write(join(template, '{{cookiecutter.name}}', path), text.replaceAll(name, '{{cookiecutter.name}}'));
    all.push({ label: 'cookiecutter', command: [cookiecutter, '--no-input', '-o', out, template], before });
  }
  const copier = join(installed, 'py/bin/copier');
  if (existsSync(copier)) {
    const template = join(folder, 'copier');
    write(join(template, 'copier.yml'), '_subdirectory: files\nname: { type: str }\n');
    for (const { path, text } of files)
      write(join(template, 'files', `${path}.jinja`), text.replaceAll(name, '{{name}}'));
    all.push({
      label: 'copier',
      command: [copier, 'copy', '--defaults', '--trust', '-d', `name=${name}`, template, out],
      before,
    });
  }
  const yeoman = join(installed, 'node_modules/yeoman-environment/dist/index.js');
  if (existsSync(yeoman)) {
    const generator = join(folder, 'yeoman/app');
    for (const { path, text } of files) write(join(generator, 'templates', path), text.replaceAll(name, '<%= name %>'));
    write(join(folder, 'yeoman/package.json'), '{ "name": "generator-bench", "type": "module" }');
    write(
      join(generator, 'index.js'),
      `import Generator from ${JSON.stringify(join(installed, 'node_modules/yeoman-generator/dist/index.js'))};
export default class extends Generator {
  writing() {
    for (const file of ${JSON.stringify(files.map(({ path }) => path))})
      this.fs.copyTpl(this.templatePath(file), this.destinationPath(file), { name: ${JSON.stringify(name)} });
  }
}
`,
    );
    write(
      join(folder, 'yeoman/run.mjs'),
      `import { createEnv } from ${JSON.stringify(yeoman)};
const environment = createEnv({ cwd: ${JSON.stringify(out)}, skipInstall: true, force: true });
environment.register(${JSON.stringify(join(generator, 'index.js'))}, { namespace: 'bench:app' });
await environment.run('bench:app', { skipInstall: true, force: true });
`,
    );
    all.push({ label: 'yeoman', command: [process.execPath, join(folder, 'yeoman/run.mjs')], before });
  }
  const nx = join(import.meta.dirname, '../node_modules/nx/dist/src/generators/tree.js');
  if (existsSync(nx)) {
    write(
      join(folder, 'tree.cjs'),
      `const { FsTree, flushChanges } = require(${JSON.stringify(nx)});
const tree = new FsTree(${JSON.stringify(out)}, false);
for (const { path, text } of ${JSON.stringify(files)}) tree.write(path, text);
flushChanges(${JSON.stringify(out)}, tree.listChanges());
`,
    );
    all.push({
      label: "the same texts by Nx's `FsTree`",
      command: [process.execPath, join(folder, 'tree.cjs')],
      before,
    });
  }
  return all;
}
