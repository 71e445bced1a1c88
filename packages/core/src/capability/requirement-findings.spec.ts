import { describe, expect, it } from 'vitest';
import { exampleCapability, exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { requirementFindings } from './requirement-findings.ts';

const load = (files: ExampleFiles) => loadPlatform(examplePlatform(files));
const capability = (name: string, ...requirements: readonly string[]): ExampleFiles =>
  exampleCapability({
    name,
    ...(requirements.length > 0 && {
      spec: `requires:\n${requirements.map((fields, index) => `  - { ${fields}, as: r${index} }`).join('\n')}`,
    }),
  });
const any = (name: string): string => `capability: ${name}, version: "*"`;
const brief = (files: ExampleFiles) => {
  const { capabilities, findings } = load(files);
  return {
    left: [...capabilities.keys()].filter((name) => name !== 'web' && name !== 'database').sort(),
    findings: findings.map(({ path, line, column, message }) => `${path?.split('/')[1]}:${line}:${column} ${message}`),
  };
};

describe('what a capability requires', () => {
  it.each<readonly [string, string, string, string]>([
    ['is there', any('databse'), '9:21 capability "databse" does not exist', 'did you mean "database"?'],
    [
      'is in the range',
      'capability: database, version: ^2.0.0',
      '9:40 database ^2.0.0 is required, but the workspace has 1.2.0',
      'widen the range, or change capabilities/database',
    ],
    [
      'is asked for by a range',
      'capability: database, version: newest',
      '9:40 "newest" is not a range of versions',
      'write one as npm has them, for example "^1.2.0"',
    ],
    [
      'has the output',
      `${any('database')}, outputs: { hots: { type: string } }`,
      '9:56 database@1.2.0 has no output "hots"',
      'did you mean "host"?',
    ],
    [
      'shows the output to templates',
      `${any('database')}, outputs: { password: { type: string } }`,
      '9:56 the output "password" of database@1.2.0 is a secret, which no template sees',
      'leave it out; consumers refer to the Secret themselves',
    ],
    ['is not itself', any('cache'), '9:21 capabilities require each other: cache → cache', 'remove one of'],
  ])('%s', (_, fields, finding, hint) => {
    const files = capability('cache', fields);
    expect(brief(files)).toEqual({ left: [], findings: [`cache:${finding}`] });
    const [only] = load(files).findings;
    expect(only).toMatchObject({ code: 'capability/requirement', severity: 'error' });
    expect(only?.hint).toContain(hint);
  });

  it('may be all of this: nothing is said', () => {
    const fields = 'capability: database, version: ^1.1.0, outputs: { host: { type: string } }';
    expect(brief(capability('cache', fields))).toEqual({ left: ['cache'], findings: [] });
  });

  it('is said for each requirement at its own line', () => {
    expect(brief(capability('cache', any('database'), any('nothing-like-it'), any('stor'))).findings).toEqual([
      'cache:10:21 capability "nothing-like-it" does not exist',
      'cache:11:21 capability "stor" does not exist',
    ]);
  });

  it('and leads back is shown at each capability of the circle, and at those that need one of them', () => {
    const files = {
      ...capability('a', any('b')),
      ...capability('b', any('c')),
      ...capability('c', any('b')),
      ...capability('d', any('database')),
    };
    expect(brief(files)).toEqual({
      left: ['d'],
      findings: [
        'a:9:21 capability "b" has errors of its own',
        'b:9:21 capabilities require each other: b → c → b',
        'c:9:21 capabilities require each other: c → b → c',
      ],
    });
  });

  it('and has errors of its own breaks all that need it, whatever they are called', () => {
    const broken = exampleCapability({ name: 'm', spec: 'surprise: 1' });
    const files = {
      ...broken,
      ...capability('a', any('z')),
      ...capability('z', any('n')),
      ...capability('n', any('m')),
    };
    expect(brief(files).left).toEqual([]);
    expect(brief(files).findings.filter((text) => !text.includes('surprise'))).toEqual([
      'a:9:21 capability "z" has errors of its own',
      'n:9:21 capability "m" has errors of its own',
      'z:9:21 capability "n" has errors of its own',
    ]);
  });

  it('is told to the services that use it', () => {
    const files = {
      ...capability('cache', any('stor')),
      ...exampleScore({ resources: 'db: { type: database }\ncache: { type: cache }' }),
    };
    expect(evaluatePlatform(load(files)).findings).toMatchObject([
      { code: 'capability/requirement', path: 'capabilities/cache/capability.yaml', line: 9 },
      { code: 'resolve/unknown-capability', message: 'capability "cache" has errors of its own' },
    ]);
  });

  it('is judged the same in every order of the packages', () => {
    const each = ['a', 'b', 'c', 'd'].map((name, index, names) => [name, names[index + 1] ?? 'gone'] as const);
    const parts = each.flatMap(([name, next]) => {
      // Each is loaded where what it requires is there, so that it is left in.
      const { capabilities } = load({ ...capability(name, any(next)), ...capability(next) });
      const loaded = capabilities.get(name);
      return loaded === undefined ? [] : [[name, loaded] as const];
    });
    expect(parts).toHaveLength(4);
    const sorted = (entries: typeof parts) =>
      [...requirementFindings(new Map(entries), new Set())].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(parts).map(([name]) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(sorted(parts.toReversed())).toEqual(sorted(parts));
  });
});
