/**
 * Makes a platform repository of N services from the reference company, the same on every run:
 * `node bench/corpus.mjs <folder> <services>`.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const workspace = resolve(import.meta.dirname, '..');

/**
 * @param {string} folder
 * @param {number} services
 * @param {'rich' | 'plain'} kind rich: as `payments`, a workload with a database, alerts and dashboards; plain: its Score
 *   document alone, converted by core, without any capability
 */
export function makeCorpus(folder, services, kind = 'rich') {
  mkdirSync(folder, { recursive: true });
  for (const part of ['catalog', 'capabilities', 'environments', 'policies', 'idp.yaml']) {
    cpSync(join(workspace, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  }
  if (kind === 'plain') {
    const settings = join(folder, 'idp.yaml');
    // Else what runs a workload is a capability, with patches, alerts and a dashboard of its own.
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(/\n {2}defaults:\n {4}workload: .*/, ''));
  }
  const model = join(workspace, 'services/payments');
  const files = ['catalog-info.yaml', 'score.yaml', '.idp/lock.yaml'];
  // What is scaffolded besides is left out: the lock says nothing of it, and nothing of it is checked.
  const texts = files.map((file) =>
    readFileSync(join(model, file), 'utf8')
      .replace(/\n {2}providesApis: .*/, '')
      .replace(/^files:\n(?: .*\n)+/m, ''),
  );
  if (kind === 'plain') {
    texts[1] = (texts[1] ?? '')
      .replace(/\n {2}workload:\n(?: {4}.*\n)+/, '\n')
      .replace(/\n {6}DB_.*/g, '')
      .replace(/\nresources:\n(?: .*\n)+/, '\n')
      .replace('image: .', 'image: registry.example.com/acme/payments:1.0.0');
    texts[2] = (texts[2] ?? '')
      .replace(/^(capabilities|instances|images):\n(?: .*\n)+/gm, '$1: {}\n')
      .replace(/^workload:\n(?: .*\n)+/m, '');
  }
  for (let index = 0; index < services; index += 1) {
    const name = `service-${String(index).padStart(6, '0')}`;
    files.forEach((file, at) => {
      const path = join(folder, 'services', name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, renamed(texts[at] ?? '', name, index));
    });
  }
  const git = (...args) =>
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0', ...args],
      { stdio: 'pipe' },
    );
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'A corpus');
}

/** Identities differ in each service: letters of the mint's alphabet from the index. */
function renamed(text, name, index) {
  const alphabet = 'bcdfghjkmnpqrstvwxz23456789';
  let token = '';
  for (let rest = index, at = 0; at < 5; at += 1, rest = Math.floor(rest / alphabet.length))
    token = alphabet[rest % alphabet.length] + token;
  return text
    .replace(/i-([0-9a-z]{11})[0-9a-z]{5}/g, (_, start) => `i-${start}${token}`)
    .replace(/payments-db-[0-9a-z]{5}/g, `${name}-db-${token}`)
    .replace(/payments-[0-9a-z]{5}\b/g, `${name}-${token}`)
    .replaceAll('group:default/team-payments', 'GROUP')
    .replaceAll('payment-processing', 'SYSTEM')
    .replace(/\bpayments\b/g, name)
    .replaceAll('GROUP', 'group:default/team-payments')
    .replaceAll('SYSTEM', 'payment-processing');
}

if (process.argv[1] === import.meta.filename)
  makeCorpus(resolve(process.argv[2] ?? 'corpus'), Number(process.argv[3] ?? 1000));
