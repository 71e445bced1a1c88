import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.mjs';

/** Bases in one aggregate, as in a repository with all services of an environment. */
const bases = 50;

/**
 * What kustomize and helm take for the objects of one service and environment, those that are installed in the folder of
 * BENCH_PEERS. They get finished manifests: they fill in one annotation and check nothing.
 *
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} files the manifests
 */
export function renderers(folder, files) {
  const installed = process.env.BENCH_PEERS ?? '';
  const all = [];
  const kustomize = join(installed, 'bin/kustomize');
  const [target] = [...files.keys()].map(targetOf);
  const [service] = [...files.keys()].map((path) => path.split('/')[3]);
  const texts = [...files].filter(([path]) => targetOf(path) === target).map(([, text]) => text);
  if (existsSync(kustomize)) {
    const base = (name) => {
      const at = join(folder, 'kustomize', name);
      mkdirSync(at, { recursive: true });
      const names = texts.map((text, index) => {
        writeFileSync(join(at, `${index}.yaml`), text.replaceAll(service, name));
        return `${index}.yaml`;
      });
      writeFileSync(
        join(at, 'kustomization.yaml'),
        JSON.stringify({ resources: names, commonAnnotations: { a: 'b' } }),
      );
      return name;
    };
    // The Namespaces of all bases would be one, as would objects of one name: each base is a service of its own.
    const names = Array.from({ length: bases }, (_, index) => base(`base-${index}`));
    const one = measure([kustomize, 'build', join(folder, 'kustomize/base-0')], { runs: 5 });
    expectObjects([kustomize, 'build', join(folder, 'kustomize/base-0')], texts.length);
    all.push({ label: 'kustomize, a process for each', milliseconds: 1000 * one.cpu, objects: texts.length });
    writeFileSync(join(folder, 'kustomize/kustomization.yaml'), JSON.stringify({ resources: names }));
    const many = measure([kustomize, 'build', join(folder, 'kustomize')]);
    expectObjects([kustomize, 'build', join(folder, 'kustomize')], bases * texts.length);
    const milliseconds = (1000 * many.cpu) / bases;
    all.push({ label: `kustomize, an aggregate of ${bases}`, milliseconds, objects: texts.length });
  }
  const helm = join(installed, 'bin/helm');
  if (existsSync(helm)) {
    const chart = join(folder, 'helm');
    mkdirSync(join(chart, 'templates'), { recursive: true });
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
    texts.forEach((text, index) => {
      writeFileSync(join(chart, 'templates', `${index}.yaml`), text.replaceAll('{{', '{{ "{{" }}'));
    });
    const one = measure([helm, 'template', 'bench', chart], { runs: 5 });
    expectObjects([helm, 'template', 'bench', chart], texts.length);
    all.push({ label: 'helm, a process for each', milliseconds: 1000 * one.cpu, objects: texts.length });
  }
  return all;
}

/** Nobody is measured who leaves something out. */
function expectObjects([command, ...args], count) {
  const text = execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const found = text.split(/^kind: /m).length - 1;
  if (found !== count) throw new Error(`${command} printed ${found} objects, not ${count}`);
}

/** The objects of all targets have the same names: one is rendered. */
function targetOf(path) {
  return path.split('/')[1];
}
