import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerfileProblems, type ImageContext } from './testing/dockerfile-problems.ts';
import { platformRepository } from './testing/platform-repository.ts';

const workspace = resolve(import.meta.dirname, '..');

function contextOf(folder: string): ImageContext {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.includes('node_modules') && statSync(join(folder, file)).isFile())
    .map((file) => relative(folder, join(folder, file)));
  const ignore = join(folder, '.dockerignore');
  return {
    dockerfile: readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    files,
    dockerignore: existsSync(ignore) ? readFileSync(ignore, 'utf8') : '',
  };
}

describe('the Dockerfile', () => {
  const services = readdirSync(join(workspace, 'services')).filter((name) =>
    existsSync(join(workspace, 'services', name, 'Dockerfile')),
  );

  it.each(services)('of services/%s is what the guardrails ask for', (service) => {
    expect(dockerfileProblems(contextOf(join(workspace, 'services', service)))).toEqual([]);
  });

  it.each(['node-service', 'static-site'])(
    'that the generator writes for a %s is as good, and listens where the Score file says',
    async (template) => {
      const platform = await platformRepository();
      const options = ['--owner=team-payments', `--template=${template}`];
      expect(await platform.idp('g', 'service', 'checkout', ...options)).toMatchObject({ code: 0 });
      const context = contextOf(join(platform.root, 'services/checkout'));
      expect(dockerfileProblems(context)).toEqual([]);
      expect(context.dockerfile).toContain('EXPOSE 8080\n');
      expect(await platform.read('services/checkout/score.yaml')).toContain('targetPort: 8080');
    },
  );

  it('keeps tests out of the image', () => {
    const { dockerignore } = contextOf(join(workspace, 'services/payments'));
    const test = { dockerfile: 'COPY src/server.test.ts ./', files: ['src/server.test.ts'], dockerignore };
    expect(dockerfileProblems(test)).toContain('COPY src/server.test.ts: .dockerignore hides it');
  });
});

const pinned = `node:20.20.2-bookworm-slim@sha256:${'0'.repeat(64)}`;
const fine = [
  `FROM ${pinned} AS build`,
  'WORKDIR /app',
  'COPY package.json src ./',
  'RUN npm ci',
  `FROM ${pinned}`,
  'COPY --from=build /app ./',
  'USER 1000:1000',
  'CMD ["node", "main.js"]',
].join('\n');

describe('a mistake in a Dockerfile is seen', () => {
  const problemsIn = (dockerfile: string, dockerignore = '') =>
    dockerfileProblems({ dockerfile, files: ['package.json', 'src/main.ts'], dockerignore });

  it('but not where there is none', () => expect(problemsIn(fine)).toEqual([]));

  it.each([
    [
      'a tag that moves',
      `FROM ${pinned} AS`,
      'FROM node:20 AS',
      'FROM node:20: not pinned by a whole version and a digest',
    ],
    [
      'no digest',
      `FROM ${pinned} AS`,
      'FROM node:20.20.2 AS',
      'FROM node:20.20.2: not pinned by a whole version and a digest',
    ],
    [
      'latest',
      `FROM ${pinned} AS`,
      'FROM node:latest AS',
      'FROM node:latest: not pinned by a whole version and a digest',
    ],
    ['root', 'USER 1000:1000', 'USER 0', "USER 0: not a number other than root's"],
    ['a user by name', 'USER 1000:1000', 'USER node', "USER node: not a number other than root's"],
    ['no user', 'USER 1000:1000\n', '', "USER : not a number other than root's"],
    ['ADD', 'COPY package.json', 'ADD package.json', 'ADD: COPY does what it says, and no more'],
    ['curl', 'RUN npm ci', 'RUN curl -O x', 'RUN curl -O x: fetches or raises rights'],
    ['sudo', 'RUN npm ci', 'RUN sudo npm ci', 'RUN sudo npm ci: fetches or raises rights'],
    ['another stage', '--from=build', '--from=builder', 'COPY --from=builder: there is no such stage'],
    ['a shell', 'CMD ["node", "main.js"]', 'CMD node main.js', 'CMD node main.js: a shell would stand between'],
    ['a file that is gone', 'package.json src', 'package.json lib', 'COPY lib: there is no such file'],
    ['a relative folder', 'WORKDIR /app', 'WORKDIR app', 'WORKDIR app: not absolute'],
    ['what Docker refuses', 'RUN npm ci', 'RUNN npm ci', 'line 4: Unknown instruction: RUNN'],
  ])('%s', (_, before, after, problem) => {
    expect(fine).toContain(before);
    expect(problemsIn(fine.replace(before, after))).toContain(problem);
  });

  it('a source that .dockerignore hides', () => {
    expect(problemsIn(fine, '*\n!package.json')).toEqual(['COPY src: .dockerignore hides it']);
    expect(problemsIn(fine, '*\n!package.json\n!src\nsrc/**/*.test.ts')).toEqual([]);
  });
});
