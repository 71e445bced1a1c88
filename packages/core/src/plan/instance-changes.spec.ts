import { describe, expect, it } from 'vitest';
import { exampleScore, exampleUse } from '../finding/example-files.ts';
import type { Finding } from '../finding/finding.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { planChange } from './plan-change.ts';

const lockPath = 'services/checkout/.idp/lock.yaml';
const lockOf = (files: ExampleFiles) => new TextDecoder().decode(examplePlatform(files).read(lockPath));
/** The same files with the lock written otherwise. */
const relocked = (files: ExampleFiles, lock: (text: string) => string) =>
  examplePlatform({ ...files, [lockPath]: lock(lockOf(files)) });
const found = (before: ExampleFiles, after: ReturnType<typeof examplePlatform>): readonly Finding[] =>
  planChange(loadPlatform(examplePlatform(before)), loadPlatform(after)).findings.filter(({ code }) =>
    code.startsWith('plan/'),
  );
const brief = (findings: readonly Finding[]) =>
  findings.map(({ severity, code, path, line, message }) => `${severity} ${code} ${path}:${line} ${message}`);
const dbName = /name: (checkout-db-[a-z0-9]+)/.exec(lockOf({}))?.[1];
const withCache = (spec: string) => exampleUse({ spec });
const withoutCache = (spec: string) => ({ ...withCache(spec), ...exampleScore() });
const gone: ExampleFiles = {
  'services/checkout/score.yaml': null,
  'services/checkout/catalog-info.yaml': null,
  [lockPath]: null,
};

describe('an instance that goes', () => {
  it.each([
    ['onDelete: retain', 'its data stays: onDelete retain'],
    ['', 'its data stays: onDelete retain'],
    ['onDelete: delete', 'its data is given up: onDelete delete'],
  ])('is named with what becomes of its data: %s', (spec, data) => {
    const findings = found(withCache(spec), examplePlatform(withoutCache(spec)));
    expect(brief(findings)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^warning plan/instance-removed ${lockPath}:\\d+ checkout gives up "cache", the cache instance "checkout-cache-[a-z0-9]{5}"; ${data}$`,
        ),
      ),
    ]);
    expect(findings[0]?.hint).toContain('git checkout <base> -- services/checkout');
  });

  it('with its service has no line, because it has no file any more', () => {
    expect(brief(found({}, examplePlatform(gone)))).toEqual([
      `warning plan/instance-removed ${lockPath}:undefined checkout gives up "db", the database instance "${dbName}"; its data stays: onDelete retain`,
    ]);
  });

  it('is not one that has moved to another path with its identity', () => {
    const files = exampleScore({ resources: 'main: { type: database }', variable: 'HOST: ${resources.main.host}' });
    const moved = examplePlatform({ ...files, [lockPath]: lockOf({}).replace(/^ {2}db:$/m, '  main:') });
    expect(found({}, moved)).toEqual([]);
  });

  it('is not known of a service that cannot be read, nor of one whose lock is missing', () => {
    expect(found({}, examplePlatform({ 'services/checkout/score.yaml': 'a: [' }))).toEqual([]);
    expect(found({}, examplePlatform({ [lockPath]: null }))).toEqual([]);
  });
});

describe('an identity', () => {
  const hint = `restore it from the lock's history (\`git checkout <base> -- ${lockPath}\`)`;

  it.each([
    ['id', (text: string) => text.replace(/^( {2}db:\n {4}.*\n {4}id: i-)\w{16}/m, '$10000000000000000')],
    ['name', (text: string) => text.replace(/checkout-db-\w+/, 'checkout-db-00000')],
  ])('never changes: its %s', (_, lock) => {
    const findings = found({}, relocked({}, lock));
    expect(brief(findings)).toEqual([
      expect.stringMatching(
        /^error plan\/identity-changed .*lock.yaml:\d+ an identity never changes: checkout db would become another, empty instance$/,
      ),
    ]);
    expect(findings[0]).toMatchObject({ hint, subject: 'service:checkout' });
  });

  it('never changes: the namespace', () => {
    expect(
      brief(
        found(
          {},
          relocked({}, (text) => text.replace('namespace: checkout', 'namespace: other')),
        ),
      ),
    ).toEqual([
      expect.stringMatching(
        /^error plan\/identity-changed .*lock.yaml:\d+ an identity never changes: checkout would move from the namespace "checkout" to "other", and leave its instances behind$/,
      ),
    ]);
  });

  it('changes also when another capability takes the path, and nothing is said to be removed', () => {
    const before = withoutCache('');
    const after = {
      ...before,
      ...exampleScore({ resources: 'db: { type: cache }', variable: 'A: b' }),
    };
    expect(found(before, examplePlatform(after)).map(({ code }) => code)).toEqual(['plan/identity-changed']);
  });

  it('that is new, or the same, is nothing to speak of', () => {
    expect(found({}, examplePlatform(withCache('')))).toEqual([]);
    expect(found({}, examplePlatform())).toEqual([]);
  });
});
