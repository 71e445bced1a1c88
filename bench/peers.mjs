import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Other generators, writing the same files: those that are installed in the folder of BENCH_PEERS (hygen by npm,
 * cookiecutter and copier by pip into a virtual environment `py`), with templates made of a scaffolded service.
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
  return all;
}
