import { describe, expect, it } from 'vitest';
import { evaluatePolicies } from '../../evaluate/evaluate-policies.ts';
import { readPolicies } from '../../policy/read-policies.ts';
import { kyvernoPolicy } from '../testing/kyverno-documents.ts';
import { parseImageReference } from './image-reference.ts';

const hex = 'a'.repeat(64);

/** What Kyverno's own library says of each (kyverno/sdk, cel/libs/image, run for this table). */
const references: readonly (readonly [string, readonly string[] | undefined])[] = [
  ['nginx', ['index.docker.io', 'library/nginx', 'latest', '', 'latest', ':latest']],
  ['nginx:1.27', ['index.docker.io', 'library/nginx', '1.27', '', '1.27', ':1.27']],
  ['library/nginx', ['index.docker.io', 'library/nginx', 'latest', '', 'latest', ':latest']],
  ['docker.io/nginx', ['index.docker.io', 'library/nginx', 'latest', '', 'latest', ':latest']],
  ['docker.io/library/nginx:latest', ['index.docker.io', 'library/nginx', 'latest', '', 'latest', ':latest']],
  ['index.docker.io/a/b', ['index.docker.io', 'a/b', 'latest', '', 'latest', ':latest']],
  ['ghcr.io/org/app:v1.2.3', ['ghcr.io', 'org/app', 'v1.2.3', '', 'v1.2.3', ':v1.2.3']],
  [`ghcr.io/org/app@sha256:${hex}`, ['ghcr.io', 'org/app', '', `sha256:${hex}`, `sha256:${hex}`, `@sha256:${hex}`]],
  [
    `ghcr.io/org/app:v1@sha256:${hex}`,
    ['ghcr.io', 'org/app', 'v1', `sha256:${hex}`, `v1@sha256:${hex}`, `@sha256:${hex}`],
  ],
  [`nginx@sha256:${hex}`, ['index.docker.io', 'library/nginx', '', `sha256:${hex}`, `sha256:${hex}`, `@sha256:${hex}`]],
  ['localhost:5000/app', ['localhost:5000', 'app', 'latest', '', 'latest', ':latest']],
  ['localhost:5000/app:1', ['localhost:5000', 'app', '1', '', '1', ':1']],
  ['localhost/app', ['localhost', 'app', 'latest', '', 'latest', ':latest']],
  [
    `registry.example:5000/repo@sha256:${hex}`,
    ['registry.example:5000', 'repo', '', `sha256:${hex}`, `sha256:${hex}`, `@sha256:${hex}`],
  ],
  ['registry.example.com:5000/a/b/c:tag', ['registry.example.com:5000', 'a/b/c', 'tag', '', 'tag', ':tag']],
  ['127.0.0.1:80/x/y', ['127.0.0.1:80', 'x/y', 'latest', '', 'latest', ':latest']],
  ['[::1]:5000/app', ['[::1]:5000', 'app', 'latest', '', 'latest', ':latest']],
  ['', undefined],
  ['a', undefined],
  ['ab', ['index.docker.io', 'library/ab', 'latest', '', 'latest', ':latest']],
  ['UPPER/case', undefined],
  ['nginx:', undefined],
  ['nginx:bad tag', undefined],
  ['nginx@sha256:abc', undefined],
  [`nginx@sha512:${hex}`, undefined],
  [`nginx@@sha256:${hex}`, undefined],
  ['a b/c', undefined],
  ['http://ghcr.io/a', ['http:', '/ghcr.io/a', 'latest', '', 'latest', ':latest']],
  ['ghcr.io/', undefined],
  ['ghcr.io//a', ['ghcr.io', '/a', 'latest', '', 'latest', ':latest']],
  ['ghcr.io/a:1:2', undefined],
  ['a.b/c:1/d', undefined],
  ['foo_bar/baz', ['index.docker.io', 'foo_bar/baz', 'latest', '', 'latest', ':latest']],
  ['a..b/c', undefined],
  ['host%20x.io/a', undefined],
  ['é.io/app', ['é.io', 'app', 'latest', '', 'latest', ':latest']],
  ['user@host.io/app', undefined],
  ['host.io:port/app', undefined],
  ['host.io:/app', ['host.io:', 'app', 'latest', '', 'latest', ':latest']],
];

describe('parseImageReference', () => {
  it.each(references)('takes %j apart as Kyverno does', (text, parts) => {
    const reference = parseImageReference(text);
    expect(reference && Object.values(reference)).toEqual(parts?.slice(0, 4));
  });

  it('reads tags of at most 128 characters', () => {
    expect(parseImageReference(`a.io/app:${'x'.repeat(128)}`)).toBeDefined();
    expect(parseImageReference(`a.io/app:${'x'.repeat(129)}`)).toBeUndefined();
  });
});

describe('the image library', () => {
  it('has the parts of a reference', () => {
    const calls = ['registry', 'repository', 'tag', 'digest', 'identifier', 'identifierWithSeparator'];
    const wrong = references.filter(([text, parts]) => {
      const image = `image(${JSON.stringify(text)})`;
      const expected = parts?.map((part, index) => `${image}.${calls[index]}() == ${JSON.stringify(part)}`);
      return !holds(expected ? expected.join(' && ') : `!isImage(${JSON.stringify(text)})`);
    });
    expect(wrong).toEqual([]);
  });
});

function holds(expression: string): boolean {
  const { policies, problems } = readPolicies([kyvernoPolicy({ validations: [{ expression }] })]);
  expect(problems).toEqual([]);
  return (
    evaluatePolicies(policies, { object: { apiVersion: 'v1', kind: 'Pod', metadata: {} }, oldObject: null }).length ===
    0
  );
}
