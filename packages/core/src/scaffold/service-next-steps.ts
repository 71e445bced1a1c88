import { type Json, property } from '../json/json.ts';
import type { ClassifiedFile } from './render-scaffold.ts';

/**
 * What there is to do with a new service: only what its files allow, because a template need not have tests, nor a page.
 *
 * @param files of the service, with their paths in the repository
 * @param branch the one that is promoted
 */
export function serviceNextSteps(name: string, files: readonly ClassifiedFile[], branch: string): readonly string[] {
  const content = (file: string) => files.find(({ path }) => path === `services/${name}/${file}`)?.content;
  const install = content('package-lock.json') === undefined ? 'npm install' : 'npm ci';
  const tests = `it builds and its tests pass; without Nx: ${install} && npm test there`;
  const steps: readonly (readonly [string, string])[] = [
    ...(hasTests(content('package.json')) ? [[`npx nx run ${name}:test`, tests] as const] : []),
    [`npx idp g add ${name} <capability>`, 'give it one of capabilities/'],
    [`npx idp plan --base=${branch}`, 'what this does to each environment'],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  return [
    `read services/${name}/${content('README.md') === undefined ? 'score.yaml' : 'README.md'}`,
    ...steps.map(([command, why]) => `${command.padEnd(width)}  # ${why}`),
  ];
}

function hasTests(manifest: string | undefined): boolean {
  if (manifest === undefined) return false;
  try {
    return property(property(JSON.parse(manifest) as Json, 'scripts'), 'test') !== undefined;
  } catch {
    return false;
  }
}
