import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What others have for a part of this work, in the versions that docs/performance.md was measured with. */
const npm = ['hygen@6.2.11', 'yeoman-environment@6.3.0', 'yeoman-generator', '@stoplight/spectral-cli'];
const pip = ['cookiecutter', 'copier', 'check-jsonschema'];
/** The newest that the Go of the day builds. */
const go = ['sigs.k8s.io/kustomize/kustomize/v5@v5.7.1', 'helm.sh/helm/v3/cmd/helm@v3.22.0'];

/**
 * Installs the peers into a folder outside of the repository; what is there already stays. Without Python or Go, what needs
 * them is not measured.
 *
 * @param {string} folder
 */
export function installPeers(folder) {
  mkdirSync(folder, { recursive: true });
  const run = (command, args, env = {}) => {
    try {
      execFileSync(command, args, {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...env },
      });
    } catch (error) {
      process.stderr.write(`${command} ${args.join(' ')}: ${error.message}\n`);
    }
  };
  if (!existsSync(join(folder, 'node_modules'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    run('npm', ['install', '--no-audit', '--no-fund', ...npm]);
  }
  if (!existsSync(join(folder, 'py'))) {
    run('python3', ['-m', 'venv', 'py']);
    run(join(folder, 'py/bin/pip'), ['install', '--quiet', ...pip]);
  }
  if (!existsSync(join(folder, 'bin')))
    for (const each of go) run('go', ['install', each], { GOBIN: join(folder, 'bin') });
}
